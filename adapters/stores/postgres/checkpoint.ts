/** The checkpoint: how far the rows have come. */
import type { ProjectionState } from '../../../projections/ports.ts';
import { stateOf } from '../row-body.ts';
import type { Session } from './session.ts';

/** Of several workers the one that is least far: what lies before its position is in the rows. */
const LEAST = 'SELECT body FROM state ORDER BY position, worker LIMIT 1';

export const leastState = async (session: Session): Promise<ProjectionState | undefined> =>
  (await session.rows(LEAST)).map((row) => stateOf(row['body']))[0];

/** One writer alone is worker 0 of 1. */
const SAVE = `
  WITH others AS (DELETE FROM state WHERE worker <> 0)
  INSERT INTO state VALUES (0, 1, ?, ?)
  ON CONFLICT (worker) DO UPDATE SET workers = 1, position = EXCLUDED.position, body = EXCLUDED.body`;

export const saveState = async (session: Session, state: ProjectionState): Promise<void> =>
  void (await session.rows(SAVE, [state.position, JSON.stringify(state)]));
