/**
 * Messages of Kafka until they are durable on SQLite: the whole corridor, against a bare kafkajs consumer that appends
 * the same prepared events to the same store and nothing else.
 *
 *     node bench/kafka.ts [--messages 100000] [--times 3]
 *
 * Broker and consumers are processes of their own. See bench/README.md.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Kafka, Partitioners, logLevel } from 'kafkajs';
import { type LogDigest, digestOf } from './log-digest.ts';
import { Consumed } from './figures.ts';
import { messageAt } from './kafka/traffic.ts';
import { median, shown } from './shown.ts';

const HERE = import.meta.dirname;
const TOPIC = 'bench';
const PER_REQUEST = 5_000;
const WAYS = ['corridor', 'bare'] as const;
type Way = (typeof WAYS)[number];

const { values } = parseArgs({
  options: { messages: { type: 'string', default: '100000' }, times: { type: 'string', default: '3' } },
});
const [messages, times] = [values.messages, values.times].map(Number) as [number, number];

const startBroker = async () => {
  const broker = spawn(process.execPath, [join(HERE, '../test/support/kafka/run.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [said] = (await once(broker.stdout, 'data')) as [Buffer];
  const address = said.toString().trim();
  if (!/^[\d.]+:\d+$/.test(address)) throw new Error(`no broker: ${address}`);
  return { address, stop: () => broker.stdin.end() };
};

const produceAll = async (address: string): Promise<void> => {
  const kafka = new Kafka({ brokers: [address], logLevel: logLevel.ERROR });
  const [admin, producer] = [
    kafka.admin(),
    kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner }),
  ];
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: TOPIC, numPartitions: 1 }], waitForLeaders: true });
  await admin.disconnect();
  await producer.connect();
  for (let from = 0; from < messages; from += PER_REQUEST) {
    const numbers = Array.from({ length: Math.min(PER_REQUEST, messages - from) }, (_, at) => from + at);
    await producer.send({ topic: TOPIC, messages: numbers.map((number) => ({ value: messageAt(number) })) });
  }
  await producer.disconnect();
};

interface Run extends Consumed, LogDigest {}

const consume = async (way: Way, address: string): Promise<Run> => {
  const folder = mkdtempSync(join(tmpdir(), 'tickmark-kafka-bench-'));
  try {
    const args = [join(HERE, 'kafka/consumer.ts'), way, address, TOPIC, String(messages), folder];
    const consumer = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    consumer.stdout.setEncoding('utf8').on('data', (more: string) => (text += more));
    const [code] = (await once(consumer, 'close')) as [number | null];
    if (code !== 0) throw new Error(`${way} ended with ${code}`);
    return { ...Consumed.parse(JSON.parse(text)), ...(await digestOf(join(folder, 'log.db'))) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const cell = (value: number, digits = 0): string => shown(value, digits).padStart(10);

const report = (runs: Readonly<Record<Way, readonly Run[]>>): void => {
  const [load = 0] = loadavg();
  process.stdout.write(
    `Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model}, load ${load.toFixed(1)}; ${messages} messages, one partition, median of ${times}; equal events\n`,
  );
  process.stdout.write(`${'way'.padEnd(8)} signals/s     share    by CPU    p99 ms     CPU s   peak MB\n`);
  for (const way of WAYS) {
    const [wallS, cpuS] = [median(runs[way], (run) => run.wallS), median(runs[way], (run) => run.cpuS)];
    const cells = [
      cell(messages / wallS),
      cell(median(runs.bare, (run) => run.wallS) / wallS, 2),
      cell(median(runs.bare, (run) => run.cpuS) / cpuS, 2),
      cell(median(runs[way], (run) => run.p99Ms)),
      cell(cpuS, 2),
      cell(median(runs[way], (run) => run.peakRssMb)),
    ];
    process.stdout.write(`${way.padEnd(8)}${cells.join('')}\n`);
  }
};

const broker = await startBroker();
try {
  await produceAll(broker.address);
  const runs: Record<Way, Run[]> = { corridor: [], bare: [] };
  // In turns, so that what else the machine does falls on both.
  for (let time = 0; time < times; time += 1)
    for (const way of WAYS) runs[way].push(await consume(way, broker.address));
  const all = Object.values(runs).flat();
  if (new Set(all.map(({ digest }) => digest)).size !== 1 || all.some(({ events }) => events !== messages))
    throw new Error('the logs differ');
  report(runs);
} finally {
  broker.stop();
}
