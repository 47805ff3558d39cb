/** What the steps of a clock work with; one object for a whole run. */
import type { Clock } from './clock.ts';
import type { Columns } from './columns.ts';
import type { Dictionary } from './dictionary.ts';
import type { Lines } from './lines.ts';
import type { Running } from './running.ts';

export interface Fold {
  readonly clock: Clock;
  readonly columns: Columns;
  readonly dictionary: Dictionary;
  readonly lines: Lines;
  readonly run: Running;
  /** The participant whose clock it is, or NOBODY: everybody's. */
  readonly only: number;
}
