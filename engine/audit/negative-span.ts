/** Negative spans: an end that was told to lie before its start. */
import type { Finding } from '../../schemas/audit.ts';
import { type DurationMs, NO_TIME, durationMs, elapsed } from '../../schemas/brand.ts';
import type { TickmarkEvent } from '../../schemas/event.ts';
import type { TimeRecord } from '../../schemas/record.ts';
import { type SubjectCase, onRecord } from './auditor.ts';
import { clockText } from './figures.ts';

/** How far before the beginning of its stretch the event lies that closed it. */
const backwardsOf = ({ spans, subtracted }: TimeRecord, facts: readonly TickmarkEvent[]): DurationMs =>
  [...spans, ...subtracted].reduce((most, { fromMs, closed }) => {
    const closer = facts.find(({ id }) => id === closed.event);
    return closer ? durationMs(Math.max(most, elapsed(closer.occurredAt, fromMs))) : most;
  }, NO_TIME);

export const negativeSpan = ({ records, facts }: SubjectCase): readonly Finding[] =>
  records
    .filter(({ flags }) => flags?.includes('negative-span'))
    .map((record) => ({
      code: 'negative-span' as const,
      ...onRecord(record),
      detail: `the end was told to lie ${clockText(backwardsOf(record, facts))} before the start; it counts 0 s`,
    }));
