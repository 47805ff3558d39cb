/** Citations: how an explanation names the event or the clause that bounds a stretch. */
import type { EventId } from '../../../schemas/brand.ts';
import type { StoredEvent } from '../../../schemas/event.ts';
import type { Because } from '../../../schemas/record.ts';

export type EventIndex = ReadonlyMap<EventId, StoredEvent>;

const SHORT = 8;
export const shortId = (id: string): string => id.slice(0, SHORT);

/** Clauses that an event of the subject itself fulfils, and people's words about it; to name the event says it all. */
const EVENT_CLAUSES = new Set([
  ...['start', 'pause', 'resume', 'stop', 'handOver', 'cancel', 'reset'],
  ...['correction', 'retraction'],
]);

export const indexOf = (events: readonly StoredEvent[]): EventIndex =>
  new Map(events.map((stored) => [stored.event.id, stored]));

/** How much a citation says: `CallHeld @ telephony 5e6f7a8b`, `CallHeld 5e6f7a8b` or `5e6f7a8b`. */
export const CITATIONS = ['source', 'type', 'id'] as const;
export type Citation = (typeof CITATIONS)[number];

/** The event; or the clause of a policy, with the event or the calendar that it went by, where there is one. */
export const cite = (
  { clause, event, record }: Because,
  index: EventIndex,
  citation: Citation,
  calendar?: string,
): string => {
  // What was begun is enough here: the rest of the record's id names its rule and this same person.
  if (record !== undefined) return `rule ${clause}: ${record.replace(/\/[^/#@]+#\d+@.*$/su, '')}`;
  if (event === undefined) return calendar === undefined ? `rule ${clause}` : `rule ${clause}: ${calendar}`;
  const stored = index.get(event);
  const type = citation === 'id' ? [] : [stored?.event.type ?? 'event'];
  const source = citation === 'source' && stored !== undefined ? ['@', stored.event.source] : [];
  const named = [...type, ...source, shortId(event)].join(' ');
  return EVENT_CLAUSES.has(clause) ? named : `rule ${clause}: ${named}`;
};
