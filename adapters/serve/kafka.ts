/** Kafka in the live process: opened when the station is, ended before its intake, one of the parts that must be well. */
import type { KafkaCarrier, KafkaSetup, KafkaStatus } from '../carriers/kafka/index.ts';
import type { Check } from './readiness.ts';

/** What the process gives it. */
export type KafkaInlet = Pick<KafkaSetup, 'offer' | 'now' | 'clock' | 'luck' | 'logger'>;
export type OpenKafka = (inlet: KafkaInlet) => KafkaCarrier;

/** Lag alone is no failure, and neither is a store that is away: that is told where it belongs. */
export const kafkaCheck = ({ state, ...figures }: KafkaStatus): Check => {
  switch (state) {
    case 'running':
      return { status: 'ok', ...figures };
    case 'joining':
      return { status: 'failed', because: 'it joins its group', ...figures };
    case 'waiting-to-restart':
      return { status: 'failed', because: 'it failed and is started again', ...figures };
  }
};
