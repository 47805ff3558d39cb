/** The tables of the answers, made and kept up by migrations that only go forward. */
import { hash } from 'node:crypto';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type pg from 'pg';
import { messageOf, Refusal } from '../refusal.ts';
import type { Address } from './address.ts';
import { MIGRATIONS, type SqlMigration } from './migrations/index.ts';

interface Applied {
  readonly name: string;
  readonly checksum: string;
}

/** Of the text as it is written, whatever the schemas are called. */
const checksumOf = (migration: SqlMigration): string => hash('sha256', migration.sql, 'hex');

const CHECKSUMS = 'migration_checksum';

const textFor = ({ schema, viewSchema }: Address, text: string): string =>
  text.replaceAll(':tables', schema).replaceAll(':views', viewSchema);

/** Together with its checksum: both are committed or neither. */
const asKysely = (address: Address, migration: SqlMigration): Migration => ({
  up: async (database) => {
    await sql.raw(textFor(address, migration.sql)).execute(database);
    await sql`INSERT INTO ${sql.table(CHECKSUMS)} VALUES (${migration.name}, ${checksumOf(migration)})`.execute(
      database,
    );
  },
});

const refuseNewer = ({ shown, schema }: Address, name: string): never => {
  throw new Refusal(
    'answers-newer',
    `The tables in schema ${schema} of ${shown} were made by a newer program: it knows a migration ${name}.`,
    'Update Tickmark to the version that wrote them, or name another schema.',
  );
};

const refuseAltered = ({ shown, schema }: Address, name: string): never => {
  throw new Refusal(
    'answers-altered',
    `The tables in schema ${schema} of ${shown} are not those that this program makes: migration ${name} was another one then.`,
    'Use the version of Tickmark that made them, or name another schema: answers can be derived again from the log.',
  );
};

/** Throws where the database was given anything else than the first of `migrations`. */
const check = (address: Address, applied: readonly Applied[], migrations: readonly SqlMigration[]): void => {
  for (const { name, checksum } of applied) {
    const own = migrations.find((migration) => migration.name === name);
    if (!own) refuseNewer(address, name);
    else if (checksumOf(own) !== checksum) refuseAltered(address, name);
  }
};

const prepareSchemas = async (database: Kysely<unknown>, { schema, viewSchema }: Address): Promise<void> => {
  await sql
    .raw(`CREATE SCHEMA IF NOT EXISTS ${schema}; CREATE SCHEMA IF NOT EXISTS ${viewSchema}`)
    .execute(database);
  await sql
    .raw(
      `CREATE TABLE IF NOT EXISTS ${CHECKSUMS} (name text COLLATE "C" PRIMARY KEY, checksum text NOT NULL)`,
    )
    .execute(database);
};

const migrate = async (
  database: Kysely<unknown>,
  address: Address,
  migrations: readonly SqlMigration[],
): Promise<void> => {
  await prepareSchemas(database, address);
  const { rows } =
    await sql<Applied>`SELECT name, checksum FROM ${sql.table(CHECKSUMS)} ORDER BY name`.execute(database);
  check(address, rows, migrations);
  if (rows.length === migrations.length) return;
  const { error } = await new Migrator({
    db: database,
    provider: {
      getMigrations: async () =>
        Object.fromEntries(migrations.map((migration) => [migration.name, asKysely(address, migration)])),
    },
    migrationTableSchema: address.schema,
  }).migrateToLatest();
  if (error !== undefined) throw error instanceof Error ? error : new Error(messageOf(error));
};

/** Whoever else starts at the same moment waits, and finds everything done. `migrations`: for tests. */
export const prepareAnswersTables = async (
  pool: pg.Pool,
  address: Address,
  migrations: readonly SqlMigration[] = MIGRATIONS,
): Promise<void> => {
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  await kysely.connection().execute(async (database) => {
    const lock = sql`hashtextextended(${`migrations of ${address.schema}`}, 0)`;
    await sql`SELECT pg_advisory_lock(${lock})`.execute(database);
    try {
      await migrate(database, address, migrations);
    } finally {
      await sql`SELECT pg_advisory_unlock(${lock})`.execute(database);
    }
  });
};
