/** 0001: the tables, as SQLite has them. */

/**
 * `COLLATE "C"`: text is ordered by its bytes, whatever the database's own order is.
 * `body` is text and no jsonb, which would lose the order of keys and refuses some characters.
 * There is a state for each worker that shares in projecting; one writer alone is worker 0 of 1.
 */
export const TABLES = `
  CREATE TABLE state (
    worker integer PRIMARY KEY CHECK (worker >= 0 AND worker < workers),
    workers integer NOT NULL,
    position bigint NOT NULL,
    body text NOT NULL
  );
  CREATE TABLE time_record (
    key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE,
    subject text COLLATE "C" NOT NULL,
    actor text COLLATE "C" NOT NULL,
    measure text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    status text COLLATE "C" NOT NULL,
    from_ms bigint NOT NULL,
    to_ms bigint NOT NULL,
    reaches_ms bigint NOT NULL,
    begins integer NOT NULL,
    tail_from_ms bigint,
    closes_at_ms bigint,
    days text COLLATE "C" NOT NULL,
    pieces text NOT NULL,
    body text NOT NULL
  );
  CREATE INDEX time_record_subject ON time_record (subject);
  CREATE INDEX time_record_start ON time_record (actor, measure, from_ms);
  CREATE INDEX time_record_reach ON time_record (actor, reaches_ms);
  CREATE INDEX time_record_open ON time_record (actor, measure, tail_from_ms) WHERE tail_from_ms IS NOT NULL;
  CREATE INDEX time_record_due ON time_record (closes_at_ms) WHERE closes_at_ms IS NOT NULL;
  CREATE TABLE record_day (
    actor text COLLATE "C" NOT NULL,
    day text COLLATE "C" NOT NULL,
    record bigint NOT NULL,
    PRIMARY KEY (actor, day, record)
  );
  CREATE TABLE person_day (
    day text COLLATE "C" NOT NULL,
    actor text COLLATE "C" NOT NULL,
    measure text COLLATE "C" NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (day, actor, measure)
  );
  CREATE TABLE person_week (
    week text COLLATE "C" NOT NULL,
    actor text COLLATE "C" NOT NULL,
    measure text COLLATE "C" NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (week, actor, measure)
  );
  CREATE TABLE person_team (
    actor text COLLATE "C" NOT NULL,
    from_ms bigint NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (actor, from_ms)
  );
  CREATE TABLE merge (
    subject text COLLATE "C" PRIMARY KEY,
    into_subject text COLLATE "C" NOT NULL
  );
  CREATE TABLE finding (
    subject text COLLATE "C" NOT NULL,
    place integer NOT NULL,
    at_ms bigint NOT NULL,
    code text COLLATE "C" NOT NULL,
    record text COLLATE "C",
    event text COLLATE "C",
    body text NOT NULL,
    PRIMARY KEY (subject, place)
  );
`;
