/** Columns: the facts of subjects as integers, one array a property. What the clock runs over, whoever feeds it. */
import { EVENT_TYPES, type EventType, isEventType } from '../../schemas/event.ts';

/** Nobody was named. */
export const NOBODY = -1;
export const NO_DURATION = -1;

/** The facts of a subject stand together, in order of time; the subjects one after the other. */
export interface Columns {
  /** Milliseconds since 1970. */
  readonly at: Float64Array;
  /** The place of the event's type in `TYPES`. */
  readonly type: Uint8Array;
  /** A code of the person named, or NOBODY. */
  readonly actor: Int32Array;
  /** The length that the event itself reports, or NO_DURATION. */
  readonly durationMs: Float64Array;
  /** For each field of the plan, the code of the value that the fact tells, or UNTOLD. */
  readonly fields: readonly Int32Array[];
}

export const TYPES: readonly EventType[] = Object.keys(EVENT_TYPES).filter(isEventType);

const CODES: ReadonlyMap<EventType, number> = new Map(TYPES.map((type, code) => [type, code]));

export const typeCode = (type: EventType): number => CODES.get(type) ?? 0;
