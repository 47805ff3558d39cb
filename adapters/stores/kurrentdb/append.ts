/** Appending: each stream in its turn, several streams at once, nothing twice. */
import type { EventData } from '@eventstore/db-client';
import type { AppendResult, StreamAppend } from '../../../projections/ports.ts';
import type { EventId } from '../../../schemas/brand.ts';
import type { TickmarkEvent } from '../../../schemas/event.ts';
import type { Access } from './access.ts';
import { type KnownStream, type KnownStreams, knownStreams } from './known-streams.ts';
import { type Plan, planOnMemory, planOnReading, type ReadStream, unmet } from './plan.ts';
import { recordsOf } from './read.ts';
import { bytesOf, proposalOf, storedEventOf, wholeNumber } from './recorded.ts';
import { eventStreamName } from './stream-name.ts';
import { inTurns, sideBySide, type Turns } from './turns.ts';
import { write } from './write.ts';

/** Below the 1 MiB that a server takes in one write when nobody has set its MaxAppendSize. */
const BYTES_IN_A_WRITE = 768 * 1024;

interface Appender {
  readonly access: Access;
  readonly known: KnownStreams;
  readonly turns: Turns;
}

/** One StreamAppend with the events as they will be sent, so that what JSON cannot hold fails before anything is sent. */
interface Prepared {
  readonly append: StreamAppend;
  readonly proposals: ReadonlyMap<TickmarkEvent, EventData>;
  readonly bytes: number;
}

const prepare = (append: StreamAppend): Prepared => {
  const proposals = new Map(append.events.map((event) => [event, proposalOf(append.stream, event)]));
  let bytes = 0;
  for (const proposal of proposals.values()) bytes += bytesOf(proposal);
  return { append, proposals, bytes };
};

/** What goes to the server in one write: a StreamAppend is never divided, and several small ones travel together. */
const batched = (prepared: readonly Prepared[]): readonly (readonly Prepared[])[] => {
  const batches: Prepared[][] = [];
  let bytes = Infinity;
  for (const one of prepared) {
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

const decide = async (
  appender: Appender,
  stream: string,
  appends: readonly StreamAppend[],
  memory: boolean,
): Promise<Decision> => {
  if (memory) {
    const known = appender.known.get(stream) ?? unmet();
    const plan = planOnMemory(known, appends);
    if (plan) return { plan, on: known };
  }
  const read = await readAgain(appender, stream);
  return {
    plan: planOnReading(read, appends),
    on: { version: read.version, ids: new Set(read.held.keys()) },
  };
};

/** Until the plan holds: whoever is outrun reads the stream and decides anew. */
const appendBatch = async (
  appender: Appender,
  stream: string,
  batch: readonly Prepared[],
): Promise<readonly AppendResult[]> => {
  const { access, known } = appender;
  const appends = batch.map(({ append }) => append);
  const proposals = new Map(batch.flatMap((one) => [...one.proposals]));
  for (let memory = true; ; memory = false) {
    const {
      plan,
      on: { version, ids },
    } = await decide(appender, stream, appends, memory);
    const events = plan.events.flatMap((event) => proposals.get(event) ?? []);
    const name = eventStreamName(access.settings.namespace, stream);
    known.forget(stream);
    if (events.length > 0 && (await write(access, { stream: name, revision: version, events })) === 'outrun')
      continue;
    for (const { id } of plan.events) ids.add(id);
    known.put(stream, { version: version + events.length, ids });
    return plan.results;
  }
};

const appendToOne = async (appender: Appender, stream: string, prepared: readonly Prepared[]) => {
  const results: AppendResult[] = [];
  for (const batch of batched(prepared))
    results.push(...(await appender.turns(stream, () => appendBatch(appender, stream, batch))));
  return results;
};

/** Resolves when everything is durable. What failed for good rejects, after the others have settled. */
const appendAllOf = async (
  appender: Appender,
  appends: readonly StreamAppend[],
): Promise<readonly AppendResult[]> => {
  const groups = Map.groupBy(
    appends.map((append, index) => ({ index, ...prepare(append) })),
    ({ append }) => append.stream,
  );
  const results = new Map<number, AppendResult>();
  await sideBySide([...groups], appender.access.settings.streamsAtOnce, async ([stream, prepared]) => {
    const settled = await appendToOne(appender, stream, prepared);
    for (const [at, result] of settled.entries()) {
      const index = prepared[at]?.index;
      if (index !== undefined) results.set(index, result);
    }
  });
  return appends.map((_, index) => {
    const result = results.get(index);
    if (!result) throw new Error('an append without a result');
    return result;
  });
};

export const appender = (
  access: Access,
): ((appends: readonly StreamAppend[]) => Promise<readonly AppendResult[]>) => {
  const own = { access, known: knownStreams(access.settings.rememberedEvents), turns: inTurns() };
  return (appends) => appendAllOf(own, appends);
};
