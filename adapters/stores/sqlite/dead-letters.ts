/** The dead letters in SQLite, in the same file as the log. */
import type { DatabaseSync } from 'node:sqlite';
import type { DeadLetters, LetterPlace } from '../../../projections/ports.ts';
import type { DeadLetter } from '../../../schemas/signal.ts';
import { deliveredAgain, resolved } from '../dead-letter.ts';
import { columnText } from '../order.ts';
import { bodyOf } from '../cells.ts';
import { atomically, openDatabase } from './database.ts';
import { prepareLogTables } from './log-schema.ts';

const letterOf = bodyOf<DeadLetter>('id', 'signal', 'rejection', 'receivedAt', 'status');
const ORDER = 'ORDER BY received_ms, origin, line, id';
/** The same order as one value, which has no room for what is absent: it comes first. */
const PLACE = "(received_ms, origin IS NOT NULL, coalesce(origin, ''), coalesce(line, 0), id)";
const PAGE = `
  SELECT body FROM dead_letter
  WHERE received_ms >= ? AND ${PLACE} > (?, ?, ?, ?, ?) AND (? IS NULL OR status = ?) ${ORDER} LIMIT ?`;

const BEFORE_ALL: readonly (string | number)[] = [Number.MIN_SAFE_INTEGER, 0, '', 0, ''];

const placeOf = ({ receivedAt, origin, line, id }: LetterPlace): readonly (string | number)[] => [
  receivedAt,
  origin === undefined ? 0 : 1,
  columnText(origin ?? ''),
  line ?? 0,
  columnText(id),
];

const statementsOf = (database: DatabaseSync) => ({
  get: database.prepare('SELECT body FROM dead_letter WHERE id = ?'),
  all: database.prepare(`SELECT body FROM dead_letter ${ORDER}`),
  ofStatus: database.prepare(`SELECT body FROM dead_letter WHERE status = ? ${ORDER}`),
  page: database.prepare(PAGE),
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
    page: async (after, limit, status) => {
      const place = after === undefined ? BEFORE_ALL : placeOf(after);
      const [from = 0] = place;
      const only = status ?? null;
      return sql.page.all(from, ...place, only, only, limit).map((row) => letterOf(row.body));
    },
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
