/** What the projections need from the outside: the log of events and a place for rows. Implemented in adapters/stores. */
import type {
  ActorId,
  EventId,
  InstantMs,
  IsoWeek,
  LocalDate,
  RecordId,
  SubjectId,
} from '../schemas/brand.ts';
import type { NextStart } from '../engine/index.ts';
import type { Lens } from './lens.ts';
import type { ChangePlace, RecordChanges } from './record-changes.ts';
import type { StoredEvent, TickmarkEvent } from '../schemas/event.ts';
import type { Piece, TimeRecord } from '../schemas/record.ts';
import type { Finding } from '../schemas/audit.ts';
import type { PersonDay, PersonWeek } from '../schemas/report.ts';
import type { DeadLetter } from '../schemas/signal.ts';

// --- the log -------------------------------------------------------------------------------------------------

/** `any`: no expectation. `none`: the stream must not exist. `exists`: it must. `version`: its last event has this version (from 0). */
export type ExpectedVersion =
  | { readonly at: 'any' }
  | { readonly at: 'none' }
  | { readonly at: 'exists' }
  | { readonly at: 'version'; readonly version: number };

export interface StreamAppend {
  readonly stream: string;
  readonly expected: ExpectedVersion;
  readonly events: readonly TickmarkEvent[];
}

/**
 * What became of one StreamAppend.
 * An event whose id the log already holds, with the same content, is not written again: `duplicates`.
 * With other content it conflicts, and then nothing of its StreamAppend is written. Same content means: same subject,
 * type, occurredAt and data. An event whose id occurs twice within one append is treated the same way.
 */
export type AppendResult =
  | {
      readonly status: 'appended';
      readonly appended: number;
      readonly duplicates: number;
      /** The version of the stream's last event; -1 when the stream is still empty. */
      readonly version: number;
    }
  | {
      readonly status: 'conflicting';
      /** The first event whose id stands for something else already. */
      readonly id: EventId;
      /** As before; nothing was written. */
      readonly version: number;
    }
  | {
      readonly status: 'wrong-expected-version';
      /** -1 when the stream does not exist. */
      readonly version: number;
    };

/** Tells a subscription to end. An AbortSignal is one. */
export interface StopSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/**
 * The event log: five verbs. Versions (of a stream) are whole numbers from 0, without gaps. Positions (of the whole log) are
 * whole numbers from 0 that ascend and may have gaps: they are compared and never counted by, and whoever goes on reading
 * asks for its last position + 1.
 */
export interface EventLog {
  /**
   * Appends to one or many streams. When it resolves, everything it reports as appended is durable.
   * Each StreamAppend succeeds or fails alone; one that fails writes nothing. Results are in the order of the argument.
   * Events of one stream stand in that order in the log too; streams of one call do so in any order.
   */
  append(appends: readonly StreamAppend[]): Promise<readonly AppendResult[]>;
  /** The events of a stream in the order of their versions; empty when there is no such stream. */
  readStream(stream: string): Promise<readonly StoredEvent[]>;
  /** Pages of the whole log, in order, from `from` (inclusive; there need be no event at it) to its end as of now. */
  readAll(from: number, pageSize?: number): AsyncIterable<readonly StoredEvent[]>;
  /** Like readAll, and then waits for more until `signal` aborts. */
  subscribe(from: number, signal: StopSignal, pageSize?: number): AsyncIterable<readonly StoredEvent[]>;
  close(): Promise<void>;
}

/** The place of a letter in the order of letters: there may be no letter at it any more. */
export interface LetterPlace {
  readonly receivedAt: InstantMs;
  readonly origin?: string | undefined;
  readonly line?: number | undefined;
  readonly id: string;
}

/** Signals that could not be translated, kept until they can. */
export interface DeadLetters {
  /** Keeps letters durably; one that is there already (same id) keeps its receivedAt and takes the new rejection, status waiting. */
  put(letters: readonly DeadLetter[]): Promise<void>;
  /** In order of receivedAt, then origin, line and id. */
  list(status?: DeadLetter['status']): Promise<readonly DeadLetter[]>;
  get(id: string): Promise<DeadLetter | undefined>;
  resolve(ids: readonly string[]): Promise<void>;
  /** At most `limit` letters in the order of `list`, of those that come after this place. */
  page(
    after: LetterPlace | undefined,
    limit: number,
    status?: DeadLetter['status'],
  ): Promise<readonly DeadLetter[]>;
}

