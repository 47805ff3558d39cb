/**
 * An event as KurrentDB keeps it: our type, our data as JSON, and in the metadata who said it, when and how we know.
 *
 * The server's own event id is drawn anew for every write: an id that the server knows already would make it say "written"
 * where our log has to say "duplicate" or "conflict". Ours is in the metadata.
 */
import { randomUUID } from 'node:crypto';
import type { AllStreamResolvedEvent, EventData, JSONType, ResolvedEvent } from '@eventstore/db-client';
import { isEventType, type StoredEvent, type TickmarkEvent } from '../../../schemas/event.ts';

/** The version of what follows; its presence says that the event is Tickmark's. */
const FORMAT = 1;

/** A plain Uint8Array, as the client wants it, on the memory that Node pools for its buffers. */
const utf8 = (text: string): Uint8Array => {
  const { buffer, byteOffset, length } = Buffer.from(text);
  return new Uint8Array(buffer, byteOffset, length);
};

/** `$correlationId` and `$causationId` are the names by which the server's own projections follow them. */
const metadataOf = (stream: string, event: TickmarkEvent): object => ({
  tickmark: FORMAT,
  id: event.id,
  source: event.source,
  // The subject is the stream's name; it is written only where it is not.
  subject: event.subject === stream ? undefined : event.subject,
  occurredAt: event.occurredAt,
  recordedAt: event.recordedAt,
  sequence: event.sequence,
  fact: event.fact,
  revision: event.revision,
  $correlationId: event.correlation,
  $causationId: event.causation,
  dialect: event.dialect,
  signalHash: event.signalHash,
});

export const proposalOf = (stream: string, event: TickmarkEvent): EventData => ({
  id: randomUUID(),
  contentType: 'application/json',
  type: event.type,
  data: event.data as JSONType,
  // As bytes: the client would take text by way of base64.
  metadata: utf8(JSON.stringify(metadataOf(stream, event))),
});

export type Recorded = NonNullable<ResolvedEvent['event'] | AllStreamResolvedEvent['event']>;

interface Metadata {
  readonly tickmark: number;
  readonly id: string;
  readonly source: string;
  readonly subject?: string;
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly sequence?: number;
  readonly fact?: string;
  readonly revision?: number;
  readonly $correlationId?: string;
  readonly $causationId?: string;
  readonly dialect: string;
  readonly signalHash: string;
}

const isOurs = (metadata: unknown): metadata is Metadata =>
  typeof metadata === 'object' && metadata !== null && 'tickmark' in metadata && 'id' in metadata;

const present = <Value>(name: string, value: Value | undefined): Readonly<Record<string, Value>> =>
  value === undefined ? {} : { [name]: value };

/** Positions are bigint on the wire; a log would need nine petabytes to leave what a number holds exactly. */
export const wholeNumber = (value: bigint): number => {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new Error(`the log is at ${value}, beyond what a number holds`);
  return number;
};

const eventOf = (stream: string, { type, data }: Recorded, metadata: Metadata): TickmarkEvent => {
  if (metadata.tickmark !== FORMAT || !isEventType(type))
    throw new Error(`the log holds an event of the unknown type ${type}, format ${metadata.tickmark}`);
  const event = {
    id: metadata.id,
    source: metadata.source,
    subject: metadata.subject ?? stream,
    type,
    occurredAt: metadata.occurredAt,
    recordedAt: metadata.recordedAt,
    ...present('sequence', metadata.sequence),
    ...present('fact', metadata.fact),
    ...present('revision', metadata.revision),
    ...present('correlation', metadata.$correlationId),
    ...present('causation', metadata.$causationId),
    dialect: metadata.dialect,
    signalHash: metadata.signalHash,
    data,
  };
  // What was parsed at the door and written by proposalOf.
  return event as unknown as TickmarkEvent;
};

/** The inverse of `proposalOf`. Undefined for what somebody else wrote into such a stream. */
export const storedEventOf = (stream: string, recorded: Recorded): StoredEvent | undefined => {
  const { metadata, position, revision } = recorded;
  if (!isOurs(metadata)) return undefined;
  if (!position) throw new Error('KurrentDB did not say the position of an event; it must be 24.2 or newer');
  return {
    position: wholeNumber(position.commit),
    version: wholeNumber(revision),
    event: eventOf(stream, recorded, metadata),
  };
};
