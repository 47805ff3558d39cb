/** A workspace: the log, the dead letters and the answers of one data folder, whatever stores are behind them. */
import type { RuleSet } from '../schemas/rule-set.ts';
import type { DeadLetters, EventLog, ProjectionState, ReadModels } from '../projections/ports.ts';
import type { Projector } from './projector.ts';
import type { Ruling } from './rule-file.ts';

export interface Workspace {
  readonly path: string;
  readonly log: EventLog;
  readonly deadLetters: DeadLetters;
  readonly answers: ReadModels;
  /** Brings the live answers up while this thread appends; nobody else may write them until it has finished. */
  projector(ruleSet: RuleSet): Projector;
  /**
   * Derives the whole log anew into the live answers or into answers beside them, which are as they were until all of
   * it is there. Absent where the stores have no quicker way than catching up. `onPage`: about how many events are done.
   */
  rebuild?(ruling: Ruling, rows: ReadModels, onPage?: (events: number) => void): Promise<ProjectionState>;
  /** Empty answers beside the live ones, gone when closed: for verifying and for what-if. */
  beside(): Promise<ReadModels>;
  /** Damage that the store finds in itself, in its own words; nothing when it is sound. */
  integrity(): Promise<readonly string[]>;
  close(): Promise<void>;
}
