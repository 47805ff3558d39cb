/** The carrier that the sources need: one consumer for all of their topics, which are on one cluster. */
import type { Logger } from '../../logger.ts';
import type { OpenKafka } from '../../serve/kafka.ts';
import type { Environment } from '../../source-secrets.ts';
import type { Sources } from '../../sources.ts';
import { openKafkaCarrier } from './index.ts';
import { kafkajsOpener } from './kafkajs/index.ts';
import { topicsOf } from './topics.ts';

export const openKafka = (
  sources: Sources,
  environment: Environment,
  logger: Logger,
): OpenKafka | undefined => {
  const [door] = [...sources.values()].flatMap(({ kafka }) => kafka ?? []);
  if (!door) return undefined;
  const { deadLetterTopic } = door.cluster;
  const openClient = kafkajsOpener(door.cluster, environment, logger);
  return (inlet) => openKafkaCarrier({ ...inlet, openClient, topics: topicsOf(sources), deadLetterTopic });
};
