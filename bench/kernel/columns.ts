/** The kernel over typed columns: each rule of the set over every subject of its kind, summed up from the lines. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Clock } from '../../engine/clock/clock.ts';
import { NOBODY } from '../../engine/clock/columns.ts';
import type { Dictionary } from '../../engine/clock/dictionary.ts';
import { runClock } from '../../engine/clock/kernel.ts';
import { CLOSED, type Lines, PAUSED, RUNNING, empty, newLines } from '../../engine/clock/lines.ts';
import { newRunning } from '../../engine/clock/running.ts';
import { type Plan, compile } from '../../engine/index.ts';
import { RuleSet } from '../../schemas/rule-set.ts';
import { passes } from './passes.ts';
import {
  LINES,
  PAUSED_MS,
  RULES,
  RUNNING_MS,
  TAILS,
  type Totals,
  increase,
  newTotals,
  placeOf,
} from './totals.ts';
import { SEED, STATUSES, type Traffic, traffic } from './traffic.ts';

const planOf = (file: string): Plan => {
  const compiled = compile(RuleSet.parse(parse(readFileSync(new URL(file, import.meta.url), 'utf8'))));
  if (!compiled.ok) throw new Error(compiled.problems.map(({ message }) => message).join('\n'));
  return compiled.plan;
};

const clockOf = (plan: Plan, rule: string): Clock => {
  const source = plan.rulesByName.get(rule)?.source;
  if (source?.from !== 'clock') throw new Error(`no clock for ${rule}`);
  return source.clock;
};

/** The status column with the codes that the plan's dictionary gives; what it does not know gets any other. */
const encoded = (status: Int32Array, dictionary: Dictionary): Int32Array => {
  const codes = STATUSES.map((text, place) => dictionary.find(text) ?? dictionary.size + place);
  return status.map((place) => codes[place] ?? place);
};

const add = (lines: Lines, totals: Totals, rule: number): void => {
  const { length, line, state, actor, fromMs, toMs } = lines;
  for (let row = 0; row < length; row += 1) {
    const place = placeOf(rule, actor[row] ?? NOBODY);
    const lengthMs = (toMs[row] ?? 0) - (fromMs[row] ?? 0);
    if (state[row] === RUNNING) increase(totals, place + RUNNING_MS, lengthMs);
    else if (state[row] === PAUSED) increase(totals, place + PAUSED_MS, lengthMs);
    else if (state[row] !== CLOSED) increase(totals, place + TAILS, 1);
    if (row + 1 === length || line[row + 1] !== line[row]) increase(totals, place + LINES, 1);
  }
};

/** The subjects of a kind, so that no rule has to look at others. */
const subjectsOf = ({ isCall }: Traffic, kind: 'call' | 'ticket'): Int32Array =>
  Int32Array.from([...isCall.keys()].filter((subject) => (isCall[subject] === 1) === (kind === 'call')));

interface Job {
  readonly plan: Plan;
  readonly made: Traffic;
  readonly subjects: Readonly<Record<'call' | 'ticket', Int32Array>>;
}

const derive = ({ plan, made: { columns, first }, subjects }: Job): Totals => {
  const totals = newTotals();
  const lines = newLines();
  const run = newRunning(plan.fields.length);
  for (const [rule, name] of RULES.entries()) {
    const fold = {
      clock: clockOf(plan, name),
      columns,
      dictionary: plan.dictionary,
      lines,
      run,
      only: NOBODY,
    };
    const own = name.startsWith('call') ? subjects.call : subjects.ticket;
    for (let place = 0; place < own.length; place += 1) {
      const subject = own[place] ?? 0;
      empty(lines);
      runClock(fold, first[subject] ?? 0, first[subject + 1] ?? 0);
      add(lines, totals, rule);
    }
  }
  return totals;
};

const [events = '1000000', times = '5'] = process.argv.slice(2);
const plan = planOf('service-desk.yaml');
const made = traffic(Number(events), SEED);
const status = encoded(made.columns.status, plan.dictionary);
const input = { ...made, columns: { ...made.columns, status, fields: [status] } };
const job = {
  plan,
  made: input,
  subjects: { call: subjectsOf(made, 'call'), ticket: subjectsOf(made, 'ticket') },
};
await passes(Number(times), () => derive(job));
