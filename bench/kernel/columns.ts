/** The kernel over typed columns: each rule of the set over every subject of its kind, summed up from the lines. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Clock } from '../../engine/clock/clock.ts';
import { type Columns, NOBODY } from '../../engine/clock/columns.ts';
import type { Dictionary } from '../../engine/clock/dictionary.ts';
import { runSubjects } from '../../engine/clock/kernel.ts';
import { CLOSED, type Lines, PAUSED, RUNNING, empty, newLines, rowAt } from '../../engine/clock/lines.ts';
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

// Copies of what is exported elsewhere: what is imported is read from memory at every use.
const [IS_RUNNING, IS_PAUSED, IS_CLOSED] = [RUNNING, PAUSED, CLOSED];
const [RUNNING_PLACE, PAUSED_PLACE, LINES_PLACE, TAILS_PLACE] = [RUNNING_MS, PAUSED_MS, LINES, TAILS];

const add = (lines: Lines, { at }: Columns, totals: Totals, rule: number): void => {
  if (lines.length === 0) return;
  let before = 0;
  let owner = 0;
  for (let place = 0; place < lines.length; place += 1) {
    const { line, state, actor, from, to } = rowAt(lines, place);
    // A line is of whoever had it last; lines are numbered from 0 without a gap.
    increase(totals, owner + LINES_PLACE, line - before);
    before = line;
    owner = placeOf(rule, actor);
    const figure = state === IS_PAUSED ? PAUSED_PLACE : RUNNING_PLACE;
    if (state === IS_RUNNING || state === IS_PAUSED)
      increase(totals, owner + figure, (at[to] ?? 0) - (at[from] ?? 0));
    else if (state !== IS_CLOSED) increase(totals, owner + TAILS_PLACE, 1);
  }
  increase(totals, owner + LINES_PLACE, 1);
};

/** The subjects of a kind, so that no rule has to look at others. */
const subjectsOf = ({ isCall }: Traffic, kind: 'call' | 'ticket'): Int32Array =>
  Int32Array.from([...isCall.keys()].filter((subject) => (isCall[subject] === 1) === (kind === 'call')));

interface Job {
  readonly plan: Plan;
  readonly made: Traffic;
  readonly subjects: Readonly<Record<'call' | 'ticket', Int32Array>>;
}

/** So many subjects' lines are kept at a time; they stay in the processor's cache. */
const AT_ONCE = 64;

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
    for (let place = 0; place < own.length; place += AT_ONCE) {
      empty(lines);
      runSubjects(fold, own.subarray(place, place + AT_ONCE), first);
      add(lines, columns, totals, rule);
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
