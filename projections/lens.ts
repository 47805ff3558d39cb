/** The lens: under what the rows were derived. */

/** Rows of two lenses are never mixed. */
export interface Lens {
  readonly ruleSet: string;
  readonly version: number;
  /** SHA-256 of the rule set's canonical JSON. */
  readonly ruleSetHash: string;
  readonly engine: number;
  readonly projection: number;
  /** The time-zone data, for instance `2026b`. */
  readonly tzdata: string;
}

/** Raised when the same records would give other rows. */
export const PROJECTION_VERSION = 2;

export const sameLens = (a: Lens, b: Lens): boolean =>
  a.ruleSetHash === b.ruleSetHash &&
  a.engine === b.engine &&
  a.projection === b.projection &&
  a.tzdata === b.tzdata;