// --- the rows ------------------------------------------------------------------------------------------------

export type { Lens } from './lens.ts';

/** Everything before `position` is in the rows. */
export interface ProjectionState {
  readonly lens: Lens;
  readonly position: number;
  /** The latest instant of any work seen there: the log's own clock. */
  readonly horizonMs: InstantMs | null;
  /** The last event seen there: rows of another log, or of one that was put back, are known by it. */
  readonly lastId: EventId | null;
}

/** The place of a record in the order of records: there may be no record at it any more. */
export interface RecordPlace {
  readonly fromMs: InstantMs;
  readonly id: RecordId;
}

export interface RecordFilter {
  readonly actor?: ActorId;
  readonly subject?: SubjectId;
  readonly status?: TimeRecord['status'];
  readonly measure?: string;
  readonly kind?: string;
  /** Records that touch `[fromMs, toMs)`; a point counts where it lies. */
  readonly fromMs?: InstantMs;
  readonly toMs?: InstantMs;
  /** Only records whose end has not come, running and paused ones. */
  readonly open?: true;
  /** Only records behind this place in the order of `records`. */
  readonly after?: RecordPlace;
  readonly limit?: number;
}

export interface PersonTeam {
  readonly actor: ActorId;
  readonly fromMs: InstantMs;
  readonly team: string;
}

/** Reading. Every list has a fixed order, so that the same rows print the same bytes. */
export interface RowReader {
  state(): Promise<ProjectionState | undefined>;
  record(id: RecordId): Promise<TimeRecord | undefined>;
  /** Ordered by fromMs, then id. */
  records(filter: RecordFilter): Promise<readonly TimeRecord[]>;
  /** Ordered by id. Everything, in pages. */
  allRecords(): AsyncIterable<readonly TimeRecord[]>;
  /** Behind all changes that are committed; where several write at once, perhaps before some of them. */
  changePlace(): Promise<ChangePlace>;
  /**
   * At most `limit` records that were put or removed behind this place; undefined where it is of another edition. No change
   * is ever missed, whoever commits when; one that was told before may be told again.
   */
  changesSince(place: ChangePlace, limit: number): Promise<RecordChanges | undefined>;
  /** Ordered by actor, day, fromMs, record, toMs; days inclusive. With the record's attributes. */
  pieces(
    measure: string,
    from: LocalDate,
    to: LocalDate,
  ): AsyncIterable<readonly (Piece & { readonly attributes: TimeRecord['attributes'] })[]>;
  /** Ordered by day, actor, measure. */
  allPersonDays(): AsyncIterable<readonly PersonDay[]>;
  /** Ordered by week, actor, measure; one week or all of them. */
  personWeeks(week?: IsoWeek): Promise<readonly PersonWeek[]>;
  /** The weeks in which there is any row, ascending. */
  weeks(): Promise<readonly IsoWeek[]>;
  /** Ordered by actor, fromMs. */
  teams(): Promise<readonly PersonTeam[]>;
  /** Where each merged subject went. */
  merges(): Promise<ReadonlyMap<SubjectId, SubjectId>>;
  /** What is remarkable about subjects and their records. Ordered by atMs, subject, code, record, event. */
  findings(): Promise<readonly Finding[]>;
}

