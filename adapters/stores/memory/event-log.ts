/** The event log in memory. */
import type { EventLog } from '../../../projections/ports.ts';
import type { StreamReader } from '../../../projections/rebuild-ports.ts';
import type { EventId } from '../../../schemas/brand.ts';
import type { StoredEvent, TickmarkEvent } from '../../../schemas/event.ts';
import { appendAll, type LogWriter } from '../append.ts';
import { streamReader } from './stream-reader.ts';
import { notices, PAGE_SIZE, pagesAsTheyCome, pagesUntil, type ReadPage } from '../pages.ts';

interface Log {
  readonly events: StoredEvent[];
  readonly streams: Map<string, StoredEvent[]>;
  readonly ids: Map<EventId, TickmarkEvent>;
}

const writerOf = ({ events, streams, ids }: Log): LogWriter => ({
  versionOf: (stream) => (streams.get(stream)?.length ?? 0) - 1,
  insert: (stream, version, event) => {
    if (ids.has(event.id)) return false;
    const stored = { position: events.length, version, event };
    ids.set(event.id, event);
    events.push(stored);
    const former = streams.get(stream);
    if (former) former.push(stored);
    else streams.set(stream, [stored]);
    return true;
  },
  takeBack: (stream, count) => {
    for (const { event } of events.splice(-count)) ids.delete(event.id);
    const left = streams.get(stream)?.slice(0, -count) ?? [];
    if (left.length > 0) streams.set(stream, left);
    else streams.delete(stream);
  },
  held: (id) => {
    const event = ids.get(id);
    if (!event) throw new Error(`the log does not hold ${id}`);
    return event;
  },
});

export const memoryEventLog = async (): Promise<EventLog & StreamReader> => {
  const log: Log = { events: [], streams: new Map(), ids: new Map() };
  const writer = writerOf(log);
  const news = notices();
  const open = (): Log => {
    if (news.closed()) throw new Error('the event log is closed');
    return log;
  };
  const page: ReadPage = (from, until, limit) => open().events.slice(from, Math.min(until, from + limit));
  return {
    append: async (appends) => {
      open();
      const results = appendAll(writer, appends);
      news.announce();
      return results;
    },
    readStream: async (stream) => [...(open().streams.get(stream) ?? [])],
    readAll: (from, pageSize = PAGE_SIZE) => pagesUntil(page, from, open().events.length, pageSize),
    subscribe: (from, signal, pageSize = PAGE_SIZE) => pagesAsTheyCome(page, news, from, signal, pageSize),
    ...streamReader(() => open().events),
    close: async () => news.close(),
  };
};
