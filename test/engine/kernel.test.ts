/** The kernel over columns that hold many subjects, and its buffers, which are filled again and again. */
import { deepEqual } from 'node:assert/strict';
import { describe, it } from 'vitest';
import type { Clock } from '../../engine/clock/clock.ts';
import { type Columns, NOBODY, NO_DURATION, typeCode } from '../../engine/clock/columns.ts';
import { runClock } from '../../engine/clock/kernel.ts';
import { type Lines, PAUSED, RUNNING, TAIL_RUNNING, empty, newLines } from '../../engine/clock/lines.ts';
import { newRunning } from '../../engine/clock/running.ts';
import type { EventType } from '../../schemas/event.ts';
import { planOf } from '../support/scenario.ts';

const PLAN = planOf(`
rules:
  - { rule: talk, on: call, start: CallConnected, pause: CallHeld, resume: CallResumed, stop: CallEnded,
      handOver: CallTransferred }
  - { rule: waiting, on: call, runWhile: { status: waiting } }
`);

const clockOf = (rule: string): Clock => {
  const source = PLAN.rulesByName.get(rule)?.source;
  if (source?.from !== 'clock') throw new Error(`no clock for ${rule}`);
  return source.clock;
};

const [ANNA, BEN] = [0, 1];
type Fact = readonly [EventType, number, number?];

const columnsOf = (facts: readonly Fact[]): Columns => ({
  at: Float64Array.from(facts, ([, second]) => second * 1000),
  type: Uint8Array.from(facts, ([type]) => typeCode(type)),
  actor: Int32Array.from(facts, ([, , actor]) => actor ?? NOBODY),
  durationMs: new Float64Array(facts.length).fill(NO_DURATION),
  fields: PLAN.fields.map(() => new Int32Array(facts.length).fill(-1)),
});

const FIRST: readonly Fact[] = [
  ['CallOffered', 0],
  ['CallConnected', 10, ANNA],
  ['CallHeld', 70],
  ['CallResumed', 100],
  ['CallEnded', 120],
];
const SECOND: readonly Fact[] = [
  ['CallQueued', 5, BEN],
  ['CallConnected', 20],
  ['CallTransferred', 80, ANNA],
];
const COLUMNS = columnsOf([...FIRST, ...SECOND]);

const rowsOf = ({ length, line, state, actor, fromMs, toMs, openedAt, closedAt }: Lines) =>
  Array.from({ length }, (_, row) => [
    line[row],
    state[row],
    actor[row],
    fromMs[row],
    toMs[row],
    openedAt[row],
    closedAt[row],
  ]);

const OF_FIRST = [
  [0, RUNNING, ANNA, 10_000, 70_000, 1, 2],
  [0, PAUSED, ANNA, 70_000, 100_000, 2, 3],
  [0, RUNNING, ANNA, 100_000, 120_000, 3, 4],
];

const foldOf = (rule: string, columns = COLUMNS, run = newRunning(PLAN.fields.length)) => ({
  clock: clockOf(rule),
  columns,
  dictionary: PLAN.dictionary,
  lines: newLines(),
  run,
  only: NOBODY,
});

describe('the kernel', () => {
  it('times a subject by its own facts, wherever they stand in the columns', () => {
    const fold = foldOf('talk');
    runClock(fold, 0, 5);
    runClock(fold, 5, 8);
    deepEqual(rowsOf(fold.lines), [
      ...OF_FIRST,
      // Nobody is named at 20 s, so it is the time of BEN, whom the queue named; nobody ends it.
      [1, RUNNING, BEN, 20_000, 80_000, 6, 7],
      [1, TAIL_RUNNING, ANNA, 80_000, 80_000, 7, 7],
    ]);
  });

  it('is not told by the subject before whom to credit', () => {
    const fold = foldOf('talk', columnsOf([...FIRST, ['CallConnected', 200], ['CallEnded', 210]]));
    runClock(fold, 0, 5);
    empty(fold.lines);
    runClock(fold, 5, 7);
    deepEqual(rowsOf(fold.lines), [[0, RUNNING, NOBODY, 200_000, 210_000, 5, 6]]);
  });

  it('fills its buffers again, also after a clock that follows what is known', () => {
    const run = newRunning(PLAN.fields.length);
    const [waiting, done] = [PLAN.dictionary.codeOf('waiting'), PLAN.dictionary.size];
    const columns = { ...COLUMNS, fields: [Int32Array.of(waiting, done, done, done, done)] };
    const level = foldOf('waiting', columns, run);
    runClock(level, 0, 5);
    deepEqual(rowsOf(level.lines), [[0, RUNNING, NOBODY, 0, 10_000, 0, 1]]);
    // What no longer holds for that clock never held for this one.
    const edges = foldOf('talk', columns, run);
    runClock(edges, 0, 5);
    empty(edges.lines);
    runClock(edges, 0, 5);
    deepEqual(rowsOf(edges.lines), OF_FIRST);
  });

  it('keeps the ends that have no start, and forgets them with the lines', () => {
    const fold = foldOf('talk', columnsOf([['CallEnded', 5, ANNA]]));
    runClock(fold, 0, 1);
    deepEqual([fold.lines.length, ...fold.lines.orphans], [0, 0]);
    empty(fold.lines);
    deepEqual(fold.lines.orphans, []);
  });
});
