/** Rights: to project, to publish. An advisory lock on a connection of its own, which is gone when the process is. */
import pg from 'pg';
import type { Right } from '../../../projections/ports.ts';
import type { Address } from './address.ts';
import { lockNumber } from './claims.ts';
import { asRefusal, lastingConnection } from './database.ts';

const TRY = {
  alone: 'SELECT pg_try_advisory_lock($1::bigint) AS is_free',
  together: 'SELECT pg_try_advisory_lock_shared($1::bigint) AS is_free',
} as const;

/** `together`: with others who take it so, and with nobody who would have it alone. Undefined where somebody else has it. */
export const takeRight = async (
  address: Address,
  to: 'projecting' | 'publishing',
  how: keyof typeof TRY,
): Promise<Right | undefined> => {
  const client = new pg.Client({ connectionString: lastingConnection(address), keepAlive: true });
  let isHeld = false;
  client.on('error', () => (isHeld = false));
  client.on('end', () => (isHeld = false));
  try {
    await client.connect();
    const { rows } = await client.query<{ readonly is_free: boolean }>(TRY[how], [
      lockNumber(address.schema, to),
    ]);
    isHeld = rows[0]?.is_free === true;
    if (isHeld) return { isHeld: () => isHeld, release: () => client.end() };
    await client.end();
    return undefined;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw asRefusal(address, error);
  }
};
