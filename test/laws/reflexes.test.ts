/** Laws of the kernel's reflexes: what a clock has decided once it may look up, and it makes no difference. */
import { deepEqual, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { it, vi } from 'vitest';
import type { Clock } from '../../engine/clock/clock.ts';
import { NOBODY } from '../../engine/clock/columns.ts';
import { encode } from '../../engine/clock/encode.ts';
import type { Fold } from '../../engine/clock/fold.ts';
import { runClock, runSubjects } from '../../engine/clock/kernel.ts';
import { fromMsOf, newLines, rowAt, toMsOf } from '../../engine/clock/lines.ts';
import { newReflexes, reflexesOf } from '../../engine/clock/reflexes.ts';
import { newRunning } from '../../engine/clock/running.ts';
import { byFactOrder } from '../../engine/fact-order.ts';
import type { Plan } from '../../engine/index.ts';
import type { TickmarkEvent } from '../../schemas/event.ts';
import { PLANS, RUNS, histories, plans } from '../support/arbitraries.ts';

vi.setConfig({ testTimeout: 120_000 });

interface Timed {
  readonly clock: Clock;
  readonly perParticipant: boolean;
}

const clocksOf = (plan: Plan): readonly Timed[] =>
  [...plan.rulesByName.values()].flatMap(({ source }): readonly Timed[] => {
    if (source.from === 'clock') return [source];
    return source.from === 'carried' ? [{ clock: source.clock, perParticipant: false }] : [];
  });

/** The facts of all subjects in one, subject after subject, as the columns of a history would have them. */
const columnsOf = (plan: Plan, facts: readonly TickmarkEvent[]) => {
  const bySubject = [...Map.groupBy(facts, ({ subject }) => subject).values()];
  const ordered = bySubject.map((own) => own.toSorted(byFactOrder));
  const { columns, dictionary, actors } = encode(ordered.flat(), plan.fields, plan.dictionary);
  const first = Int32Array.from(
    [0, ...ordered].map((_, place) => ordered.slice(0, place).reduce((sum, own) => sum + own.length, 0)),
  );
  return { columns, dictionary, first, people: [...actors.keys()] };
};

type Given = ReturnType<typeof columnsOf>;

const foldOf = (plan: Plan, { columns, dictionary }: Given, clock: Clock, only: number): Fold => ({
  clock,
  columns,
  dictionary,
  lines: newLines(),
  run: newRunning(plan.fields.length),
  only,
});

/** In times: which fact of an instant stands for it is no matter. */
const measured = ({ lines, columns }: Fold) => ({
  rows: Array.from({ length: lines.length }, (_, place) => {
    const row = rowAt(lines, place);
    return { ...row, from: fromMsOf(columns, row), to: toMsOf(columns, row) };
  }),
  orphans: [...lines.orphans],
});

/** What every clock measures by one way of running it: everybody's, or each participant's. */
const answers = (plan: Plan, given: Given, run: (fold: Fold) => void) =>
  clocksOf(plan).flatMap(({ clock, perParticipant }) =>
    (perParticipant ? given.people : [NOBODY]).map((only) => {
      const fold = foldOf(plan, given, clock, only);
      run(fold);
      return measured(fold);
    }),
  );

const subjectsOf = ({ first }: Given): Int32Array =>
  Int32Array.from({ length: first.length - 1 }, (_, n) => n);

const deciding =
  (given: Given) =>
  (fold: Fold): void => {
    for (const subject of subjectsOf(given))
      runClock(
        fold,
        given.first[subject] ?? 0,
        given.first[subject + 1] ?? 0,
        newReflexes(fold.clock, false),
      );
  };

const reacting =
  (given: Given) =>
  (fold: Fold): void =>
    runSubjects(fold, subjectsOf(given), given.first);

it('it makes no difference whether a clock looks up what it has decided, or decides every instant anew', () => {
  fc.assert(
    fc.property(plans, histories, ({ plan }, { facts }) => {
      const given = columnsOf(plan, facts);
      deepEqual(answers(plan, given, reacting(given)), answers(plan, given, deciding(given)));
    }),
    { numRuns: RUNS },
  );
});

it.each([
  { plan: PLANS.standard, what: 'with edges only', watched: 0 },
  { plan: PLANS.levels, what: 'with levels over one field', watched: 1 },
])('this law sees clocks $what that look up', ({ plan, watched }) => {
  for (const { facts } of fc.sample(histories, { numRuns: 20, seed: 1 })) {
    const given = columnsOf(plan, facts);
    answers(plan, given, reacting(given));
  }
  const learned = clocksOf(plan).filter(({ clock }) =>
    reflexesOf(clock)
      .pages.flat()
      .some((page) => page?.alone.some((reflex) => reflex > 0)),
  );
  ok(learned.some(({ clock }) => clock.watches.length === watched));
});
