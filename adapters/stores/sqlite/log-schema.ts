/** The tables of log.db: the events, their streams, and the dead letters. */
import type { DatabaseSync } from 'node:sqlite';
import { Refusal } from '../refusal.ts';
import { atomically, tablesVersion } from './database.ts';

/**
 * Streams have numbers, so that the index of versions grows at its end instead of at the place of a name.
 * `event.id` is 16 bytes where the id is a UUID as we write it, else its text.
 */
const VERSION_1 = `
  CREATE TABLE stream (key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE event (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL REFERENCES stream (key),
    version INTEGER NOT NULL,
    id BLOB NOT NULL UNIQUE,
    type TEXT NOT NULL,
    source TEXT NOT NULL,
    occurred_ms INTEGER NOT NULL,
    recorded_ms INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (stream, version)
  );
  CREATE TABLE dead_letter (
    id TEXT PRIMARY KEY,
    received_ms INTEGER NOT NULL,
    origin TEXT,
    line INTEGER,
    status TEXT NOT NULL,
    body TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX dead_letter_order ON dead_letter (received_ms, origin, line, id);
  PRAGMA user_version = 1;
`;

/** Each step leads from the version of its index to the next one. Forward only; a released step never changes. */
const STEPS: readonly string[] = [VERSION_1];

/** The version of the tables, 0 where there are none. Refuses those of a newer program. */
export const logVersion = (database: DatabaseSync): number => {
  const version = tablesVersion(database);
  if (version > STEPS.length)
    throw new Refusal(
      'data-folder-newer',
      `The log has tables of version ${version}; this program knows ${STEPS.length}.`,
      'Update Tickmark.',
    );
  return version;
};

export const prepareLogTables = (database: DatabaseSync): void => {
  const version = logVersion(database);
  if (version === STEPS.length) return;
  atomically(database, () => {
    for (const step of STEPS.slice(version)) database.exec(step);
  });
};
