/** 0004: which records changed when, and what was published of them. */

/**
 * A change is known by its transaction: numbers of a sequence are visible in the order of commits, which nobody knows
 * beforehand, while of transactions the server says which are all over. Loaded records were never changed. What was
 * published is remembered whatever becomes of the answers: these tables are none of theirs.
 */
export const RECORD_CHANGES = `
  CREATE TABLE edition (
    single integer PRIMARY KEY DEFAULT 1 CHECK (single = 1),
    edition text NOT NULL DEFAULT gen_random_uuid()::text
  );
  INSERT INTO edition DEFAULT VALUES;
  CREATE TABLE record_change (
    id text COLLATE "C" PRIMARY KEY,
    change xid8 NOT NULL DEFAULT pg_current_xact_id()
  );
  CREATE INDEX record_change_order ON record_change (change, id);
  CREATE TABLE published (
    id text COLLATE "C" PRIMARY KEY,
    revision integer NOT NULL,
    fingerprint text,
    is_sent boolean NOT NULL
  );
  CREATE TABLE published_reach (
    single integer PRIMARY KEY DEFAULT 1 CHECK (single = 1),
    body text NOT NULL
  );
`;
