/** The pairs of stores in which a log and its answers can live. */
import { join } from 'node:path';
import { kurrentdbEventLog } from '../../adapters/stores/kurrentdb/index.ts';
import { postgresReadModels } from '../../adapters/stores/postgres/index.ts';
import { sqliteEventLog, sqliteReadModels } from '../../adapters/stores/sqlite/index.ts';
import type { EventLog, ReadModels } from '../../projections/ports.ts';
import { startEmulator } from '../support/kurrentdb/start.ts';
import { type PostgresServer, startPostgres } from '../support/postgres/server.ts';

export interface Pair {
  readonly log: EventLog;
  readonly rows: ReadModels;
}

/** Where a pair has its data. Opened again, it holds what it held. */
export interface Place {
  readonly folder: string;
  readonly log?: string | undefined;
  readonly answers?: string | undefined;
}

export const openPair = async ({ folder, log, answers }: Place): Promise<Pair> => ({
  log: log === undefined ? await sqliteEventLog(join(folder, 'log.db')) : await kurrentdbEventLog(log),
  rows:
    answers === undefined
      ? await sqliteReadModels(join(folder, 'answers.db'))
      : await postgresReadModels(answers),
});

/** What a pair needs of servers: the log on the protocol emulator of KurrentDB, the answers on a real PostgreSQL. */
export const PAIRS = {
  'sqlite+sqlite': { log: false, answers: false },
  'sqlite+postgres': { log: false, answers: true },
  'kurrentdb+sqlite': { log: true, answers: false },
  'kurrentdb+postgres': { log: true, answers: true },
} as const;
export type PairName = keyof typeof PAIRS;
export const PAIR_NAMES: readonly PairName[] = [
  'sqlite+sqlite',
  'sqlite+postgres',
  'kurrentdb+sqlite',
  'kurrentdb+postgres',
];

export interface Ground {
  /** A place with nothing in it. */
  place(pair: PairName, folder: string): Promise<Place>;
  stop(): Promise<void>;
}

/** Servers are started when the first place needs them. */
export const openGround = (): Ground => {
  let postgres: Promise<PostgresServer> | undefined;
  const stops: (() => Promise<void>)[] = [];
  const emulator = async (): Promise<string> => {
    const { connectionString, kill } = await startEmulator();
    stops.push(kill);
    return connectionString;
  };
  const database = async (): Promise<string> => (await (postgres ??= startPostgres())).fresh();
  return {
    place: async (pair, folder) => ({
      folder,
      ...(PAIRS[pair].log ? { log: await emulator() } : {}),
      ...(PAIRS[pair].answers ? { answers: await database() } : {}),
    }),
    stop: async () => {
      for (const stop of stops) await stop();
      await (await postgres)?.stop();
    },
  };
};
