/** The kernel over typed columns: each rule of the set over every subject of its kind, summed up from the lines. */
import type { Clock } from '../../engine/clock/clock.ts';
import { NOBODY } from '../../engine/clock/columns.ts';
import { runClock } from '../../engine/clock/kernel.ts';
import { CLOSED, type Lines, PAUSED, RUNNING, empty, newLines } from '../../engine/clock/lines.ts';
import { newRunning } from '../../engine/clock/running.ts';
import { type Plan, compile } from '../../engine/index.ts';
import { passes } from './passes.ts';
import { RECIPE, RULES } from './recipe.ts';
import {
  LINES,
  ORPHANS,
  PAUSED_MS,
  RUNNING_MS,
  TAILS,
  type Totals,
  increase,
  newTotals,
  placeOf,
} from './totals.ts';
import { SEED, TRAFFIC_KINDS, type Traffic, type TrafficKind, traffic } from './traffic.ts';

const planned = (): Plan => {
  const compiled = compile(RECIPE);
  if (!compiled.ok) throw new Error(compiled.problems.map(({ message }) => message).join('\n'));
  return compiled.plan;
};

const clockOf = (plan: Plan, rule: string): Clock => {
  const source = plan.rulesByName.get(rule)?.source;
  if (source?.from !== 'clock') throw new Error(`no clock for ${rule}`);
  return source.clock;
};

const add = (lines: Lines, named: Int32Array, totals: Totals, rule: number): void => {
  const { length, line, state, actor, fromMs, toMs, orphans } = lines;
  for (let row = 0; row < length; row += 1) {
    const place = placeOf(rule, actor[row] ?? NOBODY);
    const lengthMs = (toMs[row] ?? 0) - (fromMs[row] ?? 0);
    if (state[row] === RUNNING) increase(totals, place + RUNNING_MS, lengthMs);
    else if (state[row] === PAUSED) increase(totals, place + PAUSED_MS, lengthMs);
    else if (state[row] !== CLOSED) increase(totals, place + TAILS, 1);
    if (row + 1 === length || line[row + 1] !== line[row]) increase(totals, place + LINES, 1);
  }
  for (let place = 0; place < orphans.length; place += 1)
    increase(totals, placeOf(rule, named[orphans[place] ?? 0] ?? NOBODY) + ORPHANS, 1);
};

/** The subjects of a kind, so that no rule has to look at others. */
const subjectsOf = ({ kind }: Traffic, own: TrafficKind): Int32Array =>
  Int32Array.from([...kind.keys()].filter((subject) => TRAFFIC_KINDS[kind[subject] ?? 0] === own));

interface Job {
  readonly plan: Plan;
  readonly made: Traffic;
  readonly subjects: Readonly<Record<TrafficKind, Int32Array>>;
}

const derive = ({ plan, made: { columns, first }, subjects }: Job): Totals => {
  const totals = newTotals();
  const lines = newLines();
  const run = newRunning(plan.fields.length);
  for (const [rule, { name, kind }] of RULES.entries()) {
    const fold = {
      clock: clockOf(plan, name),
      columns,
      dictionary: plan.dictionary,
      lines,
      run,
      only: NOBODY,
    };
    const own = subjects[kind];
    for (let place = 0; place < own.length; place += 1) {
      const subject = own[place] ?? 0;
      empty(lines);
      runClock(fold, first[subject] ?? 0, first[subject + 1] ?? 0);
      add(lines, columns.actor, totals, rule);
    }
  }
  return totals;
};

const [events = '1000000', times = '5'] = process.argv.slice(2);
const made = traffic(Number(events), SEED);
const subjects = {
  call: subjectsOf(made, 'call'),
  chat: subjectsOf(made, 'chat'),
  ticket: subjectsOf(made, 'ticket'),
};
const job = { plan: planned(), made, subjects };
await passes(Number(times), () => derive(job));
