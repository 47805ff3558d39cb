/** A share: which of the log's facts one of several workers projects. */
import type { ActorId, SubjectId } from '../schemas/brand.ts';
import { EVENT_TYPES, type StoredEvent } from '../schemas/event.ts';

/** Worker number `worker` (from 0) of `of`. */
export interface Share {
  readonly worker: number;
  readonly of: number;
}

/** FNV-1a over UTF-16 units, 32 bits: the same in every process and for ever. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  // The low bits of neighbouring names are too much alike.
  return (hash ^ (hash >>> 15)) >>> 0;
};

/** Every stream, and every person, is exactly one worker's. */
export const isOwn = ({ worker, of }: Share, name: SubjectId | ActorId): boolean =>
  hashOf(name) % of === worker;

/** Facts that may change the records of anybody. */
const concernsEverybody = ({ event }: StoredEvent): boolean =>
  event.type === 'SubjectMerged' || EVENT_TYPES[event.type].kind === 'source';

/** Whose rows the facts will most likely change. */
export const concerns = (events: readonly StoredEvent[]): ReadonlySet<ActorId> | 'everybody' =>
  events.some(concernsEverybody)
    ? 'everybody'
    : new Set(
        events.flatMap(({ event }) =>
          'actor' in event.data && event.data.actor !== undefined ? [event.data.actor] : [],
        ),
      );
