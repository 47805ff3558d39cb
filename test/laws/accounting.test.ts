/** Laws of accounting: parts make the whole, nothing counts twice, and no day is longer than it is. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it, vi } from 'vitest';
import { type NamedPlan, type History, RUNS, histories, plans } from '../support/arbitraries.ts';
import { addTallies, answer, dayOfDate, piecesOf, tally } from '../../engine/index.ts';
import { type DurationMs, durationMs, elapsed, total } from '../../schemas/brand.ts';
import { GRADES, type Piece, TimeRecord } from '../../schemas/record.ts';

// Two thousand tries on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000 });

const lengthOf = (stretches: readonly Pick<Piece, 'fromMs' | 'toMs'>[]): DurationMs =>
  total(stretches.map(({ fromMs, toMs }) => elapsed(fromMs, toMs)));

/** Tries a law on every record of any history under any plan. */
const everyRecord = (law: (record: TimeRecord, given: NamedPlan) => void): void => {
  fc.assert(
    fc.property(plans, histories, (given, { facts, horizonMs }) => {
      for (const record of answer(given.plan, facts, horizonMs)) law(record, given);
    }),
    { numRuns: RUNS },
  );
};

/** Tries a law on the pieces of every person and day. */
const everyDay = (law: (pieces: readonly Piece[], given: NamedPlan) => void): void => {
  fc.assert(
    fc.property(plans, histories, (given, { facts, horizonMs }: History) => {
      const pieces = answer(given.plan, facts, horizonMs).flatMap((record) =>
        piecesOf(record, given.plan.zone),
      );
      for (const own of Map.groupBy(pieces, ({ actor, day }) => `${actor} ${day}`).values()) law(own, given);
    }),
    { numRuns: RUNS },
  );
};

describe('a record', () => {
  it('is what its schema says, and its id is nobody else’s', () => {
    fc.assert(
      fc.property(plans, histories, ({ plan }, { facts, horizonMs }) => {
        const records = answer(plan, facts, horizonMs);
        for (const record of records) deepEqual(TimeRecord.parse(record), record);
        equal(new Set(records.map(({ id }) => id)).size, records.length);
      }),
      { numRuns: RUNS },
    );
  });

  it('accounts for every millisecond: elapsed = counted + all that was subtracted', () => {
    everyRecord(({ fromMs, toMs, countedMs, subtracted }) => {
      equal(countedMs + lengthOf(subtracted), elapsed(fromMs, toMs));
      ok(countedMs <= elapsed(fromMs, toMs));
    });
  });

  it('is made of stretches that do not overlap, leave no gap, and lie within it', () => {
    everyRecord(({ fromMs, toMs, spans, subtracted }) => {
      const ordered = [...spans, ...subtracted]
        .filter((stretch) => stretch.fromMs < stretch.toMs)
        .sort((a, b) => a.fromMs - b.fromMs);
      let cursorMs = fromMs;
      for (const stretch of ordered) {
        equal(stretch.fromMs, cursorMs);
        cursorMs = stretch.toMs;
      }
      equal(cursorMs, toMs);
      for (const point of spans.filter((span) => span.fromMs === span.toMs)) {
        ok(point.fromMs >= fromMs);
        ok(point.toMs <= toMs);
      }
    });
  });

  it('lists what counts and what does not in order of time, and its attributes in order of name', () => {
    everyRecord(({ spans, subtracted, attributes }) => {
      for (const list of [spans, subtracted]) {
        const starts = list.map(({ fromMs }) => fromMs);
        deepEqual(
          starts,
          starts.toSorted((a, b) => a - b),
        );
      }
      deepEqual(Object.keys(attributes), Object.keys(attributes).sort());
    });
  });

  it('counts each grade once', () => {
    everyRecord(({ spans, gradesMs, countedMs }) => {
      equal(total(Object.values(gradesMs)), countedMs);
      for (const grade of GRADES)
        equal(gradesMs[grade], lengthOf(spans.filter((span) => span.grade === grade)));
    });
  });

  it('that has no end counts nothing after its last sign', () => {
    everyRecord(({ status, tail, toMs }) => {
      if (status === 'closed') return;
      equal(tail?.state, status);
      equal(tail?.fromMs, toMs);
    });
  });
});

