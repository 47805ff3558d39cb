/** A session: one connection, and what is asked on it. */
import { hash } from 'node:crypto';
import type { PoolClient } from 'pg';
import { numbered } from './numbered.ts';

export type Value = string | number | bigint | null | readonly string[] | readonly bigint[];
export type Row = Readonly<Record<string, unknown>>;

export interface Session {
  /** Prepared once a connection. `?` stands for a value. */
  rows(sql: string, values?: readonly Value[]): Promise<readonly Row[]>;
  /** For what is said once: BEGIN, SET, TRUNCATE. */
  say(sql: string): Promise<void>;
}

const names = new Map<string, string>();

/** A name in the server is cut at 63 bytes; equal texts must have equal names. */
const nameOf = (text: string): string => {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = `tickmark_${hash('sha256', text, 'hex').slice(0, 32)}`;
  names.set(text, name);
  return name;
};

/** Errors that came from the server, or from the way to it. Work may fail for other reasons that look alike. */
const ofServer = new WeakSet<object>();

export const isOfServer = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && ofServer.has(error);

/** What fails in it is remembered to be of the server. */
export const askingServer = async <Result>(question: () => Promise<Result>): Promise<Result> => {
  try {
    return await question();
  } catch (error) {
    if (typeof error === 'object' && error !== null) ofServer.add(error);
    throw error;
  }
};

export const sessionOn = (client: PoolClient): Session => ({
  rows: (sql, values = []) =>
    askingServer(async () => {
      const text = numbered(sql);
      const { rows } = await client.query<Row>({ name: nameOf(text), text, values: [...values] });
      return rows;
    }),
  say: (sql) => askingServer(async () => void (await client.query(sql))),
});
