/** What is remembered of streams: where they end and which events they hold. The longest unused is forgotten first. */
import type { EventId } from '../../../schemas/brand.ts';

export interface KnownStream {
  /** The version of the last event; -1 when there is none. */
  readonly version: number;
  readonly ids: Set<EventId>;
}

export interface KnownStreams {
  get(stream: string): KnownStream | undefined;
  /** A stream that is too long for the memory is not remembered. */
  put(stream: string, known: KnownStream): void;
  forget(stream: string): void;
}

/** `most`: the ids of so many events are kept, over all streams; an empty stream counts as one. */
export const knownStreams = (most: number): KnownStreams => {
  // A map keeps the order in which its keys came; whoever is used comes again.
  const streams = new Map<string, KnownStream>();
  const weightOf = ({ ids }: KnownStream): number => Math.max(1, ids.size);
  let weight = 0;
  const forget = (stream: string): void => {
    const former = streams.get(stream);
    if (former && streams.delete(stream)) weight -= weightOf(former);
  };
  return {
    forget,
    get: (stream) => {
      const known = streams.get(stream);
      if (known) {
        streams.delete(stream);
        streams.set(stream, known);
      }
      return known;
    },
    put: (stream, known) => {
      forget(stream);
      if (weightOf(known) > most) return;
      streams.set(stream, known);
      weight += weightOf(known);
      for (const oldest of streams.keys()) {
        if (weight <= most) break;
        forget(oldest);
      }
    },
  };
};
