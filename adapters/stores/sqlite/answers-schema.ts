/** The tables of answers.db: rows that can be derived again from the log at any time. */
import type { DatabaseSync } from 'node:sqlite';
import { ANSWER_TABLES } from '../answers-queries.ts';
import { atomically, tablesVersion } from './database.ts';

const VERSION = 7;

/**
 * `body` is the row as it was put; the columns beside it are what rows are found and ordered by.
 * A record's pieces are in its own row, as `pieceCell` makes them: a table of pieces, clustered by actor and day, costs
 * three times as much to write, because its rows are wide and fall all over it. `record_day` is the narrow way to them.
 * `record_change` has each record once, under the number of its latest change, and those that are gone.
 * `reaches_ms` is `reachOf` the record; `place` keeps the order in which a subject's findings were put.
 */
const TABLES = `
  CREATE TABLE state (only INTEGER PRIMARY KEY CHECK (only = 1), body TEXT NOT NULL);
  CREATE TABLE time_record (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    subject TEXT NOT NULL,
    actor TEXT NOT NULL,
    measure TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    from_ms INTEGER NOT NULL,
    to_ms INTEGER NOT NULL,
    reaches_ms INTEGER NOT NULL,
    begins INTEGER NOT NULL,
    tail_from_ms INTEGER,
    closes_at_ms INTEGER,
    days TEXT NOT NULL,
    pieces TEXT NOT NULL,
    body TEXT NOT NULL
  );
  CREATE TABLE record_day (
    actor TEXT NOT NULL,
    day TEXT NOT NULL,
    record INTEGER NOT NULL,
    PRIMARY KEY (actor, day, record)
  ) WITHOUT ROWID;
  CREATE TABLE person_day (
    day TEXT NOT NULL, actor TEXT NOT NULL, measure TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (day, actor, measure)
  ) WITHOUT ROWID;
  CREATE TABLE person_week (
    week TEXT NOT NULL, actor TEXT NOT NULL, measure TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (week, actor, measure)
  ) WITHOUT ROWID;
  CREATE TABLE person_team (
    actor TEXT NOT NULL, from_ms INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (actor, from_ms)
  ) WITHOUT ROWID;
  CREATE TABLE merge (subject TEXT PRIMARY KEY, into_subject TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE finding (
    subject TEXT NOT NULL, place INTEGER NOT NULL,
    at_ms INTEGER NOT NULL, code TEXT NOT NULL, record TEXT, event TEXT, body TEXT NOT NULL,
    PRIMARY KEY (subject, place)
  ) WITHOUT ROWID;
  CREATE TABLE edition (only INTEGER PRIMARY KEY CHECK (only = 1), edition TEXT NOT NULL);
  CREATE TABLE record_change (change INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
`;

const NEW_EDITION = 'INSERT INTO edition VALUES (1, lower(hex(randomblob(16))))';

/** Few rows are in them, so that they cost a load less as it goes than a walk through all of its rows afterwards. */
const SPARSE_INDEXES = `
  CREATE INDEX time_record_unended ON time_record (from_ms) WHERE status IN ('running', 'paused');
  CREATE INDEX time_record_open ON time_record (actor, measure, tail_from_ms) WHERE tail_from_ms IS NOT NULL;
  CREATE INDEX time_record_due ON time_record (closes_at_ms) WHERE closes_at_ms IS NOT NULL;
`;

/** Apart from their tables: who loads all rows at once makes them afterwards. */
const INDEXES = `
  CREATE UNIQUE INDEX time_record_id ON time_record (id);
  CREATE INDEX time_record_subject ON time_record (subject);
  CREATE INDEX time_record_start ON time_record (actor, measure, from_ms);
  CREATE INDEX time_record_from ON time_record (from_ms);
  CREATE INDEX time_record_reach ON time_record (actor, reaches_ms);
`;

export const createTables = (database: DatabaseSync): void =>
  database.exec(`${TABLES} ${SPARSE_INDEXES} ${NEW_EDITION}`);

/** With the version, so that tables without their indexes are nobody's. */
export const createIndexes = (database: DatabaseSync): void =>
  database.exec(`${INDEXES} PRAGMA user_version = ${VERSION};`);

export const deleteAllRows = (database: DatabaseSync): void =>
  atomically(database, () => {
    for (const name of ANSWER_TABLES) database.exec(`DELETE FROM ${name}`);
    database.exec(NEW_EDITION);
  });

/** Tables of another version are dropped: without a state, the rows are derived anew from position 0. */
export const prepareAnswersTables = (database: DatabaseSync): void => {
  if (tablesVersion(database) === VERSION) return;
  atomically(database, () => {
    for (const name of ANSWER_TABLES) database.exec(`DROP TABLE IF EXISTS ${name}`);
    createTables(database);
    createIndexes(database);
  });
};
