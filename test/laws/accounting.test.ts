/** Laws of accounting: parts make the whole, nothing counts twice, and no day is longer than it is. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it, vi } from 'vitest';
import { type NamedPlan, type History, PLANS, RUNS, histories, plans } from '../support/arbitraries.ts';
import { splitByDay } from '../../engine/interval/split.ts';
import {
  type Plan,
  addTallies,
  answer,
  attributed,
  dateOfDay,
  dayOfDate,
  mergesIn,
  piecesOf,
  rootOf,
  tally,
} from '../../engine/index.ts';
import { type DurationMs, durationMs, elapsed, total } from '../../schemas/brand.ts';
import { GRADES, type Piece, SUBTRACTIONS, TimeRecord } from '../../schemas/record.ts';

// Two thousand tries on a busy machine take their time.
vi.setConfig({ testTimeout: 120_000 });

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

/** Tries a law on the pieces of every person, day and measure. */
const everyDay = (law: (pieces: readonly Piece[], given: NamedPlan) => void): void => {
  fc.assert(
    fc.property(plans, histories, (given, { facts, horizonMs }: History) => {
      const pieces = answer(given.plan, facts, horizonMs).flatMap((record) => piecesOf(record, given.plan));
      const days = Map.groupBy(pieces, ({ actor, day, measure }) => `${actor} ${day} ${measure}`);
      for (const own of days.values()) law(own, given);
    }),
    { numRuns: RUNS },
  );
};

type Rounding = NonNullable<ReturnType<NamedPlan['plan']['rulesByName']['get']>>['rounding'];

/** What a rounding promises: less than a unit away, on its side, in whole units; or the least that is charged. */
const expectRounded = (rawMs: number, roundedMs: number, { unitMs, mode, minChargeMs }: Rounding): void => {
  if (rawMs === 0) return equal(roundedMs, 0);
  ok(roundedMs >= minChargeMs);
  if (roundedMs === minChargeMs && rawMs < minChargeMs) return;
  equal(roundedMs % unitMs, 0);
  const addedMs = roundedMs - rawMs;
  if (mode === 'up') ok(addedMs >= 0 && addedMs < unitMs);
  else if (mode === 'down') ok(addedMs <= 0 && addedMs > -unitMs);
  else ok(addedMs <= unitMs / 2 && addedMs > -unitMs / 2);
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

  it('accounts for every millisecond: elapsed = counted + what was subtracted for each reason', () => {
    everyRecord(({ fromMs, toMs, countedMs, subtracted }) => {
      const reasonsMs = SUBTRACTIONS.map((reason) =>
        lengthOf(subtracted.filter((one) => one.reason === reason)),
      );
      equal(countedMs + total(reasonsMs), elapsed(fromMs, toMs));
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
      if (status === 'closed' || status === 'retracted') return;
      equal(tail?.state, status);
      equal(tail?.fromMs, toMs);
    });
  });

  it('that was retracted counts nothing', () => {
    everyRecord(({ status, countedMs, roundedMs, tail }) => {
      if (status === 'retracted') deepEqual([countedMs, roundedMs, tail], [0, 0, undefined]);
    });
  });

  it('is rounded as its rule says, and raw where that rounds days', () => {
    everyRecord(({ rule, countedMs, roundedMs }, { plan }) => {
      const rounding = plan.rulesByName.get(rule)?.rounding;
      if (rounding?.scope === 'record') expectRounded(countedMs, roundedMs, rounding);
      else equal(roundedMs, countedMs);
    });
  });

  it('that is shared out over targets is the sum of their parts', () => {
    everyRecord(({ rule, countedMs, roundedMs, allocation }, { plan }) => {
      if (allocation) equal(total(allocation.map(({ ms }) => durationMs(ms))), roundedMs);
      else ok(countedMs === 0 || plan.rulesByName.get(rule)?.allocation === undefined);
    });
  });
});

/** Lengths that are typed in and presets are claims: they may overlap, and the audit says so. */
const claims = ({ rulesByName }: Plan, rule: string): boolean => {
  const { preset, source } = rulesByName.get(rule) ?? {};
  return preset !== undefined || (source?.from === 'clock' && source.clock.takesDuration);
};

