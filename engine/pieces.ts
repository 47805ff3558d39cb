/** Pieces: a record cut at the midnights of the report's zone. They add up to the record. */
import { NO_TIME, durationMs } from '../schemas/brand.ts';
import type { Piece, TimeRecord } from '../schemas/record.ts';
import { dateOfDay } from './calendar/date.ts';
import { splitByDay } from './interval/split.ts';
import type { Plan } from './plan.ts';
import { methodOf } from './settle.ts';

/** The pieces of a record in order of time. A record without a counted second but with a point keeps the point. */
export const piecesOf = (
  record: TimeRecord,
  { zone, rulesByName }: Pick<Plan, 'zone' | 'rulesByName'>,
): readonly Piece[] => {
  const { id, actor, rule, kind, measure, spans, countedMs, roundedMs, attributes } = record;
  const by = rulesByName.get(rule)?.rounding.by;
  const group = by === undefined ? undefined : attributes[by];
  const parts = spans.flatMap((span) => splitByDay(span, zone).map((part) => ({ span, part })));
  return parts.map(({ span, part: { fromMs, toMs, dayNumber } }, index) => ({
    record: id,
    actor,
    day: dateOfDay(dayNumber),
    fromMs,
    toMs,
    ...(fromMs === span.fromMs ? {} : { beganMs: span.fromMs }),
    first: index === 0,
    roundingMs: index === parts.length - 1 ? durationMs(roundedMs - countedMs) : NO_TIME,
    grade: span.grade,
    rule,
    kind,
    measure,
    method: methodOf(span),
    ...(group === undefined ? {} : { group }),
  }));
};
