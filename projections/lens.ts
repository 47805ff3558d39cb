/** The lens: under what the rows were derived. */
import type { Lens } from './ports.ts';

/** Raised when the same records would give other rows. */
export const PROJECTION_VERSION = 2;

export const sameLens = (a: Lens, b: Lens): boolean =>
  a.ruleSetHash === b.ruleSetHash &&
  a.engine === b.engine &&
  a.projection === b.projection &&
  a.tzdata === b.tzdata;
