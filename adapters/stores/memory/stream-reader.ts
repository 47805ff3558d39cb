/** The log in memory, stream by stream. */
import type { StreamReader } from '../../../projections/rebuild-ports.ts';
import type { EventType, StoredEvent } from '../../../schemas/event.ts';
import { isTimed } from '../../../schemas/event.ts';
import { type InstantMs, later, type SubjectId } from '../../../schemas/brand.ts';

const PAGE_STREAMS = 100;

const streamsWith = (events: readonly StoredEvent[], type: EventType): readonly SubjectId[] => [
  ...new Set(events.flatMap(({ event }) => (event.type === type ? [event.subject] : []))),
];

const horizonOf = (events: readonly StoredEvent[]): InstantMs | null =>
  events
    .filter(({ event }) => isTimed(event))
    .reduce<InstantMs | null>(
      (latest, { event: { occurredAt } }) => (latest === null ? occurredAt : later(latest, occurredAt)),
      null,
    );

const byStream = (events: readonly StoredEvent[]) => Map.groupBy(events, ({ event }) => event.subject);

export const streamReader = (all: () => readonly StoredEvent[]): StreamReader => ({
  survey: async () => {
    const events = all();
    return {
      position: events.length,
      lastId: events.at(-1)?.event.id ?? null,
      horizonMs: horizonOf(events),
      teams: streamsWith(events, 'PersonJoinedTeam'),
      merged: streamsWith(events, 'SubjectMerged'),
      pages: Math.ceil(byStream(events).size / PAGE_STREAMS),
    };
  },
  streamsOf: async (page, { position }) =>
    [...byStream(all().slice(0, position)).values()]
      .slice(page * PAGE_STREAMS, (page + 1) * PAGE_STREAMS)
      .map((stored) => stored.map(({ event }) => event)),
});
