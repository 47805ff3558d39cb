/** Copies of messages that could not be understood, for a topic of their own: the bytes as they came, the reason beside. */
import type { DeadLetter } from '../../../schemas/signal.ts';
import type { Message, Outgoing, Partition } from './port.ts';

/** One copy a message, however many of its signals were rejected. */
export const deadLetterCopyOf = (
  { topic, partition }: Partition,
  { key, value, headers, offset }: Message,
  letters: readonly DeadLetter[],
): Outgoing => ({
  key,
  value,
  headers: {
    ...headers,
    'tickmark-reason': [...new Set(letters.map(({ rejection }) => rejection.code))].join(','),
    'tickmark-dead-letter': letters.map(({ id }) => id).join(','),
    'tickmark-topic': topic,
    'tickmark-partition': String(partition),
    'tickmark-offset': String(offset),
  },
});
