/** A message as a signal. Where it stood (topic, partition, offset) is part of what it is: a redelivery is the same signal. */
import { isUtf8 } from 'node:buffer';
import type { InstantMs } from '../../../schemas/brand.ts';
import type { Dialect, Rejection, Signal } from '../../../schemas/signal.ts';
import type { Arrival } from '../../intake.ts';
import { keptHeaders } from '../../kept-headers.ts';
import { type Message, type Partition, keyOf } from './port.ts';

/** What the messages of a topic are. */
export interface TopicSource {
  readonly source: string;
  readonly dialect: Pick<Dialect, 'name' | 'headers'>;
}

/** Names of headers are told apart by case in Kafka, and not by dialects. Of several values the first counts. */
const headerIn =
  (headers: Message['headers']) =>
  (name: string): string | undefined => {
    const [, value] = Object.entries(headers).find(([key]) => key.toLowerCase() === name) ?? [];
    const [first] = [value].flat();
    return first === undefined ? undefined : String(first);
  };

const NO_VALUE: Rejection = {
  code: 'malformed',
  message: 'the message has no value: a tombstone says nothing that could be timed',
};

const NOT_UTF8: Rejection = {
  code: 'encoding',
  message:
    'the value is not UTF-8; the text kept here is its bytes read as Latin-1, one character a byte, so that none is lost',
};

/** `line` counts from 1, and offsets from 0. */
export const arrivalOf = (
  from: Partition,
  { offset, value, headers }: Pick<Message, 'offset' | 'value' | 'headers'>,
  { source, dialect }: TopicSource,
  receivedAt: InstantMs,
): Arrival => {
  const signalOf = (raw: string): Signal => ({
    source,
    dialect: dialect.name,
    receivedAt,
    origin: keyOf(from),
    line: offset + 1,
    raw,
    ...keptHeaders(dialect, headerIn(headers)),
  });
  if (value === null) return { status: 'rejected', signal: signalOf(''), rejection: NO_VALUE };
  return isUtf8(value)
    ? { status: 'signal', signal: signalOf(value.toString('utf8')) }
    : { status: 'rejected', signal: signalOf(value.toString('latin1')), rejection: NOT_UTF8 };
};
