/** Which records changed: what rows tell to whoever tells others. */
import type { RecordId } from '../schemas/brand.ts';
import type { TimeRecord } from '../schemas/record.ts';

/** A place among the changes of records: opaque, and of one edition of the rows. */
export interface ChangePlace {
  /** Rows that were emptied or loaded anew are another edition, and so are those that a power cut may have put back. */
  readonly edition: string;
  readonly at: string;
}

/** A record as it is now; absent where it is gone. */
export interface RecordChange {
  readonly id: RecordId;
  readonly record?: TimeRecord;
}

export interface RecordChanges {
  /** Each record once, in the order of their latest changes. */
  readonly changes: readonly RecordChange[];
  /** Behind them. */
  readonly place: ChangePlace;
}
