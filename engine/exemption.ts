/** Exemptions: asked for, granted or refused, withdrawn again. Only what was granted and stands leaves time out. */
import { type ActorId, type EventId, type InstantMs } from '../schemas/brand.ts';
import type { TickmarkEvent } from '../schemas/event.ts';

export type ExemptionState = 'requested' | 'granted' | 'refused' | 'withdrawn';

/** One exemption as its words have left it. */
export interface Exemption {
  /** `<person>-<number>`: the request with this number, from 1, in the person's stream. */
  readonly id: string;
  readonly actor: ActorId;
  readonly category: string;
  readonly fromMs: InstantMs;
  readonly toMs: InstantMs;
  readonly reason: string;
  readonly state: ExemptionState;
  /** Who granted or refused it. */
  readonly by?: ActorId;
  /** The last word on it that changed something. */
  readonly event: EventId;
}

/** What may become of it from here. A decision is not turned round, it is asked for anew. */
export const NEXT_STATES: Readonly<Record<ExemptionState, readonly ExemptionState[]>> = {
  requested: ['granted', 'refused', 'withdrawn'],
  granted: ['withdrawn'],
  refused: [],
  withdrawn: [],
};

/**
 * In the order in which they were asked for. `facts` in the order in which they were said. Words that no request went
 * before, or that come too late, change nothing; nor does asking again for what has been asked.
 */
export const exemptionsOf = (facts: readonly TickmarkEvent[]): readonly Exemption[] => {
  const exemptions = new Map<string, Exemption>();
  const turn = (id: string, state: ExemptionState, event: EventId, by?: ActorId): void => {
    const before = exemptions.get(id);
    if (before && NEXT_STATES[before.state].includes(state))
      exemptions.set(id, { ...before, state, event, ...(by === undefined ? {} : { by }) });
  };
  for (const { type, data, id: event } of facts)
    if (type === 'ExemptionRequested') {
      const { exemption: id, actor, category, fromMs, toMs, reason } = data;
      if (!exemptions.has(id))
        exemptions.set(id, { id, actor, category, fromMs, toMs, reason, state: 'requested', event });
    } else if (type === 'ExemptionGranted') turn(data.exemption, 'granted', event, data.by);
    else if (type === 'ExemptionRefused') turn(data.exemption, 'refused', event, data.by);
    else if (type === 'ExemptionWithdrawn') turn(data.exemption, 'withdrawn', event);
  return [...exemptions.values()];
};
