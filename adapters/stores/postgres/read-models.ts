/** The read models in PostgreSQL, for a writer that does it all. */
import type { LoadableReadModels } from '../../../projections/rebuild-ports.ts';
import { leastState, saveState } from './checkpoint.ts';
import { EVERYBODY_WANTED, claimsOf } from './claims.ts';
import { beginLoad } from './load.ts';
import { takeRight } from './rights.ts';
import { type PostgresOptions, openStore } from './store.ts';
import { type Checkpoint, runWork } from './run-work.ts';

const CHECKPOINT: Checkpoint = {
  read: leastState,
  save: (session, state) => saveState(session, 0, 1, state),
};

/**
 * `connectionString`: postgresql://user:password@host:5432/database?schema=tickmark. Makes its tables where there are
 * none. Throws a `Refusal`. Reads wait for the transaction that runs, and so see only what is committed.
 */
export const postgresReadModels = async (
  connectionString: string,
  options: PostgresOptions = {},
): Promise<LoadableReadModels> => {
  const { shown, turn, transact, address } = await openStore(connectionString, options);
  return {
    ...shown,
    takeRight: () => takeRight(address, 'projecting', 'alone'),
    load: () => beginLoad(address, turn),
    transact: (work) =>
      turn.transact(() =>
        transact(async (session) => {
          const claims = claimsOf(session, address.schema, EVERYBODY_WANTED);
          await claims.claim('everybody');
          return runWork(session, work, CHECKPOINT, claims);
        }),
      ),
  };
};
