/** The read models in PostgreSQL, for one of several workers that write them at the same time. */
import type { ProjectionState, RowTransaction, SharedReadModels } from '../../../projections/ports.ts';
import {
  allStates,
  numberOfWorkers,
  leastState,
  saveForAll,
  saveState,
  stateOfWorker,
} from './checkpoint.ts';
import { ClaimRefused, NOTHING_WANTED, claimAlone, claimsOf } from './claims.ts';
import { takeRight } from './rights.ts';
import type { Session } from './session.ts';
import { type PostgresOptions, emptyTables, openStore } from './store.ts';
import { type Checkpoint, runWork } from './run-work.ts';

export interface WorkerOptions extends PostgresOptions {
  /** From 0. */
  readonly worker: number;
  readonly of: number;
}

const areUsable = async (
  states: readonly ProjectionState[],
  isUsable: (state: ProjectionState) => Promise<boolean>,
): Promise<boolean> => {
  for (const state of states) if (!(await isUsable(state))) return false;
  return states.length > 0;
};

/** One after the other: whoever comes first does it for all. */
const takePlace = async (
  session: Session,
  workers: number,
  isUsable: (state: ProjectionState) => Promise<boolean>,
  beginning: ProjectionState,
): Promise<void> => {
  if (!(await areUsable(await allStates(session), isUsable))) {
    await emptyTables(session);
    return saveForAll(session, workers, beginning);
  }
  const least = await leastState(session);
  if (least && (await numberOfWorkers(session)) !== workers) await saveForAll(session, workers, least);
};

/** `connectionString` as for `postgresReadModels`. Throws a `Refusal`. */
export const postgresWorker = async (
  connectionString: string,
  { worker, of, ...options }: WorkerOptions,
): Promise<SharedReadModels> => {
  const { shown, turn, transact, address } = await openStore(connectionString, options);
  const checkpoint: Checkpoint = {
    read: (session) => stateOfWorker(session, worker, of),
    save: (session, state) => saveState(session, worker, of, state),
  };
  const claiming = async <Result>(work: (rows: RowTransaction) => Promise<Result>): Promise<Result> => {
    let wanted = NOTHING_WANTED;
    for (;;) {
      try {
        return await transact((session) =>
          runWork(session, work, checkpoint, claimsOf(session, address.schema, wanted)),
        );
      } catch (error) {
        if (!(error instanceof ClaimRefused)) throw error;
        wanted = error.wanted;
      }
    }
  };
  return {
    ...shown,
    takeRight: () => takeRight(address, 'projecting', 'together'),
    transact: (work) => turn.transact(() => claiming(work)),
    join: (isUsable, beginning) =>
      turn.transact(() =>
        transact(async (session) => {
          await claimAlone(session, address.schema);
          await takePlace(session, of, isUsable, beginning);
          const state = await stateOfWorker(session, worker, of);
          if (!state) throw new Error(`there is no worker ${worker} of ${of}`);
          return state;
        }),
      ),
  };
};
