/**
 * A measured process: derives all answers of a log into a file and prints what that took.
 *
 *     node bench/rebuild/answers.ts naive|one|two LOG ANSWERS RULES
 */
import { catchUp, rebuild } from '../../projections/index.ts';
import type { ProjectionState } from '../../projections/ports.ts';
import { startCrew } from '../../adapters/rebuild-thread.ts';
import { type Ruling, readRules } from '../../adapters/rule-file.ts';
import {
  type CheckedEventLog,
  type SqliteReadModels,
  sqliteEventLog,
  sqliteReadModels,
} from '../../adapters/stores/sqlite/index.ts';
import type { Derived } from '../figures.ts';

const [what = '', logFile = '', answersFile = '', rulesFile = ''] = process.argv.slice(2);

interface Task extends Ruling {
  readonly log: CheckedEventLog;
  readonly rows: SqliteReadModels;
}

/** In pages, each of them put row by row: as `tickmark rebuild` did it before. */
const naive = async ({ rows, ...task }: Task): Promise<ProjectionState> => {
  await rows.clear();
  return catchUp({ ...task, rows });
};

const bulk = async ({ rows, ...task }: Task, threads: number): Promise<ProjectionState> => {
  const load = await rows.load();
  const { ruleSet } = task.plan;
  const crew = threads === 0 ? undefined : startCrew({ logFile, ruleSet, load, threads });
  return rebuild({ ...task, load, crew });
};

const cpuS = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

const task: Task = {
  ...(await readRules(rulesFile)),
  log: await sqliteEventLog(logFile),
  rows: await sqliteReadModels(answersFile),
};
const before = { cpuS: cpuS(), ms: performance.now() };
const { position } = await (what === 'naive' ? naive(task) : bulk(task, what === 'two' ? 1 : 0));
await task.rows.close();
const figures: Derived = {
  wallS: (performance.now() - before.ms) / 1000,
  cpuS: cpuS() - before.cpuS,
  events: position,
};
await task.log.close();
process.stdout.write(JSON.stringify(figures));
