/** Pieces: a record cut at the midnights of the report's zone. They add up to the record. */
import { NO_TIME, durationMs } from '../schemas/brand.ts';
import type { Piece, TimeRecord } from '../schemas/record.ts';
import { dateOfDay } from './calendar/date.ts';
import type { Zone } from './calendar/zone.ts';
import { splitByDay } from './interval/split.ts';

/** The pieces of a record in order of time. A record without a counted second but with a point keeps the point. */
export const piecesOf = (record: TimeRecord, zone: Zone): readonly Piece[] => {
  const { id, actor, rule, kind, measure, method, spans, countedMs, roundedMs } = record;
  const parts = spans.flatMap((span) =>
    splitByDay(span, zone).map((part) => ({ ...part, grade: span.grade })),
  );
  return parts.map(({ fromMs, toMs, dayNumber, grade }, index) => ({
    record: id,
    actor,
    day: dateOfDay(dayNumber),
    fromMs,
    toMs,
    first: index === 0,
    roundingMs: index === parts.length - 1 ? durationMs(roundedMs - countedMs) : NO_TIME,
    grade,
    rule,
    kind,
    measure,
    method,
  }));
};
