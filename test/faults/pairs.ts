/** The pairs of stores in which a log and its answers can live. */
import { join } from 'node:path';
import { sqliteEventLog, sqliteReadModels } from '../../adapters/stores/sqlite/index.ts';
import type { EventLog, ReadModels } from '../../projections/ports.ts';

export interface Pair {
  readonly log: EventLog;
  readonly rows: ReadModels;
}

/** `place`: where the pair's own data are. Opened again, it holds what it held. */
const PAIRS: Readonly<Record<string, (place: string) => Promise<Pair>>> = {
  'sqlite+sqlite': async (place) => ({
    log: await sqliteEventLog(join(place, 'log.db')),
    rows: await sqliteReadModels(join(place, 'answers.db')),
  }),
};

export const PAIR_NAMES: readonly string[] = Object.keys(PAIRS);

export const openPair = (name: string, place: string): Promise<Pair> => {
  const open = PAIRS[name];
  if (!open) throw new Error(`no pair ${name}; known: ${PAIR_NAMES.join(', ')}`);
  return open(place);
};
