/** What appending to one stream would do, decided on what is known of the stream, before anything is written. */
import type { AppendResult, StreamAppend } from '../../../projections/ports.ts';
import type { EventId } from '../../../schemas/brand.ts';
import type { TickmarkEvent } from '../../../schemas/event.ts';
import { appendAll, type LogWriter } from '../append.ts';
import type { KnownStream } from './known-streams.ts';

export interface Plan {
  readonly results: readonly AppendResult[];
  /** What has to be written so that the results are true. */
  readonly events: readonly TickmarkEvent[];
}

const planOn = (
  version: number,
  held: ReadonlyMap<EventId, TickmarkEvent>,
  appends: readonly StreamAppend[],
): Plan => {
  const fresh = new Map<EventId, TickmarkEvent>();
  const writer: LogWriter = {
    versionOf: () => version + fresh.size,
    insert: (_stream, _version, event) => {
      if (held.has(event.id) || fresh.has(event.id)) return false;
      fresh.set(event.id, event);
      return true;
    },
    takeBack: (_stream, count) => {
      for (const id of [...fresh.keys()].slice(-count)) fresh.delete(id);
    },
    held: (id) => {
      const event = fresh.get(id) ?? held.get(id);
      if (!event) throw new Error(`the stream does not hold ${id}`);
      return event;
    },
  };
  const results = appendAll(writer, appends);
  return { results, events: [...fresh.values()] };
};

/** A stream as it was just read. */
export interface ReadStream {
  readonly version: number;
  readonly held: ReadonlyMap<EventId, TickmarkEvent>;
}

/** Whatever is decided here is as true as the reading. */
export const planOnReading = ({ version, held }: ReadStream, appends: readonly StreamAppend[]): Plan =>
  planOn(version, held, appends);

const NOTHING: ReadonlyMap<EventId, TickmarkEvent> = new Map();

/**
 * The memory may be behind. So it decides only what the server will check when it is written, at exactly that version:
 * new events whose expectation is met. Duplicates, conflicts and refusals need a reading: undefined.
 */
export const planOnMemory = (
  { version, ids }: KnownStream,
  appends: readonly StreamAppend[],
): Plan | undefined => {
  if (appends.some(({ events }) => events.some(({ id }) => ids.has(id)))) return undefined;
  const plan = planOn(version, NOTHING, appends);
  const refused = plan.results.some(({ status }) => status === 'wrong-expected-version');
  return refused || plan.events.length === 0 ? undefined : plan;
};

/** Of a stream that was never met, the likeliest guess is that there is none yet: a call begins with its first event. */
export const unmet = (): KnownStream => ({ version: -1, ids: new Set() });
