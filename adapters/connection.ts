/** Connection strings: which store one names. What it holds beside its scheme may be a secret and is never printed. */
import { InputError } from './input-error.ts';

/** Stores by the scheme of their connection string: `postgres` for `postgres://...`. */
export type Stores<Store> = Readonly<Record<string, (connection: string) => Promise<Store>>>;

/** What a connection string is for, and the variable that holds it. */
export const CONNECTIONS = { log: 'TICKMARK_LOG', answers: 'TICKMARK_ANSWERS' } as const;

const knownOf = (stores: Stores<unknown>): string => {
  const schemes = Object.keys(stores).map((scheme) => `${scheme}://`);
  return schemes.length === 0 ? 'no server in this version' : schemes.join(', ');
};

/** What opens the store whose scheme the connection string has. Throws an InputError that lists the known ones. */
export const openerOf = <Store>(
  what: keyof typeof CONNECTIONS,
  connection: string,
  stores: Stores<Store>,
): Stores<Store>[string] => {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(connection)?.[1]?.toLowerCase();
  const opener = scheme !== undefined && Object.hasOwn(stores, scheme) ? stores[scheme] : undefined;
  if (opener) return opener;
  const named = scheme === undefined ? 'holds no connection string (scheme://...)' : `names "${scheme}://"`;
  throw new InputError(
    `${CONNECTIONS[what]} (or --${what}) ${named}; known here: ${knownOf(stores)}; without it SQLite in the data folder is used`,
  );
};
