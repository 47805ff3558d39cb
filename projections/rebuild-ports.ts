/** What a rebuild needs from the outside beyond the other ports: the log by streams, and rows that take all at once. */
import type { EventId, InstantMs, SubjectId } from '../schemas/brand.ts';
import type { Finding } from '../schemas/audit.ts';
import type { TickmarkEvent } from '../schemas/event.ts';
import type { Piece, TimeRecord } from '../schemas/record.ts';
import type { PersonDay, PersonWeek } from '../schemas/report.ts';
import type { PersonTeam, ProjectionState, ReadModels } from './ports.ts';

/** What must be known of a log before its streams are read one by one. */
export interface LogSurvey {
  /** The log's end as of now: nothing at or after it is looked at. */
  readonly position: number;
  /** The event before it. */
  readonly lastId: EventId | null;
  /** The latest instant of any work: the log's own clock. */
  readonly horizonMs: InstantMs | null;
  /** The streams in which somebody may have joined a team, and those of subjects that were merged into others. */
  readonly teams: readonly SubjectId[];
  readonly merged: readonly SubjectId[];
  /** How many pages `streamsOf` has. */
  readonly pages: number;
}

/** The log stream by stream: for whoever derives everything anew. */
export interface StreamReader {
  survey(): Promise<LogSurvey>;
  /**
   * The streams of page `page` (from 0) as they were at the survey, each in the order of its versions. Every stream is
   * in exactly one page; a page may be empty.
   */
  streamsOf(page: number, survey: LogSurvey): Promise<readonly (readonly TickmarkEvent[])[]>;
}

/** A record that is loaded, with everything that `putRecord` is told of it. */
export interface LoadedRecord {
  readonly record: TimeRecord;
  readonly pieces: readonly Piece[];
  readonly begins: boolean;
}

/** Rows that are loaded together: any tables, any number of rows, in no order. */
export interface RowBatch {
  readonly records?: readonly LoadedRecord[];
  /** All of a subject's findings are in one batch, one after another. */
  readonly findings?: readonly Finding[];
  readonly personDays?: readonly PersonDay[];
  readonly personWeeks?: readonly PersonWeek[];
  readonly teams?: readonly PersonTeam[];
  readonly merges?: ReadonlyMap<SubjectId, SubjectId>;
}

/**
 * All rows anew, beside those that are there: until `finish` readers see the old ones, then the new ones and their
 * state. Every row comes once. What is never finished leaves the old rows as they are.
 */
export interface RowLoad {
  put(batch: RowBatch): Promise<void>;
  finish(state: ProjectionState): Promise<void>;
  /** Throws away what was put. After finish() it does nothing. */
  abandon(): Promise<void>;
}

/** Rows that can be made anew in bulk. Nobody transacts meanwhile: what they wrote would be gone. */
export interface LoadableReadModels extends ReadModels {
  /** One at a time. */
  load(): Promise<RowLoad>;
}
