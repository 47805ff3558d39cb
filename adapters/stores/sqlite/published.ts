/** The memory of what was published, in a file of its own: rebuilding the answers leaves it as it is. */
import type { DatabaseSync } from 'node:sqlite';
import type { Publication, Published, Reached } from '../../publishing/ports.ts';
import { recordId } from '../../../schemas/brand.ts';
import { bodyOf, integerCell, textCell } from '../cells.ts';
import { columnText, textOfColumn } from '../order.ts';
import { atomically, openDatabase, tablesVersion } from './database.ts';

const VERSION = 1;

/** `fingerprint` is empty after a removal. */
const TABLES = `
  CREATE TABLE published_reach (only INTEGER PRIMARY KEY CHECK (only = 1), body TEXT NOT NULL);
  CREATE TABLE published (
    id TEXT PRIMARY KEY, revision INTEGER NOT NULL, fingerprint TEXT NOT NULL, is_sent INTEGER NOT NULL
  ) WITHOUT ROWID;
  PRAGMA user_version = ${VERSION};
`;

/** Tables of another version are dropped: the topic must then be made anew. */
const prepareTables = (database: DatabaseSync): void => {
  if (tablesVersion(database) === VERSION) return;
  atomically(database, () =>
    database.exec(`DROP TABLE IF EXISTS published_reach; DROP TABLE IF EXISTS published; ${TABLES}`),
  );
};

const reachedOf = bodyOf<Reached>('topic', 'place', 'end');

type Row = Readonly<Record<string, unknown>>;

const publicationOf = (row: Row): Publication => {
  const publication = {
    id: recordId(textOfColumn(textCell(row['id']))),
    revision: integerCell(row['revision']),
    isSent: integerCell(row['is_sent']) === 1,
  };
  const fingerprint = textCell(row['fingerprint']);
  return fingerprint === '' ? publication : { ...publication, fingerprint };
};

const PAGE_ROWS = 500;

const statementsOf = (database: DatabaseSync) => ({
  reached: database.prepare('SELECT body FROM published_reach'),
  reach: database.prepare('INSERT OR REPLACE INTO published_reach VALUES (1, ?)'),
  publication: database.prepare('SELECT * FROM published WHERE id = ?'),
  page: database.prepare(`SELECT * FROM published WHERE id > ? ORDER BY id LIMIT ${PAGE_ROWS}`),
  put: database.prepare('INSERT OR REPLACE INTO published VALUES (?, ?, ?, ?)'),
});

/** `file` may be `:memory:`. What is kept survives a power cut: a message that went out cannot be forgotten. */
export const sqlitePublished = async (file: string): Promise<Published> => {
  const database = openDatabase(file, { synchronous: 'FULL', cacheMb: 4, prepareTables });
  const sql = statementsOf(database);
  return {
    reached: async () => sql.reached.all().map((row) => reachedOf(row.body))[0],
    publicationsOf: async (ids) =>
      new Map(
        ids.flatMap((id) =>
          sql.publication.all(columnText(id)).map((row) => [id, publicationOf(row)] as const),
        ),
      ),
    async *allPublications() {
      let after = '';
      for (;;) {
        const rows = sql.page.all(after);
        if (rows.length === 0) return;
        after = textCell(rows.at(-1)?.id);
        yield rows.map(publicationOf);
      }
    },
    keep: async (publications, reached) =>
      atomically(database, () => {
        for (const { id, revision, fingerprint = '', isSent } of publications)
          sql.put.run(columnText(id), revision, fingerprint, isSent ? 1 : 0);
        if (reached) sql.reach.run(JSON.stringify(reached));
      }),
    clear: async () =>
      atomically(database, () => database.exec('DELETE FROM published; DELETE FROM published_reach')),
    close: async () => {
      if (database.isOpen) database.close();
    },
  };
};
