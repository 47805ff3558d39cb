/** A real PostgreSQL for one test file: whatever server there is, and a schema of its own for every test. */
import pg from 'pg';
import { startCluster } from './cluster.ts';

export interface PostgresServer {
  /** Connects to a schema in which there is nothing yet. */
  fresh(): string;
  /** Runs SQL beside the program under test. */
  query(sql: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  /** Leaves nothing behind. */
  stop(): Promise<void>;
}

/** `TEST_POSTGRES_URL` names a server that runs already. */
const startOrFind = async () => {
  const url = process.env['TEST_POSTGRES_URL'];
  if (url === undefined) return startCluster();
  return { from: 'TEST_POSTGRES_URL', url, stop: async () => undefined };
};

const withSchema = (url: string, schema: string): string => {
  const address = new URL(url);
  address.searchParams.set('schema', schema);
  return address.href;
};

export const startPostgres = async (): Promise<PostgresServer> => {
  const { from, url, stop } = await startOrFind();
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ readonly server_version: string }>('SHOW server_version');
  console.log(`PostgreSQL ${rows[0]?.server_version} answers, from ${from}`);
  const schemas: string[] = [];
  return {
    fresh: () => {
      schemas.push(`tickmark_test_${process.pid}_${schemas.length}`);
      return withSchema(url, schemas.at(-1) ?? '');
    },
    query: async (sql, values = []) => (await client.query(sql, [...values])).rows,
    stop: async () => {
      for (const schema of schemas)
        await client.query(
          `DROP SCHEMA IF EXISTS ${schema} CASCADE; DROP SCHEMA IF EXISTS ${schema}_bi CASCADE`,
        );
      await client.end();
      await stop();
    },
  };
};
