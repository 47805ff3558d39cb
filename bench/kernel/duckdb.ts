/** DuckDB in memory, on one thread: the same columns as a table, the same derivation as SQL. Loading is not timed. */
import { createWriteStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { execFileSync } from 'node:child_process';
import { z } from 'zod';
import { TYPES } from '../../engine/clock/columns.ts';
import { passes } from './passes.ts';
import { RULES } from './recipe.ts';
import { factsSql, instantsSql, ruleSql } from './sql.ts';
import { FIGURES, type Totals, newTotals, placeOf } from './totals.ts';
import { SEED, TRAFFIC_KINDS, TRAFFIC_TYPES, type Traffic, traffic } from './traffic.ts';

const HOME = join(import.meta.dirname, '../.duckdb');

/** As much of the driver as is used here. */
interface Connection {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string): Promise<{ getRowObjectsJS(): unknown }>;
}
interface Driver {
  readonly DuckDBInstance: {
    create(
      path: string,
      settings: Readonly<Record<string, string>>,
    ): Promise<{ connect(): Promise<Connection> }>;
  };
}
const Driver = z.custom<Driver>((value) => value !== null && typeof value === 'object');

/** Installs it where it is not: the product and its lock file never see it. */
const connected = async (): Promise<Connection> => {
  if (!existsSync(join(HOME, 'node_modules')))
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: HOME, stdio: ['ignore', 2, 2] });
  const loaded: unknown = createRequire(join(HOME, 'package.json'))('@duckdb/node-api');
  const instance = await Driver.parse(loaded).DuckDBInstance.create(':memory:', { threads: '1' });
  return instance.connect();
};

const ROWS_A_CHUNK = 20_000;

function* csv({ columns, first, subjects, kind }: Traffic): Generator<string> {
  const place = TYPES.map((type) => TRAFFIC_TYPES.findIndex((known) => known === type));
  const { at, type, actor } = columns;
  const told = (value: number | undefined): string => (value === undefined || value < 0 ? '' : String(value));
  let rows: string[] = [];
  for (let subject = 0; subject < subjects; subject += 1)
    for (let n = first[subject] ?? 0; n < (first[subject + 1] ?? 0); n += 1) {
      const is = `${n},${subject},${kind[subject]},${at[n]},${place[type[n] ?? 0]}`;
      rows.push(`${is},${told(actor[n])}\n`);
      if (rows.length < ROWS_A_CHUNK) continue;
      yield rows.join('');
      rows = [];
    }
  yield rows.join('');
}

const load = async (connection: Connection, made: Traffic): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'tickmark-bench-'));
  try {
    const file = join(folder, 'facts.csv');
    await pipeline(Readable.from(csv(made)), createWriteStream(file));
    await connection.run(factsSql(file));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const Row = z.strictObject({
  actor: z.int(),
  runningMs: z.number(),
  pausedMs: z.number(),
  lines: z.number(),
  tails: z.number(),
  orphans: z.number(),
});

const derive = async (connection: Connection): Promise<Totals> => {
  const totals = newTotals();
  for (const kind of TRAFFIC_KINDS) await connection.run(instantsSql(kind));
  for (const [rule, own] of RULES.entries()) {
    const result = await connection.runAndReadAll(ruleSql(own));
    for (const row of z.array(Row).parse(result.getRowObjectsJS()))
      for (const [figure, of] of FIGURES.entries()) totals[placeOf(rule, row.actor) + figure] = row[of];
  }
  return totals;
};

const [events = '1000000', times = '5'] = process.argv.slice(2);
const connection = await connected();
await load(connection, traffic(Number(events), SEED));
await passes(Number(times), () => derive(connection));
