/** A load: all rows anew, in one transaction on a connection of its own. */
import type { ProjectionState } from '../../../projections/ports.ts';
import type { RowBatch, RowLoad } from '../../../projections/rebuild-ports.ts';
import type { Address } from './address.ts';
import { NEW_EDITION } from './changes.ts';
import { saveState } from './checkpoint.ts';
import { openPool } from './database.ts';
import { makeFreshIndexes, makeFreshTables, swapTables } from './fresh-tables.ts';
import { writeBatch } from './load-writer.ts';
import { type Session, askingServer, sessionOn } from './session.ts';
import type { Turns } from '../turns.ts';

/** One task after another, of which the last one is under way while the next is prepared. */
const oneAhead = () => {
  let last = Promise.resolve();
  return {
    /** Resolves when those before are done, and rejects where one of them failed. */
    begin: (task: () => Promise<void>): Promise<void> => {
      const before = last;
      last = before.then(task);
      last.catch(() => undefined);
      return before;
    },
    all: (): Promise<void> => last,
  };
};

const finishOn = async (session: Session, address: Address, state: ProjectionState): Promise<void> => {
  await makeFreshIndexes(session, address);
  await saveState(session, 0, 1, state);
  await session.say(NEW_EDITION);
};

/** Nobody else may project meanwhile: whoever calls has the right to. */
export const beginLoad = async (address: Address, turn: Turns): Promise<RowLoad> => {
  const pool = openPool(address, { durable: true });
  const client = await askingServer(() => pool.connect());
  const session = sessionOn(client);
  const writing = oneAhead();
  let isOver = false;
  // The server takes back what was not committed when its connection ends.
  const end = async (): Promise<void> => {
    if (isOver) return;
    isOver = true;
    client.release(true);
    await pool.end();
  };
  try {
    // Looking through a long log takes its time; that a machine is lost shows by its connection.
    await session.say('BEGIN; SET LOCAL idle_in_transaction_session_timeout = 0');
    await makeFreshTables(session, address);
  } catch (error) {
    await end();
    throw error;
  }
  return {
    // The server writes one batch while the next is derived.
    put: (batch: RowBatch) => writing.begin(() => writeBatch(session, batch)),
    finish: async (state) => {
      await writing.all();
      await finishOn(session, address, state);
      await turn.read(async () => {
        await swapTables(session, address);
        await session.say('COMMIT');
      });
      await end();
    },
    abandon: async () => {
      await writing.all().catch(() => undefined);
      await end();
    },
  };
};
