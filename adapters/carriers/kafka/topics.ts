/** Which source each topic is of: what its messages are, and how one that holds many is cut. */
import type { InstantMs } from '../../../schemas/brand.ts';
import type { Arrival } from '../../intake.ts';
import { InputError } from '../../input-error.ts';
import { type TopicSource, arrivalOf } from './message.ts';
import type { Message, Partition } from './port.ts';

export interface Topic extends TopicSource {
  /** A message may hold many signals. */
  readonly split?: ((arrival: Arrival) => readonly Arrival[]) | undefined;
}

export type Topics = ReadonlyMap<string, Topic>;

/** Throws an InputError for a topic that two sources claim: nobody could tell whose a message is. */
export const topicsOf = (sources: Iterable<Topic & { readonly topics: readonly string[] }>): Topics => {
  const topics = new Map<string, Topic>();
  for (const { topics: names, ...source } of sources)
    for (const name of names) {
      const other = topics.get(name);
      if (other)
        throw new InputError(
          `the topic ${name} is of ${other.source} and of ${source.source}: a topic has one source`,
        );
      topics.set(name, source);
    }
  return topics;
};

export const arrivalsIn = (
  topics: Topics,
  from: Partition,
  message: Message,
  receivedAt: InstantMs,
): readonly Arrival[] => {
  const topic = topics.get(from.topic);
  if (!topic) throw new Error(`a message of ${from.topic}, which nobody asked for`);
  const arrival = arrivalOf(from, message, topic, receivedAt);
  return topic.split ? topic.split(arrival) : [arrival];
};
