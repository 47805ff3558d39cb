/** Where the answers are: a connection string, and the schema that it names. */
import { messageOf, Refusal } from '../refusal.ts';

export interface Address {
  /** For the driver, without what is for us. */
  readonly connectionString: string;
  readonly schema: string;
  /** The views for people who ask with SQL. */
  readonly viewSchema: string;
  /** For messages: without the password. */
  readonly shown: string;
}

const DEFAULT_SCHEMA = 'tickmark';
const NAME = /^[a-z_][a-z0-9_]{0,55}$/;

const refused = (why: string): Refusal =>
  new Refusal(
    'answers-address-wrong',
    `The address of the answers cannot be used: ${why}.`,
    'Write it as postgresql://user:password@host:5432/database?schema=tickmark.',
  );

const parse = (text: string): URL => {
  try {
    return new URL(text);
  } catch {
    // The text itself may hold a password, in whatever place it was mistyped into.
    throw refused('it is no URL');
  }
};

export const addressOf = (text: string): Address => {
  const url = parse(text);
  if (url.protocol !== 'postgresql:' && url.protocol !== 'postgres:')
    throw refused(`it begins with ${url.protocol}`);
  const schema = url.searchParams.get('schema') ?? DEFAULT_SCHEMA;
  if (!NAME.test(schema))
    throw refused('its schema is no plain name of small letters, digits and underscores');
  url.searchParams.delete('schema');
  const shown = new URL(url);
  if (shown.password !== '') shown.password = '***';
  // libpq takes a password there, too.
  if (shown.searchParams.has('password')) shown.searchParams.set('password', '***');
  return { connectionString: url.href, schema, viewSchema: `${schema}_bi`, shown: shown.href };
};

/** What an error says, without the password, should a driver ever quote it. */
export const messageWithout = (error: unknown, { connectionString }: Address): string => {
  const url = new URL(connectionString);
  const secrets = [url.password, url.searchParams.get('password') ?? ''].flatMap((secret) => [
    secret,
    decodeURIComponent(secret),
  ]);
  return secrets
    .filter((secret) => secret !== '')
    .reduce((text, secret) => text.replaceAll(secret, '***'), messageOf(error));
};
