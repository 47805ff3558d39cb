/** Outages: when a source was down. What it did not say in that time is unknown. */
import { type EventId, instantMs } from '../schemas/brand.ts';
import type { TickmarkEvent } from '../schemas/event.ts';
import type { Interval } from './interval/interval.ts';
import { byFactOrder } from './fact-order.ts';

export interface Outage extends Interval {
  /** The facts that tell of its beginning and of its end. */
  readonly event: EventId;
  readonly endedBy: EventId | undefined;
}

/** Where the facts about a source itself stand in the log. */
export const streamOfSource = (source: string): string => `source-${source}`;

const END = instantMs(Number.MAX_SAFE_INTEGER);

/** `facts` of one source's stream, in any order. An outage without an end still goes on. */
export const outagesOf = (facts: readonly TickmarkEvent[]): readonly Outage[] => {
  const outages: Outage[] = [];
  let down: TickmarkEvent | undefined;
  for (const fact of [...facts].sort(byFactOrder))
    if (fact.type === 'SourceWentDown') down ??= fact;
    else if (fact.type === 'SourceCameBack' && down) {
      outages.push({ fromMs: down.occurredAt, toMs: fact.occurredAt, event: down.id, endedBy: fact.id });
      down = undefined;
    }
  return down
    ? [...outages, { fromMs: down.occurredAt, toMs: END, event: down.id, endedBy: undefined }]
    : outages;
};
