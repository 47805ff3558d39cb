/** Late entries: declared time that was told long after it happened. */
import type { Finding } from '../../schemas/audit.ts';
import { type DurationMs, NO_TIME, durationMs, elapsed } from '../../schemas/brand.ts';
import type { TickmarkEvent } from '../../schemas/event.ts';
import type { TimeRecord } from '../../schemas/record.ts';
import { type SubjectCase, onRecord } from './auditor.ts';
import { isTestimony } from '../words.ts';
import { clockText } from './figures.ts';

/** How late the last of the words was told that bound the record. */
const latenessOf = ({ spans, subtracted }: TimeRecord, facts: readonly TickmarkEvent[]): DurationMs => {
  const cited = new Set(
    [...spans, ...subtracted].flatMap(({ opened, closed }) => [opened.event, closed.event]),
  );
  return facts
    .filter((fact) => cited.has(fact.id) && isTestimony(fact))
    .reduce(
      (most, { occurredAt, recordedAt }) => durationMs(Math.max(most, elapsed(occurredAt, recordedAt))),
      NO_TIME,
    );
};

/** Settling has judged it already; here it gets its figures. */
export const lateEntry = ({ plan, records, facts }: SubjectCase): readonly Finding[] =>
  records
    .filter(({ flags }) => flags?.includes('late-entry'))
    .map((record) => {
      const limitMs = plan.rulesByName.get(record.rule)?.lateMs ?? NO_TIME;
      const late = clockText(latenessOf(record, facts));
      return {
        code: 'late-entry' as const,
        ...onRecord(record),
        detail: `told ${late} after it happened, later than ${clockText(limitMs)}`,
      };
    });