describe('pieces', () => {
  it('add up to their record, in all and by grade, and the rounding with them', () => {
    everyRecord((record, { plan }) => {
      const pieces = piecesOf(record, plan.zone);
      equal(lengthOf(pieces), record.countedMs);
      for (const grade of GRADES)
        equal(lengthOf(pieces.filter((piece) => piece.grade === grade)), record.gradesMs[grade]);
      if (record.spans.length === 0) return;
      equal(lengthOf(pieces) + total(pieces.map(({ roundingMs }) => roundingMs)), record.roundedMs);
      deepEqual(
        pieces.filter(({ first }) => first),
        pieces.slice(0, 1),
      );
    });
  });

  it('lie on the day that they say', () => {
    everyRecord((record, { plan: { zone } }) => {
      for (const { day, fromMs, toMs } of piecesOf(record, zone)) {
        ok(zone.startOfDay(dayOfDate(day)) <= fromMs);
        ok(zone.startOfDay(dayOfDate(day) + 1) >= toMs);
      }
    });
  });
});

describe('a day', () => {
  it('has a union no longer than its sum, and no longer than the day is in its zone', () => {
    everyDay((pieces, { plan: { zone, rulesByName } }) => {
      const { sumMs, unionMs } = tally(pieces, rulesByName);
      ok(unionMs <= sumMs);
      const [first] = pieces;
      if (!first) return;
      const day = dayOfDate(first.day);
      ok(unionMs <= elapsed(zone.startOfDay(day), zone.startOfDay(day + 1)));
    });
  });

  it('has the sum of its pieces, by grade and by method too', () => {
    everyDay((pieces, { plan: { rulesByName } }) => {
      const { sumMs, gradesMs, methodsMs, records } = tally(pieces, rulesByName);
      equal(sumMs, lengthOf(pieces));
      equal(total(Object.values(gradesMs)), sumMs);
      equal(methodsMs.auto + methodsMs.manual, sumMs);
      equal(records, pieces.filter(({ first }) => first).length);
    });
  });

  it('differs from its raw sum by less than a unit for each rule or record that is rounded', () => {
    everyDay((pieces, { name, plan: { rulesByName } }) => {
      const { sumMs, roundedMs } = tally(pieces, rulesByName);
      if (name === 'rounded' || name === 'everything') {
        // 15 min up, on the last piece of a record.
        const last = pieces.filter(({ roundingMs }) => roundingMs !== 0).length;
        ok(roundedMs >= sumMs);
        ok(roundedMs - sumMs < Math.max(1, last * 15 * 60_000));
      } else {
        // The nearest minute of each rule's day.
        const rules = new Set(pieces.map(({ rule }) => rule)).size;
        ok(Math.abs(roundedMs - sumMs) <= rules * 30_000);
        equal(roundedMs % 60_000, 0);
      }
    });
  });

  it('and another are what the records of both are', () => {
    fc.assert(
      fc.property(plans, histories, ({ plan }, { facts, horizonMs }) => {
        const records = answer(plan, facts, horizonMs);
        const pieces = records.flatMap((record) => piecesOf(record, plan.zone));
        const days = [...Map.groupBy(pieces, ({ actor, day }) => `${actor} ${day}`).values()];
        const sum = addTallies(days.map((own) => tally(own, plan.rulesByName)));
        equal(sum.sumMs, total(records.map(({ countedMs }) => durationMs(countedMs))));
        equal(sum.records, records.filter(({ spans }) => spans.length > 0).length);
      }),
      { numRuns: RUNS },
    );
  });
});
