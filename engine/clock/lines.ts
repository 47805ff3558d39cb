/** Lines: what a clock has measured, as integers; a buffer that is filled, read and filled again. */
import { REPORTED } from './clock.ts';
import type { Columns } from './columns.ts';

export const RUNNING = 0;
export const PAUSED = 1;
/** Between a stop and the start that went on with the record. */
export const CLOSED = 2;
/** Without an end: the state goes on from here. */
export const TAIL_RUNNING = 3;
export const TAIL_PAUSED = 4;

// A row is so many integers, which stand together: it is written far more often than read. Not exported: what is, is
// read from memory at every use.
const ROW = 8;
const LINE = 0;
const STATE = 1;
const ACTOR = 2;
const FROM = 3;
const TO = 4;
const OPENED_AT = 5;
const CLOSED_AT = 6;
/** The clauses: the one that opened in the lower half, the one that closed in the upper half. */
const BY = 7;
const HALF = 16;

const FIRST_ROWS = 64;

/**
 * Row by row: one stretch, or one open end. The rows of one line (start to stop) stand together.
 * The array is replaced when it grows: take it from here each time.
 */
export interface Lines {
  /** How many rows there are. */
  length: number;
  /** How many lines there are; a row says which it belongs to. */
  count: number;
  rows: Int32Array;
  /** Ends that have no start: their places in the columns. */
  readonly orphans: number[];
}

export const newLines = (): Lines => ({
  length: 0,
  count: 0,
  rows: new Int32Array(FIRST_ROWS * ROW),
  orphans: [],
});

/** Makes room for as many rows again. */
const grow = (lines: Lines): void => {
  const grown = new Int32Array(lines.rows.length * 2);
  grown.set(lines.rows);
  lines.rows = grown;
};

export const empty = (lines: Lines): void => {
  lines.length = 0;
  lines.count = 0;
  // Taken out one by one they leave their room; a length of 0 would give it back.
  while (lines.orphans.length > 0) lines.orphans.pop();
};

/** A stretch or an open end. Instants are places of facts in the columns, clauses places in `Clock.clauses`. */
export interface Row {
  readonly line: number;
  readonly state: number;
  /** A code of the person, or NOBODY. */
  readonly actor: number;
  readonly from: number;
  readonly to: number;
  readonly openedBy: number;
  readonly openedAt: number;
  readonly closedBy: number;
  readonly closedAt: number;
}

/** What is open. */
type Opened = Pick<Row, 'actor' | 'from' | 'openedBy' | 'openedAt'>;

/** Appends a row to the line that is being written. */
export const append = (
  lines: Lines,
  opened: Opened,
  state: number,
  to: number,
  closedBy: number,
  closedAt: number,
): void => {
  const row = lines.length * ROW;
  if (row === lines.rows.length) grow(lines);
  const { rows } = lines;
  rows[row + LINE] = lines.count;
  rows[row + STATE] = state;
  rows[row + ACTOR] = opened.actor;
  rows[row + FROM] = opened.from;
  rows[row + TO] = to;
  rows[row + OPENED_AT] = opened.openedAt;
  rows[row + CLOSED_AT] = closedAt;
  rows[row + BY] = (closedBy << HALF) | opened.openedBy;
  lines.length += 1;
};

export const rowAt = ({ rows }: Lines, row: number): Row => {
  const cell = (column: number): number => rows[row * ROW + column] ?? 0;
  const by = cell(BY);
  return {
    line: cell(LINE),
    state: cell(STATE),
    actor: cell(ACTOR),
    from: cell(FROM),
    to: cell(TO),
    openedBy: by & ((1 << HALF) - 1),
    openedAt: cell(OPENED_AT),
    closedBy: by >> HALF,
    closedAt: cell(CLOSED_AT),
  };
};

export const toMsOf = ({ at }: Columns, { to }: Row): number => at[to] ?? 0;

/** Where an end reports its own length, that says when it began. */
export const fromMsOf = ({ at, durationMs }: Columns, { from, to, openedBy, closedAt }: Row): number =>
  openedBy === REPORTED ? (at[to] ?? 0) - (durationMs[closedAt] ?? 0) : (at[from] ?? 0);
