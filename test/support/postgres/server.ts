/** A real PostgreSQL for one test file: whatever server there is, and a schema of its own for every test. */
import pg from 'pg';
import { startCluster } from './cluster.ts';

export interface PostgresServer {
  /** The address of a database in which there is nothing yet. */
  fresh(): Promise<string>;
  /** Leaves nothing behind. */
  stop(): Promise<void>;
}

/** `TEST_POSTGRES_URL` names a server that runs already, and a user there who may create databases. */
const startOrFind = async () => {
  const url = process.env['TEST_POSTGRES_URL'];
  if (url === undefined) return startCluster();
  return { from: 'TEST_POSTGRES_URL', url, stop: async () => undefined };
};

const withDatabase = (url: string, database: string): string => {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.href;
};

export const startPostgres = async (): Promise<PostgresServer> => {
  const { from, url, stop } = await startOrFind();
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ readonly server_version: string }>('SHOW server_version');
  console.log(`PostgreSQL ${rows[0]?.server_version} answers, from ${from}`);
  const databases: string[] = [];
  return {
    fresh: async () => {
      const database = `tickmark_test_${process.pid}_${databases.length}`;
      databases.push(database);
      await client.query(`CREATE DATABASE ${database} TEMPLATE template0`);
      return withDatabase(url, database);
    },
    stop: async () => {
      for (const database of databases)
        await client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
      await client.end();
      await stop();
    },
  };
};

/** Runs SQL beside the program under test, on a connection of its own. */
export const ask = async (
  url: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<readonly Record<string, unknown>[]> => {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
};