describe('a subject', () => {
  it('counts no millisecond of a person twice under one rule, whoever it was merged with', () => {
    fc.assert(
      fc.property(plans, histories, ({ plan }, { facts, horizonMs }) => {
        const records = answer(plan, facts, horizonMs);
        const merges = mergesIn(facts);
        for (const { subject } of records) equal(rootOf(subject, merges), subject);
        const timed = records.filter(({ rule }) => !claims(plan, rule));
        const own = Map.groupBy(timed, ({ subject, rule, actor }) => `${subject}/${rule}@${actor}`);
        for (const same of own.values()) {
          const spans = same
            .flatMap((record) => record.spans)
            .filter(({ fromMs, toMs }) => fromMs < toMs)
            .sort((a, b) => a.fromMs - b.fromMs);
          for (const [index, span] of spans.entries())
            ok(index === 0 || (spans[index - 1]?.toMs ?? NaN) <= span.fromMs);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe('pieces', () => {
  it('add up to their record, in all and by grade, and the rounding with them', () => {
    everyRecord((record, { plan }) => {
      const pieces = piecesOf(record, plan);
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

  it('add up to the same at the midnights of whichever zone a record is cut', () => {
    const zones = Object.values(PLANS).map(({ zone }) => zone);
    fc.assert(
      fc.property(plans, histories, fc.constantFrom(...zones), ({ plan }, { facts, horizonMs }, zone) => {
        for (const record of answer(plan, facts, horizonMs)) {
          const pieces = piecesOf(record, { ...plan, zone });
          equal(lengthOf(pieces), record.countedMs);
          deepEqual(
            [pieces[0]?.fromMs, pieces.at(-1)?.toMs],
            [record.spans[0]?.fromMs, record.spans.at(-1)?.toMs],
          );
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('lie on the day that they say', () => {
    everyRecord((record, { plan }) => {
      const { zone } = plan;
      for (const { day, fromMs, toMs } of piecesOf(record, plan)) {
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
      equal(total(Object.values(methodsMs)), sumMs);
      equal(records, pieces.filter(({ first }) => first).length);
    });
  });

  it('accounts for every millisecond of a person: records = attributed + shed + what was subtracted', () => {
    fc.assert(
      fc.property(plans, histories, ({ plan }, { facts, horizonMs }) => {
        const records = answer(plan, facts, horizonMs);
        const pieces = records.flatMap((record) => piecesOf(record, plan));
        const parts = (whole: Pick<Piece, 'fromMs' | 'toMs'>, key: string) =>
          splitByDay(whole, plan.zone).map((part) => ({
            ...part,
            key: `${key} ${dateOfDay(part.dayNumber)}`,
          }));
        const keyOf = ({ actor, measure }: Pick<Piece, 'actor' | 'measure'>) => `${actor} ${measure}`;
        const wall = Map.groupBy(
          records.flatMap((record) => parts(record, keyOf(record))),
          ({ key }) => key,
        );
        const lost = Map.groupBy(
          records.flatMap((record) => record.subtracted.flatMap((one) => parts(one, keyOf(record)))),
          ({ key }) => key,
        );
        const counted = Map.groupBy(pieces, (piece) => `${keyOf(piece)} ${piece.day}`);
        for (const [key, whole] of wall) {
          const { sumMs, attributedMs } = tally(attributed(counted.get(key) ?? [], plan), plan.rulesByName);
          const shedMs = sumMs - attributedMs;
          ok(shedMs >= 0);
          equal(attributedMs + shedMs + lengthOf(lost.get(key) ?? []), lengthOf(whole));
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('sheds nothing without an overlap policy, and all but its union where one has it all', () => {
    everyDay((pieces, { plan }) => {
      const policy = plan.overlaps.get(pieces[0]?.measure ?? '');
      const { sumMs, unionMs, attributedMs } = tally(attributed(pieces, plan), plan.rulesByName);
      ok(unionMs <= attributedMs && attributedMs <= sumMs);
      if (policy === undefined || policy.policy === 'countAll') equal(attributedMs, sumMs);
      else if (policy.among === undefined && policy.policy !== 'cap') equal(attributedMs, unionMs);
    });
  });

  it('is rounded rule by rule, and value by value where the rule says so, and its raw sum stays', () => {
    everyDay((pieces, { plan: { rulesByName } }) => {
      const sums = Map.groupBy(pieces, ({ rule, group }) => JSON.stringify([rule, group]));
      const tallies = [...sums.values()].map((own) => {
        const one = tally(own, rulesByName);
        const rounding = rulesByName.get(own[0]?.rule ?? '')?.rounding;
        if (rounding?.scope === 'day') expectRounded(lengthOf(own), one.roundedMs, rounding);
        else equal(one.roundedMs - one.sumMs, total(own.map(({ roundingMs }) => roundingMs)));
        return one;
      });
      const { sumMs, roundedMs } = tally(pieces, rulesByName);
      deepEqual([sumMs, roundedMs], [addTallies(tallies).sumMs, addTallies(tallies).roundedMs]);
    });
  });

  it('and another are what the records of both are', () => {
    fc.assert(
      fc.property(plans, histories, ({ plan }, { facts, horizonMs }) => {
        const records = answer(plan, facts, horizonMs);
        const pieces = records.flatMap((record) => piecesOf(record, plan));
        const days = [...Map.groupBy(pieces, ({ actor, day }) => `${actor} ${day}`).values()];
        const sum = addTallies(days.map((own) => tally(own, plan.rulesByName)));
        equal(sum.sumMs, total(records.map(({ countedMs }) => durationMs(countedMs))));
        equal(sum.records, records.filter(({ spans }) => spans.length > 0).length);
      }),
      { numRuns: RUNS },
    );
  });
});
