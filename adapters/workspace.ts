/** A workspace: the log, the dead letters and the answers, whatever stores are behind them. */
import type { Share } from '../projections/index.ts';
import type { RuleSet } from '../schemas/rule-set.ts';
import type { DeadLetters, EventLog, ProjectionState, ReadModels } from '../projections/ports.ts';
import type { Follower, Following, Projector } from './projector.ts';
import type { Published } from './publishing/ports.ts';
import type { Ruling } from './rule-file.ts';

/** Where the stores of a workspace are. */
export interface Place {
  /** The data folder: for every store that no connection string puts elsewhere. */
  readonly folder: string;
  readonly log?: string | undefined;
  readonly answers?: string | undefined;
  /** Which of several processes that write the answers this is, and of how many. */
  readonly share?: Share | undefined;
  /** Where the process that holds the folder can be asked; others are told so when they want it. */
  readonly servedAt?: string | undefined;
  /** False where no signal is taken in: with both stores on servers, no folder is then needed at all. */
  readonly takesSignals?: boolean;
}

/** A log, and what it may know beyond the five verbs. */
export interface OpenedLog extends EventLog {
  /** How many events it holds, where it can say so quickly. */
  size?(): Promise<number>;
  /** Damage that it finds in itself. */
  integrityCheck?(): Promise<readonly string[]>;
}

export interface Workspace {
  readonly log: OpenedLog;
  readonly deadLetters: DeadLetters;
  readonly answers: ReadModels;
  /** Whether everything is in the files of one folder, which one process holds. */
  readonly isEmbedded: boolean;
  /** Brings the live answers up while this thread appends; nobody else may write them until it has finished. */
  projector(ruleSet: RuleSet): Projector;
  /** Keeps the live answers at the end of the log, under the rules that were applied last. */
  follower(following: Following): Follower;
  /**
   * Derives the whole log anew into the live answers or into answers beside them, which are as they were until all of
   * it is there. Absent where the stores have no quicker way than catching up. `onPage`: about how many events are done.
   */
  rebuild?(ruling: Ruling, rows: ReadModels, onPage?: (events: number) => void): Promise<ProjectionState>;
  /** The memory of what was published of the answers; the same one each time. It is closed with the workspace. */
  published(): Promise<Published>;
  /** Empty answers beside the live ones, gone when closed: for verifying and for what-if. */
  beside(): Promise<ReadModels>;
  /** Damage that the store finds in itself, in its own words; nothing when it is sound. */
  integrity(): Promise<readonly string[]>;
  close(): Promise<void>;
}
