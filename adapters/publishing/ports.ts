/** What publishing needs from the outside: somewhere to send to, and a memory of what was sent. */
import type { Right } from '../../projections/ports.ts';
import type { ChangePlace } from '../../projections/record-changes.ts';
import type { RecordId } from '../../schemas/brand.ts';

/** What was published of a record last. */
export interface Publication {
  readonly id: RecordId;
  /** From 1; a removal counts too, and so does what nobody knows of whether it arrived. */
  readonly revision: number;
  /** Of the record as it was published; absent after its removal. */
  readonly fingerprint?: string;
  /** False from before it is sent until it is known to have arrived. */
  readonly isSent: boolean;
}

/** How far publishing has come. */
export interface Reached {
  /** Where to. What went elsewhere is not there. */
  readonly topic: string;
  /** Every change before it was published. */
  readonly place: ChangePlace;
  /** How much had ever been sent there by then: a topic that was made anew has less. */
  readonly end: number;
}

/** The memory of what was published. It outlives the rows, which can be derived anew. */
export interface Published {
  reached(): Promise<Reached | undefined>;
  /** Those of these records of which anything ever was. */
  publicationsOf(ids: readonly RecordId[]): Promise<ReadonlyMap<RecordId, Publication>>;
  /** Ordered by id. Everything, in pages. */
  allPublications(): AsyncIterable<readonly Publication[]>;
  /** Inserts or replaces by id. All of it is kept, or nothing. */
  keep(publications: readonly Publication[], reached?: Reached): Promise<void>;
  clear(): Promise<void>;
  /** Leave to publish, where several programs could; undefined where another one has it. Absent where only one can. */
  takeRight?(): Promise<Right | undefined>;
  close(): Promise<void>;
}

/** The latest message of a key takes the place of those before; null: there is no more. */
export interface RecordMessage {
  readonly key: RecordId;
  readonly value: string | null;
}

/** How much was ever sent there, and whether nothing of it is there any more. */
export interface Extent {
  readonly end: number;
  readonly isEmpty: boolean;
}

export interface Outlet {
  extent(): Promise<Extent>;
  /** Resolves when all that were taken are durable, with the keys of those that are too large to be taken. */
  send(messages: readonly RecordMessage[]): Promise<ReadonlySet<RecordId>>;
}
