/** The checkpoints: how far the rows have come, by worker. One writer alone is worker 0 of 1. */
import type { ProjectionState } from '../../../projections/ports.ts';
import { stateOf } from '../row-body.ts';
import type { Session } from './session.ts';

/** Of several workers the one that is least far: what lies before its position is in the rows. */
const LEAST = 'SELECT body FROM state ORDER BY position, worker LIMIT 1';

/** Two processes that believe to be the same worker follow one another. */
const OF_WORKER = 'SELECT body FROM state WHERE worker = ? AND workers = ? FOR UPDATE';

const ALL = 'SELECT body FROM state ORDER BY worker';

const NUMBER_OF_WORKERS = 'SELECT coalesce(max(workers), 0) AS workers FROM state';

const SAVE = `
  WITH superfluous AS (DELETE FROM state WHERE worker >= ?)
  INSERT INTO state VALUES (?, ?, ?, ?)
  ON CONFLICT (worker) DO UPDATE
  SET workers = EXCLUDED.workers, position = EXCLUDED.position, body = EXCLUDED.body`;

export const leastState = async (session: Session): Promise<ProjectionState | undefined> =>
  (await session.rows(LEAST)).map((row) => stateOf(row['body']))[0];

export const allStates = async (session: Session): Promise<readonly ProjectionState[]> =>
  (await session.rows(ALL)).map((row) => stateOf(row['body']));

export const numberOfWorkers = async (session: Session): Promise<number> =>
  Number((await session.rows(NUMBER_OF_WORKERS))[0]?.['workers']);

/** Undefined where somebody has made the workers more or fewer. */
export const stateOfWorker = async (
  session: Session,
  worker: number,
  workers: number,
): Promise<ProjectionState | undefined> =>
  (await session.rows(OF_WORKER, [worker, workers])).map((row) => stateOf(row['body']))[0];

export const saveState = async (
  session: Session,
  worker: number,
  workers: number,
  state: ProjectionState,
): Promise<void> =>
  void (await session.rows(SAVE, [workers, worker, workers, state.position, JSON.stringify(state)]));

/** From now on there are `workers` of them, all at the same state. */
export const saveForAll = async (
  session: Session,
  workers: number,
  state: ProjectionState,
): Promise<void> => {
  for (let worker = 0; worker < workers; worker += 1) await saveState(session, worker, workers, state);
};
