/** The memory of what was published, in PostgreSQL, beside the answers and not one of them. */
import type { Publication, Published, Reached } from '../../publishing/ports.ts';
import { recordId } from '../../../schemas/brand.ts';
import { bodyOf, integerCell, textCell } from '../cells.ts';
import { addressOf } from './address.ts';
import { prepareAnswersTables } from './answers-schema.ts';
import { cellOf, textOfCell } from './cells.ts';
import { asRefusal, openPool } from './database.ts';
import { takeRight } from './rights.ts';
import type { Row, Session } from './session.ts';
import { transactionsOn } from './transactions.ts';

const PAGE_ROWS = 500;

const REACHED = 'SELECT body FROM published_reach';
const REACH = `
  INSERT INTO published_reach (body) VALUES (?) ON CONFLICT (single) DO UPDATE SET body = EXCLUDED.body`;
const OF = 'SELECT id, revision, fingerprint, is_sent FROM published WHERE id = ANY (?::text[])';
const PAGE = `SELECT id, revision, fingerprint, is_sent FROM published WHERE id > ? ORDER BY id LIMIT ${PAGE_ROWS}`;
const PUT = `
  INSERT INTO published SELECT id, revision, fingerprint, is_sent
  FROM json_to_recordset(?::json) AS g (id text, revision integer, fingerprint text, is_sent boolean)
  ON CONFLICT (id) DO UPDATE SET
    revision = EXCLUDED.revision, fingerprint = EXCLUDED.fingerprint, is_sent = EXCLUDED.is_sent`;

const reachedOf = bodyOf<Reached>('topic', 'place', 'end');

const publicationOf = (row: Row): Publication => {
  const publication = {
    id: recordId(textOfCell(textCell(row['id']))),
    revision: integerCell(row['revision']),
    isSent: row['is_sent'] === true,
  };
  const { fingerprint } = row;
  return fingerprint === null ? publication : { ...publication, fingerprint: textCell(fingerprint) };
};

const cellsOf = ({ id, revision, fingerprint, isSent }: Publication) => ({
  id: cellOf(id),
  revision,
  fingerprint: fingerprint ?? null,
  is_sent: isSent,
});

const keep = async (
  session: Session,
  publications: readonly Publication[],
  reached?: Reached,
): Promise<void> => {
  if (publications.length > 0) await session.rows(PUT, [JSON.stringify(publications.map(cellsOf))]);
  if (reached) await session.rows(REACH, [JSON.stringify(reached)]);
};

/** `connectionString` as for `postgresReadModels`. What is kept survives a power cut. Throws a `Refusal`. */
export const postgresPublished = async (connectionString: string): Promise<Published> => {
  const address = addressOf(connectionString);
  const pool = openPool(address, { durable: true });
  try {
    await prepareAnswersTables(pool, address);
  } catch (error) {
    await pool.end();
    throw asRefusal(address, error);
  }
  const { read, transact } = transactionsOn(pool, address);
  return {
    reached: () =>
      read(async (session) => (await session.rows(REACHED)).map((row) => reachedOf(row['body']))[0]),
    publicationsOf: (ids) =>
      read(async (session) => {
        const rows = await session.rows(OF, [ids.map(cellOf)]);
        return new Map(rows.map(publicationOf).map((publication) => [publication.id, publication]));
      }),
    async *allPublications() {
      let after = '';
      for (;;) {
        const rows = await read((session) => session.rows(PAGE, [after]));
        if (rows.length === 0) return;
        after = textCell(rows.at(-1)?.['id']);
        yield rows.map(publicationOf);
      }
    },
    keep: (publications, reached) => transact((session) => keep(session, publications, reached)),
    clear: () => transact((session) => session.say('TRUNCATE published, published_reach')),
    takeRight: () => takeRight(address, 'publishing', 'alone'),
    close: () => pool.end(),
  };
};
