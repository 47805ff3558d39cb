/** Rights: to project, to publish. An advisory lock on a connection of its own, which is gone when the process is. */
import pg from 'pg';
import type { ProjectingRight } from '../../../projections/ports.ts';
import type { Address } from './address.ts';
import { lockNumber } from './claims.ts';
import { asRefusal } from './database.ts';

const TRY = {
  alone: 'SELECT pg_try_advisory_lock($1::bigint) AS is_free',
  together: 'SELECT pg_try_advisory_lock_shared($1::bigint) AS is_free',
} as const;

/** `together`: with others who take it so, and with nobody who would have it alone. Undefined where somebody else has it. */
export const takeRight = async (
  address: Address,
  to: 'projecting' | 'publishing',
  how: keyof typeof TRY,
): Promise<ProjectingRight | undefined> => {
  const client = new pg.Client({ connectionString: address.connectionString, keepAlive: true });
  // A right that was lost with its connection shows where the rows are no longer as they were left.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ readonly is_free: boolean }>(TRY[how], [
      lockNumber(address.schema, to),
    ]);
    if (rows[0]?.is_free === true) return { release: () => client.end() };
    await client.end();
    return undefined;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw asRefusal(address, error);
  }
};
