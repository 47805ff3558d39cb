/**
 * Fresh tables: made like the live ones, filled beside them, and put in their place; all in one transaction, so that
 * others see the old rows or the new ones, and whoever is killed leaves nothing behind.
 */
import { ANSWER_TABLES } from '../answers-queries.ts';
import { textCell } from '../cells.ts';
import type { Address } from './address.ts';
import { claimAlone } from './claims.ts';
import type { Session } from './session.ts';

/** A schema of their own: so constraints, indexes and sequences bear the very names that migrations know. */
export const freshSchemaOf = ({ schema }: Address): string => `${schema}_fresh`;

/** Without indexes, which are made when all rows are there. Unqualified names are of the fresh tables from here on. */
export const makeFreshTables = async (session: Session, address: Address): Promise<void> => {
  const fresh = freshSchemaOf(address);
  await session.say(`CREATE SCHEMA ${fresh}; SET LOCAL search_path = ${fresh}, ${address.schema}`);
  for (const table of ANSWER_TABLES)
    await session.say(
      `CREATE TABLE ${fresh}.${table} (LIKE ${address.schema}.${table} INCLUDING ALL EXCLUDING INDEXES)`,
    );
};

const KEYS = `
  SELECT format('ALTER TABLE %s.%s ADD CONSTRAINT %s %s', ?::text, t.relname, c.conname, pg_get_constraintdef(c.oid)) AS sql
  FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
  WHERE t.relnamespace = ?::regnamespace AND t.relname = ANY (?::text[]) AND c.contype IN ('p', 'u')
  ORDER BY t.relname, c.conname`;

/** PostgreSQL names the live table in the definition; the rest of it is the same for the fresh one. */
const INDEXES = `
  SELECT regexp_replace(pg_get_indexdef(i.indexrelid), ' ON \\S+ ', format(' ON %s.%s ', ?::text, t.relname)) AS sql
  FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
  WHERE t.relnamespace = ?::regnamespace AND t.relname = ANY (?::text[])
    AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
  ORDER BY t.relname, i.indexrelid`;

/** The keys and indexes that the live tables have; then what the planner must know of the rows. */
export const makeFreshIndexes = async (session: Session, address: Address): Promise<void> => {
  const about = [freshSchemaOf(address), address.schema, ANSWER_TABLES];
  for (const question of [KEYS, INDEXES])
    for (const { sql } of await session.rows(question, about)) await session.say(textCell(sql));
  for (const table of ANSWER_TABLES) await session.say(`ANALYZE ${freshSchemaOf(address)}.${table}`);
};

/** Each as it would have to be told where the tables' schema is the search path. */
const VIEWS = `
  SELECT format('%s.%s', ?::text, relname) AS name, pg_get_viewdef(oid) AS query
  FROM pg_class WHERE relnamespace = ?::regnamespace AND relkind = 'v' ORDER BY relname`;

const viewsOf = async (session: Session, { schema, viewSchema }: Address) => {
  await session.say(`SET LOCAL search_path = ${schema}`);
  const rows = await session.rows(VIEWS, [viewSchema, viewSchema]);
  return rows.map(({ name, query }) => ({ name: textCell(name), query: textCell(query) }));
};

/**
 * The views stay the objects that they are, with whom they are granted to, and tell of the fresh tables. Locks are
 * taken as a reader takes them, views before tables, so that nobody waits in a circle.
 */
export const swapTables = async (session: Session, address: Address): Promise<void> => {
  const { schema } = address;
  const fresh = freshSchemaOf(address);
  const live = ANSWER_TABLES.map((table) => `${schema}.${table}`);
  await claimAlone(session, schema);
  const views = await viewsOf(session, address);
  const locked = [...views.map(({ name }) => name), ...live];
  await session.say(`LOCK TABLE ${locked.join(', ')} IN ACCESS EXCLUSIVE MODE`);
  await session.say(`SET LOCAL search_path = ${fresh}, ${schema}`);
  for (const { name, query } of views) await session.say(`CREATE OR REPLACE VIEW ${name} AS ${query}`);
  await session.say(`DROP TABLE ${live.join(', ')}`);
  for (const table of ANSWER_TABLES) await session.say(`ALTER TABLE ${fresh}.${table} SET SCHEMA ${schema}`);
  await session.say(`DROP SCHEMA ${fresh}`);
};
