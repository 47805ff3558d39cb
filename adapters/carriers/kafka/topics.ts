/** Which source each topic is of: what its messages are, and how one that holds many is cut. */
import type { InstantMs } from '../../../schemas/brand.ts';
import type { Dialect } from '../../../schemas/signal.ts';
import { type Arrival, splitArrival } from '../../intake.ts';
import type { Sources } from '../../sources.ts';
import { arrivalOf } from './message.ts';
import type { Message, Partition } from './port.ts';

export interface Topic {
  readonly source: string;
  readonly dialect: Pick<Dialect, 'name' | 'split' | 'headers'>;
}

export type Topics = ReadonlyMap<string, Topic>;

export const topicsOf = (sources: Sources): Topics =>
  new Map(
    [...sources.values()].flatMap(({ name: source, dialect, kafka }) =>
      (kafka?.topics ?? []).map((topic) => [topic, { source, dialect }] as const),
    ),
  );

export const arrivalsIn = (
  topics: Topics,
  from: Partition,
  message: Message,
  receivedAt: InstantMs,
): readonly Arrival[] => {
  const topic = topics.get(from.topic);
  if (!topic) throw new Error(`a message of ${from.topic}, which nobody asked for`);
  const { source, dialect } = topic;
  return splitArrival(dialect, arrivalOf(from, message, { source, dialect }, receivedAt));
};