/** One transaction on the rows: reads see what it wrote. */
export interface RowTransaction {
  /**
   * Claims all rows of these actors, or of everybody, until the transaction ends: no other one that claims them runs
   * meanwhile. Resolves to whether all of it was claimed before; if not, what was read of it may be out of date. A
   * store with one writer has nothing to wait for.
   */
  claim(actors: ReadonlySet<ActorId> | 'everybody'): Promise<boolean>;
  /** Says whose records will be asked for next: a store that is far away fetches them at once. */
  expect(subjects: readonly SubjectId[]): Promise<void>;
  state(): Promise<ProjectionState | undefined>;
  recordsOf(subject: SubjectId): Promise<readonly TimeRecord[]>;
  /** Records of the actor and measure whose end has not come and whose tail begins in `[fromMs, toMs]`. */
  openRecords(
    actor: ActorId,
    measure: string,
    fromMs: InstantMs,
    toMs: InstantMs,
  ): Promise<readonly TimeRecord[]>;
  /** Records of the actor that touch `[fromMs, toMs]`, both ends included, or whose end has not come and that begin by `toMs`. */
  recordsWithin(actor: ActorId, fromMs: InstantMs, toMs: InstantMs): Promise<readonly TimeRecord[]>;
  /** Closed records with a tail that reach to `fromMs` or beyond: their end was supplied. */
  tailedRecords(fromMs: InstantMs): Promise<readonly TimeRecord[]>;
  /** Records with a tail whose closesAtMs lies in `(afterMs, untilMs]`. */
  dueRecords(afterMs: InstantMs, untilMs: InstantMs): Promise<readonly TimeRecord[]>;
  /**
   * The earliest of the actor's records of this measure on another subject that begins at or after `atMs`; of several,
   * the first by id. With a `rank`, of records that begin in that very instant and have no end since only those behind
   * it by id (see `rankInTie`).
   */
  nextStart(
    actor: ActorId,
    measure: string,
    atMs: InstantMs,
    otherThan: SubjectId,
    rank: RecordId | undefined,
  ): Promise<NextStart | undefined>;
  /** Ordered by fromMs, record, toMs. */
  piecesOf(actor: ActorId, day: LocalDate): Promise<readonly Piece[]>;
  personDaysOf(actor: ActorId, days: readonly LocalDate[]): Promise<readonly PersonDay[]>;
  /** The local days on which the actor has pieces, ascending. */
  daysOf(actor: ActorId): Promise<readonly LocalDate[]>;
  teamsOf(actor: ActorId): Promise<readonly PersonTeam[]>;
  /** Where each merged subject went. */
  merges(): Promise<ReadonlyMap<SubjectId, SubjectId>>;

  /**
   * Inserts or replaces by id, together with the record's pieces (which replace the former ones). `begins: false`: it
   * begins nothing by itself (it is made of others, or was retracted), and nextStart passes over it.
   */
  putRecord(record: TimeRecord, pieces: readonly Piece[], begins?: boolean): Promise<void>;
  /** Removes the record and its pieces. */
  removeRecord(id: RecordId): Promise<void>;
  /** Replaces all measures of the actor and day. */
  putPersonDay(actor: ActorId, day: LocalDate, rows: readonly PersonDay[]): Promise<void>;
  /** Replaces all measures of the actor and week. */
  putPersonWeek(actor: ActorId, week: IsoWeek, rows: readonly PersonWeek[]): Promise<void>;
  /** Inserts or replaces by actor and fromMs. */
  putTeam(team: PersonTeam): Promise<void>;
  /** Inserts or replaces by subject. */
  putMerge(subject: SubjectId, into: SubjectId): Promise<void>;
  /** Replaces all findings of the subject. */
  putFindings(subject: SubjectId, findings: readonly Finding[]): Promise<void>;
  save(state: ProjectionState): Promise<void>;
}

/** Leave to do what only one of several programs may: to project, to publish. It ends with the process that has it. */
export interface Right {
  /** False where it was lost, and another one may have it. */
  isHeld(): boolean;
  release(): Promise<void>;
}

/** The rows of one lens. */
export interface ReadModels extends RowReader {
  /**
   * Takes the right to project into these rows; undefined where others have it, who then bring the rows up. Absent where
   * only one program can have the rows open.
   */
  takeRight?(): Promise<Right | undefined>;
  /**
   * Runs `work` in one transaction: its rows and its checkpoint are there together or not at all. `work` has no effects
   * but on the rows: a store that loses its connection, or a claim, runs it again from the beginning.
   */
  transact<Result>(work: (rows: RowTransaction) => Promise<Result>): Promise<Result>;
  /** Everything that `work` reads is of one commit, whatever others write meanwhile. Without it, each read sees the latest. */
  snapshot?<Result>(work: (rows: RowReader) => Promise<Result>): Promise<Result>;
  /** Empties every table. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The rows of one lens, as one of several workers writes them: in its transactions the state is its own, and claims
 * keep the others away. What readers see is the state of the worker that is least far.
 */
export interface SharedReadModels extends ReadModels {
  /**
   * Takes the worker's place and answers its state. Where nobody has begun, or any state there is not usable, every
   * worker begins at `beginning` with empty tables; where the number of workers was another one, every worker goes on
   * from the state that is least far.
   */
  join(
    isUsable: (state: ProjectionState) => Promise<boolean>,
    beginning: ProjectionState,
  ): Promise<ProjectionState>;
}
