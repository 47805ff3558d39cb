/** Appending: each stream in its turn, several streams at once, nothing twice. */
import type { AppendResult, StreamAppend } from '../../../projections/ports.ts';
import type { EventId } from '../../../schemas/brand.ts';
import type { TickmarkEvent } from '../../../schemas/event.ts';
import type { Access } from './access.ts';
import { type KnownStream, type KnownStreams, knownStreams } from './known-streams.ts';
import { type Plan, planOnMemory, planOnReading, type ReadStream, unmet } from './plan.ts';
import { recordsOf } from './read.ts';
import { proposalOf, storedEventOf, wholeNumber } from './recorded.ts';
import { eventStreamName } from './stream-name.ts';
import { inTurns, sideBySide, type Turns } from './turns.ts';
import { BYTES_IN_A_WRITE, bytesOf, write } from './write.ts';

interface Appender {
  readonly access: Access;
  readonly known: KnownStreams;
  readonly turns: Turns;
}

interface Sized {
  readonly append: StreamAppend;
  readonly bytes: number;
}

/** Throws on what cannot be sent, before anything is. */
const sized = ({ access }: Appender, append: StreamAppend): Sized => {
  eventStreamName(access.settings.namespace, append.stream);
  return { append, bytes: bytesOf(append.events) };
};

/** What goes to the server in one write: a StreamAppend is never divided, and small ones of a stream travel together. */
const batched = (appends: readonly Sized[]): readonly (readonly Sized[])[] => {
  const batches: Sized[][] = [];
  let bytes = Infinity;
  for (const one of appends) {
    bytes += one.bytes;
    if (bytes > BYTES_IN_A_WRITE) {
      batches.push([]);
      bytes = one.bytes;
    }
    batches.at(-1)?.push(one);
  }
  return batches;
};

const readAgain = async ({ access }: Appender, stream: string): Promise<ReadStream> => {
  const records = await recordsOf(access, eventStreamName(access.settings.namespace, stream));
  const held = new Map<EventId, TickmarkEvent>();
  for (const record of records) {
    const event = storedEventOf(stream, record)?.event;
    if (event) held.set(event.id, event);
  }
  const last = records.at(-1);
  return { version: last ? wholeNumber(last.revision) : -1, held };
};

interface Decision {
  readonly plan: Plan;
  /** The stream on which the plan rests. */
  readonly on: KnownStream;
}

const decideByMemory = (
  { known }: Appender,
  stream: string,
  appends: readonly StreamAppend[],
): Decision | undefined => {
  const on = known.get(stream) ?? unmet();
  const plan = planOnMemory(on, appends);
  return plan && { plan, on };
};

const decideByReading = async (
  appender: Appender,
  stream: string,
  appends: readonly StreamAppend[],
): Promise<Decision> => {
  const read = await readAgain(appender, stream);
  const on = { version: read.version, ids: new Set(read.held.keys()) };
  return { plan: planOnReading(read, appends), on };
};

/** Until the plan holds: whoever is outrun reads the stream and decides anew. */
const appendToOne = async (
  appender: Appender,
  stream: string,
  appends: readonly StreamAppend[],
): Promise<readonly AppendResult[]> => {
  const { access, known } = appender;
  const name = eventStreamName(access.settings.namespace, stream);
  for (let remembered = decideByMemory(appender, stream, appends); ; remembered = undefined) {
    const { plan, on } = remembered ?? (await decideByReading(appender, stream, appends));
    const events = plan.events.map((event) => proposalOf(stream, event));
    // Until it is known where the stream ends, nothing is.
    known.forget(stream);
    if ((await write(access, { stream: name, revision: on.version, events })) === 'outrun') continue;
    for (const { id } of plan.events) on.ids.add(id);
    known.put(stream, { version: on.version + events.length, ids: on.ids });
    return plan.results;
  }
};

const appendToMany = async (
  appender: Appender,
  appends: readonly StreamAppend[],
): Promise<readonly AppendResult[]> => {
  const all = appends.map((append) => sized(appender, append));
  const streams = Map.groupBy(all, ({ append }) => append.stream);
  const results = new Map<Sized, AppendResult>();
  await sideBySide([...streams], appender.access.settings.streamsAtOnce, async ([stream, own]) => {
    for (const batch of batched(own)) {
      const together = batch.map(({ append }) => append);
      const settled = await appender.turns(stream, () => appendToOne(appender, stream, together));
      for (const [at, one] of batch.entries()) results.set(one, settled[at] as AppendResult);
    }
  });
  return all.map((one) => results.get(one) as AppendResult);
};

/** Resolves when everything is durable. */
export const appender = (
  access: Access,
): ((appends: readonly StreamAppend[]) => Promise<readonly AppendResult[]>) => {
  const own = { access, known: knownStreams(access.settings.rememberedEvents), turns: inTurns() };
  return (appends) => appendToMany(own, appends);
};
