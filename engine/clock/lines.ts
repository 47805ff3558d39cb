/** Lines: what a clock has measured, as integers; a buffer that is filled, read and filled again. */

export const RUNNING = 0;
export const PAUSED = 1;
/** Between a stop and the start that went on with the record. */
export const CLOSED = 2;
/** Without an end: the state goes on from here. */
export const TAIL_RUNNING = 3;
export const TAIL_PAUSED = 4;

const FIRST_SIZE = 64;

/**
 * Row by row: one stretch, or one open end. The rows of one line (start to stop) stand together.
 * The arrays are replaced when they grow: take them from here each time.
 */
export interface Lines {
  length: number;
  /** How many lines there are; a row says which it belongs to. */
  count: number;
  line: Int32Array;
  state: Uint8Array;
  /** A code of the person, or NOBODY. */
  actor: Int32Array;
  fromMs: Float64Array;
  toMs: Float64Array;
  /** Places in `Clock.clauses`, and in the columns. */
  openedBy: Int32Array;
  openedAt: Int32Array;
  closedBy: Int32Array;
  closedAt: Int32Array;
  /** Ends that have no start: their places in the columns. */
  readonly orphans: number[];
}

export const newLines = (): Lines => ({
  length: 0,
  count: 0,
  line: new Int32Array(FIRST_SIZE),
  state: new Uint8Array(FIRST_SIZE),
  actor: new Int32Array(FIRST_SIZE),
  fromMs: new Float64Array(FIRST_SIZE),
  toMs: new Float64Array(FIRST_SIZE),
  openedBy: new Int32Array(FIRST_SIZE),
  openedAt: new Int32Array(FIRST_SIZE),
  closedBy: new Int32Array(FIRST_SIZE),
  closedAt: new Int32Array(FIRST_SIZE),
  orphans: [],
});

const wider = (of: Int32Array): Int32Array => {
  const grown = new Int32Array(of.length * 2);
  grown.set(of);
  return grown;
};

const widerFloats = (of: Float64Array): Float64Array => {
  const grown = new Float64Array(of.length * 2);
  grown.set(of);
  return grown;
};

/** Makes room for as many rows again. */
export const grow = (lines: Lines): void => {
  const state = new Uint8Array(lines.state.length * 2);
  state.set(lines.state);
  lines.state = state;
  lines.line = wider(lines.line);
  lines.actor = wider(lines.actor);
  lines.openedBy = wider(lines.openedBy);
  lines.openedAt = wider(lines.openedAt);
  lines.closedBy = wider(lines.closedBy);
  lines.closedAt = wider(lines.closedAt);
  lines.fromMs = widerFloats(lines.fromMs);
  lines.toMs = widerFloats(lines.toMs);
};

export const empty = (lines: Lines): void => {
  lines.length = 0;
  lines.count = 0;
  // Taken out one by one they leave their room; a length of 0 would give it back.
  while (lines.orphans.length > 0) lines.orphans.pop();
};
