/** A real Apache Kafka, one node (KRaft), in a temporary folder: it ends with whoever started it, however that ends. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { kafkaJars } from './jars.ts';

export interface Broker {
  /** host:port */
  readonly address: string;
  /** SIGKILL; answers when the process is gone. */
  kill(): Promise<void>;
  /** On the same port and the same data. Resolves when it answers. */
  start(): Promise<void>;
  /** Leaves nothing behind. */
  stop(): Promise<void>;
}

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

/** The controller takes back a broker that was killed when its former session is over: by default after 9 s. */
const propertiesOf = (folder: string, port: number, controller: number): string => `
process.roles=broker,controller
node.id=1
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
inter.broker.listener.name=PLAINTEXT
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
controller.quorum.bootstrap.servers=127.0.0.1:${controller}
log.dirs=${join(folder, 'data')}
num.partitions=1
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.num.partitions=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
broker.session.timeout.ms=2000
broker.heartbeat.interval.ms=500
`;

/** The same, with the listener of the clients on TLS and SASL. */
const securely = (
  properties: string,
  { keystore, user, password }: NonNullable<BrokerOptions['secured']>,
): string => {
  const login = 'org.apache.kafka.common.security.plain.PlainLoginModule required';
  const users = `username="${user}" password="${password}" user_${user}="${password}"`;
  return `${properties.replace('PLAINTEXT:PLAINTEXT', 'PLAINTEXT:SASL_SSL')}
sasl.enabled.mechanisms=PLAIN
sasl.mechanism.inter.broker.protocol=PLAIN
listener.name.plaintext.plain.sasl.jaas.config=${login} ${users};
ssl.keystore.type=PEM
ssl.keystore.location=${keystore}
ssl.truststore.type=PEM
ssl.truststore.location=${keystore.replace('keystore', 'ca')}
ssl.endpoint.identification.algorithm=
`;
};

const javaArguments = (libs: string): readonly string[] => [
  ...['-Xmx512m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'],
  ...[`-Dlog4j2.configurationFile=${join(import.meta.dirname, 'log4j2.xml')}`, '-cp', `${libs}/*`],
];

const java = (libs: string, ...args: readonly string[]): string => {
  const run = spawnSync('java', [...javaArguments(libs), ...args], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`java ${args.join(' ')} failed:\n${run.stdout}${run.stderr}`);
  return run.stdout.trim();
};

/** Kills the broker when its own standard input ends, which it does even where we are killed without a word. */
const GUARD = '"$@" 0</dev/null & broker=$!; cat >/dev/null; kill -KILL $broker; wait $broker';

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => (socket.destroy(), resolve(true)));
    socket.once('error', () => resolve(false));
  });

const LOOK_AGAIN_MS = 50;

const untilItAnswers = async (port: number, guard: ChildProcess): Promise<void> => {
  while (!(await answers(port))) {
    if (guard.exitCode !== null) throw new Error('the broker ended before it answered');
    await setTimeout(LOOK_AGAIN_MS);
  }
};

/** Why there is none, where there is none. */
export interface BrokerOptions {
  /** Key and certificate of a broker that speaks TLS only, and knows this one user by SASL (plain). */
  readonly secured?: { readonly keystore: string; readonly user: string; readonly password: string };
}

export const startBroker = async ({ secured }: BrokerOptions = {}): Promise<Broker | string> => {
  const jars = kafkaJars();
  if (typeof jars === 'string') return jars;
  const folder = mkdtempSync(join(tmpdir(), 'tickmark-kafka-'));
  const port = await freePort();
  const properties = join(folder, 'server.properties');
  const plain = propertiesOf(folder, port, await freePort());
  writeFileSync(properties, secured ? securely(plain, secured) : plain);
  const id = java(jars.folder, 'kafka.tools.StorageTool', 'random-uuid');
  java(jars.folder, 'kafka.tools.StorageTool', 'format', '--standalone', '-t', id, '-c', properties);
  let guard: ChildProcess | undefined;
  const broker: Broker = {
    address: `127.0.0.1:${port}`,
    start: async () => {
      const program = ['java', ...javaArguments(jars.folder), 'kafka.Kafka', properties];
      guard = spawn('sh', ['-c', GUARD, 'guard', ...program], { stdio: ['pipe', 'ignore', 'inherit'] });
      await untilItAnswers(port, guard);
    },
    kill: async () => {
      if (!guard) return;
      const gone = once(guard, 'exit');
      guard.stdin?.end();
      guard = undefined;
      await gone;
    },
    stop: async () => {
      await broker.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await broker.start();
  return broker;
};
