/** Apache Kafka in a container, where Docker runs and Java does not. */
import { GenericContainer, Wait, getContainerRuntimeClient } from 'testcontainers';
import { freePort } from './broker.ts';

export interface ContainedBroker {
  /** host:port */
  readonly address: string;
  stop(): Promise<void>;
}

/** As in docker-compose.yml. */
const IMAGE = 'apache/kafka:4.1.1';
const INSIDE = 9092;

/** Clients are told by the broker where it is: so its port out here must be known before it starts. */
const environmentFor = (port: number): Readonly<Record<string, string>> => ({
  KAFKA_NODE_ID: '1',
  KAFKA_PROCESS_ROLES: 'broker,controller',
  KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
  KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
  KAFKA_LISTENERS: `PLAINTEXT://:${INSIDE},CONTROLLER://:9093`,
  KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://localhost:${port}`,
  KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
  KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
  KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
  KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
  KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
});

/** Why there is none, where there is none. */
export const containedBroker = async (): Promise<ContainedBroker | string> => {
  try {
    await getContainerRuntimeClient();
  } catch {
    return 'no Docker is running';
  }
  try {
    const port = await freePort();
    const container = await new GenericContainer(IMAGE)
      .withExposedPorts({ container: INSIDE, host: port })
      .withEnvironment(environmentFor(port))
      .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
      .start();
    return { address: `localhost:${port}`, stop: async () => void (await container.stop()) };
  } catch (error) {
    return `Docker is running, but ${IMAGE} did not start: ${String(error)}`;
  }
};
