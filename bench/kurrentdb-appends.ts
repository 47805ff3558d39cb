/**
 * Appends the same events to KurrentDB in one of two ways, and says how long it took and what then stands there.
 *
 *     node bench/kurrentdb-appends.ts ours|bare CONNECTION-STRING '{"namespace":"a","streams":10000,"rounds":1,"each":3,"together":500}'
 *
 * `rounds` times each stream gets `each` events more, `together` streams at a time. `ours`: the event log of adapters/stores/kurrentdb. `bare`: the client
 * alone, told the exact revision, with as many appends under way as ours has. Reading back is not timed.
 */
import { createHash } from 'node:crypto';
import {
  type AllStreamRecordedEvent,
  EventStoreDBClient,
  jsonEvent,
  NO_STREAM,
  streamNameFilter,
} from '@eventstore/db-client';
import { z } from 'zod';
import { kurrentdbEventLog } from '../adapters/stores/kurrentdb/index.ts';
import { eventStreamName } from '../adapters/stores/kurrentdb/stream-name.ts';
import { eventId, instantMs, subjectId } from '../schemas/brand.ts';
import type { StreamAppend } from '../projections/ports.ts';
import type { TickmarkEvent } from '../schemas/event.ts';
import type { KurrentdbAppends } from './figures.ts';

const AT_ONCE = 64;
const ANSWERED_AT_MS = 1_760_000_000_000;

const Work = z.strictObject({
  namespace: z.string(),
  streams: z.int(),
  rounds: z.int(),
  each: z.int(),
  together: z.int(),
});
type Work = z.infer<typeof Work>;

const idOf = (text: string): string => {
  const hex = createHash('sha1').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** The event of a call: as large as a telephony system makes them. */
const eventOf = (stream: number, round: number): TickmarkEvent => ({
  id: eventId(idOf(`${stream}/${round}`)),
  source: 'telephony',
  subject: subjectId(`call-${stream}`),
  type: 'CallEnded',
  occurredAt: instantMs(ANSWERED_AT_MS + round * 1_000),
  recordedAt: instantMs(ANSWERED_AT_MS + round * 1_000 + 250),
  dialect: 'telephony@1',
  signalHash: createHash('sha256').update(`${stream}/${round}`).digest('hex'),
  data: { reason: 'hung up', attributes: { queue: 'support', customer: `C-${stream}`, line: 'north' } },
});

/** What one signal tells of one call. */
type Told = readonly [TickmarkEvent, ...TickmarkEvent[]];

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);

const toldOf = (stream: number, round: number, each: number): Told => [
  eventOf(stream, round * each),
  ...upTo(each - 1).map((at) => eventOf(stream, round * each + at + 1)),
];

/** Pages as an intake has them: so many signals together. */
const pagesOf = ({ streams, rounds, each, together }: Work): readonly (readonly Told[])[] =>
  upTo(rounds).flatMap((round) =>
    upTo(Math.ceil(streams / together)).map((page) =>
      upTo(Math.min(together, streams - page * together)).map((at) =>
        toldOf(page * together + at, round, each),
      ),
    ),
  );

interface Appender {
  /** Answers how many events were appended. */
  append(page: readonly Told[]): Promise<number>;
  close(): Promise<void>;
}

const ours = async (connectionString: string, { namespace }: Work): Promise<Appender> => {
  const log = await kurrentdbEventLog(connectionString, { namespace, streamsAtOnce: AT_ONCE });
  return {
    append: async (page) => {
      const appends = page.map((events): StreamAppend => {
        return { stream: events[0].subject, expected: { at: 'any' }, events };
      });
      const results = await log.append(appends);
      return results.reduce((sum, result) => sum + (result.status === 'appended' ? result.appended : NaN), 0);
    },
    close: log.close,
  };
};

/** What stands in the metadata is the store's affair; the client alone is given the same. */
const metadataOf = (event: TickmarkEvent) => ({
  tickmark: 1,
  id: event.id,
  source: event.source,
  occurredAt: event.occurredAt,
  recordedAt: event.recordedAt,
  dialect: event.dialect,
  signalHash: event.signalHash,
});

const bare = async (connectionString: string, { namespace }: Work): Promise<Appender> => {
  const client = EventStoreDBClient.connectionString(connectionString);
  const revisions = new Map<string, bigint>();
  const appendOne = async (events: Told): Promise<void> => {
    const stream = eventStreamName(namespace, events[0].subject);
    const made = events.map((event) =>
      jsonEvent({ type: event.type, data: event.data, metadata: metadataOf(event) }),
    );
    const expectedRevision = revisions.get(stream) ?? NO_STREAM;
    const { nextExpectedRevision } = await client.appendToStream(stream, made, { expectedRevision });
    revisions.set(stream, nextExpectedRevision);
  };
  return {
    append: async (page) => {
      let next = 0;
      const worker = async (): Promise<void> => {
        for (let events = page[next++]; events; events = page[next++]) await appendOne(events);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      return page.flat().length;
    },
    close: () => client.dispose(),
  };
};

/** Of everything but the server's own ids, by stream and revision. */
const digestOf = async (connectionString: string, work: Work, count: number): Promise<string> => {
  const client = EventStoreDBClient.connectionString(connectionString);
  const lines: string[] = [];
  const filter = streamNameFilter({ prefixes: [`${work.namespace}.`] });
  for await (const { event } of client.subscribeToAll({ filter })) {
    const { streamId, revision, type, data, metadata } = event as AllStreamRecordedEvent;
    lines.push(
      JSON.stringify([streamId.slice(work.namespace.length), String(revision), type, data, metadata]),
    );
    if (lines.length === count) break;
  }
  await client.dispose();
  const digest = createHash('sha256');
  for (const line of lines.sort()) digest.update(line);
  return digest.digest('hex');
};

const [how, connectionString = '', given = ''] = process.argv.slice(2);
if (how !== 'ours' && how !== 'bare') throw new Error('usage: kurrentdb-appends.ts ours|bare URL WORK');
const work = Work.parse(JSON.parse(given));
const pages = pagesOf(work);
const appender = await (how === 'ours' ? ours : bare)(connectionString, work);
const [startedMs, cpuBefore] = [performance.now(), process.cpuUsage()];
let events = 0;
for (const page of pages) events += await appender.append(page);
const wallS = (performance.now() - startedMs) / 1_000;
const { user, system } = process.cpuUsage(cpuBefore);
await appender.close();
const appended: KurrentdbAppends = {
  wallS,
  cpuS: (user + system) / 1e6,
  events,
  digest: await digestOf(connectionString, work, events),
};
process.stdout.write(`${JSON.stringify(appended)}\n`);
process.exit(0);
