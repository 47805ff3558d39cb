/** A PostgreSQL database, reached the way that all of this folder needs it. */
import pg from 'pg';
import { codeOf, Refusal } from '../refusal.ts';
import { type Address, messageWithout } from './address.ts';
import { failureOf } from './failure.ts';

/** How long a connection may take to be made. */
const CONNECT_MS = 10_000;

/** bigint as a number: every integer of ours is safe. An unsafe one would be a bug, and says so. */
const numberOf = (text: string): number => {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new Error(`the database holds ${text}, which is no safe integer`);
  return number;
};

/** As the server numbers its types. */
const BIGINT = 20;

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number): unknown => (oid === BIGINT ? numberOf : pg.types.getTypeParser(oid)),
};

/**
 * A worker whose machine is lost says no goodbye, and what it has claimed would stay claimed for the two hours that
 * systems wait by default: the server is to ask after a minute whether anybody is there.
 */
const FAREWELL = [
  'tcp_keepalives_idle=30',
  'tcp_keepalives_interval=10',
  'tcp_keepalives_count=3',
  'idle_in_transaction_session_timeout=5min',
];

/** The string may have options of its own, and would overrule ours. */
const withOptions = (connectionString: string, options: readonly string[]): string => {
  const url = new URL(connectionString);
  const all = [url.searchParams.get('options') ?? '', ...options.map((option) => `-c ${option}`)];
  url.searchParams.set('options', all.join(' ').trim());
  return url.href;
};

export interface PoolOptions {
  readonly durable: boolean;
}

/** For one that stands idle as long as its process lives. */
export const lastingConnection = ({ connectionString }: Address): string =>
  withOptions(connectionString, FAREWELL);

/** One connection: a store has one transaction or read at a time. */
export const openPool = ({ connectionString, schema }: Address, { durable }: PoolOptions): pg.Pool => {
  const pool = new pg.Pool({
    connectionString: withOptions(connectionString, [
      `search_path=${schema}`,
      `synchronous_commit=${durable ? 'on' : 'off'}`,
      ...FAREWELL,
    ]),
    types,
    max: 1,
    connectionTimeoutMillis: CONNECT_MS,
    // A service may stand idle for days; the process may end before its connections do.
    idleTimeoutMillis: 0,
    allowExitOnIdle: true,
    keepAlive: true,
    application_name: 'tickmark',
  });
  // A connection that breaks tells so twice: by an event, which would end the process, and to whoever asks it next.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
};

export const unreachable = (address: Address, error: unknown): Refusal =>
  new Refusal(
    'answers-unreachable',
    `The database server of ${address.shown} does not answer: ${messageWithout(error, address)}.`,
    'Start the server, or correct the address.',
  );

/** Wrong user or password, no such database, no right to make a schema in it. */
const REFUSING = /^(28...|3D000|42501)$/;

/** What is wrong while opening, as the user may see it. */
export const asRefusal = (address: Address, error: unknown): unknown => {
  if (failureOf(error) === 'gone') return unreachable(address, error);
  if (!REFUSING.test(codeOf(error))) return error;
  return new Refusal(
    'answers-refused',
    `The database server of ${address.shown} refuses: ${messageWithout(error, address)}.`,
    'Correct user, password or database in the address, or let the user create schemas there.',
  );
};
