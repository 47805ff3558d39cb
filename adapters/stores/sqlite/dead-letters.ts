/** The dead letters in SQLite, in the same file as the log. */
import type { DatabaseSync } from 'node:sqlite';
import type { DeadLetters } from '../../../projections/ports.ts';
import type { DeadLetter } from '../../../schemas/signal.ts';
import { deliveredAgain, resolved } from '../dead-letter.ts';
import { columnText } from '../order.ts';
import { bodyOf } from '../cells.ts';
import { atomically, openDatabase } from './database.ts';
import { prepareLogTables } from './log-schema.ts';

const letterOf = bodyOf<DeadLetter>('id', 'signal', 'rejection', 'receivedAt', 'status');
const ORDER = 'ORDER BY received_ms, origin, line, id';

const statementsOf = (database: DatabaseSync) => ({
  get: database.prepare('SELECT body FROM dead_letter WHERE id = ?'),
  all: database.prepare(`SELECT body FROM dead_letter ${ORDER}`),
  ofStatus: database.prepare(`SELECT body FROM dead_letter WHERE status = ? ${ORDER}`),
  put: database.prepare('INSERT OR REPLACE INTO dead_letter VALUES (?, ?, ?, ?, ?, ?)'),
});

/** `file` may be `:memory:`. A connection of its own beside the log's; neither holds a transaction across a call. */
export const sqliteDeadLetters = async (file: string): Promise<DeadLetters & { close(): Promise<void> }> => {
  const database = openDatabase(file, { synchronous: 'FULL', cacheMb: 2, prepareTables: prepareLogTables });
  const sql = statementsOf(database);
  const held = (id: string): DeadLetter | undefined => {
    const row = sql.get.get(columnText(id));
    return row && letterOf(row.body);
  };
  const write = (letter: DeadLetter): void => {
    const { origin, line } = letter.signal;
    const from = origin === undefined ? null : columnText(origin);
    sql.put.run(
      columnText(letter.id),
      letter.receivedAt,
      from,
      line ?? null,
      letter.status,
      JSON.stringify(letter),
    );
  };
  return {
    put: async (letters) =>
      atomically(database, () => {
        for (const letter of letters) {
          const former = held(letter.id);
          write(former ? deliveredAgain(former, letter) : letter);
        }
      }),
    list: async (status) =>
      (status === undefined ? sql.all.all() : sql.ofStatus.all(status)).map((row) => letterOf(row.body)),
    get: async (id) => held(id),
    resolve: async (ids) =>
      atomically(database, () => {
        for (const letter of ids.map(held)) if (letter) write(resolved(letter));
      }),
    close: async () => {
      if (database.isOpen) database.close();
    },
  };
};
