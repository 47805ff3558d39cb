/**
 * A consumer of bench/kafka.ts, in a process of its own: reads so many messages into a log on SQLite, and says what that
 * took from the first to the last.
 *
 *     node bench/kafka/consumer.ts corridor|bare ADDRESS TOPIC MESSAGES FOLDER
 */
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { openKafkaCarrier } from '../../adapters/carriers/kafka/index.ts';
import { kafkajsOpener } from '../../adapters/carriers/kafka/kafkajs/index.ts';
import { byName } from '../../adapters/dialect-of.ts';
import { tickmark } from '../../adapters/dialects/tickmark.ts';
import { type Arrival, openIntake } from '../../adapters/intake.ts';
import { openLogger } from '../../adapters/logger.ts';
import { openBackoff } from '../../adapters/serve/backoff.ts';
import { MACHINE } from '../../adapters/serve/effects.ts';
import { openGroupCommit } from '../../adapters/serve/group-commit.ts';
import { memoryDeadLetters } from '../../adapters/stores/memory/index.ts';
import { sqliteDeadLetters, sqliteEventLog } from '../../adapters/stores/sqlite/index.ts';
import type { StreamAppend } from '../../projections/ports.ts';
import { instantMs } from '../../schemas/brand.ts';
import { KafkaSettings } from '../../schemas/kafka.ts';
import type { Consumed } from '../figures.ts';
import { messageAt } from './traffic.ts';

const [way = '', address = '', topic = '', count = '0', folder = ''] = process.argv.slice(2);
const messages = Number(count);
const file = join(folder, 'log.db');
const groupId = `bench-${process.pid}`;
const AT_ONCE = 500;

/** From the first piece that is handed over to the last that is durable. */
const piecesMs: number[] = [];
let [beganMs, began] = [0, process.cpuUsage()];
const timed = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  const startedMs = performance.now();
  if (piecesMs.length === 0) [beganMs, began] = [startedMs, process.cpuUsage()];
  const result = await work();
  piecesMs.push(performance.now() - startedMs);
  return result;
};

const throughCorridor = async (): Promise<void> => {
  const [log, deadLetters] = [await sqliteEventLog(file), await sqliteDeadLetters(file)];
  const { promise: done, resolve } = Promise.withResolvers<void>();
  let appended = 0;
  const queue = openGroupCommit({
    intake: openIntake({ log, deadLetters, dialectOf: byName(tickmark) }),
    clock: MACHINE.clock,
    backoff: openBackoff(MACHINE.luck),
    onFailure: (error) => {
      throw error;
    },
    onAppended: (events) => void ((appended += events) === messages && resolve()),
  });
  const logger = openLogger('warn');
  const carrier = openKafkaCarrier({
    ...MACHINE,
    openClient: kafkajsOpener(KafkaSettings.parse({ brokers: [address], groupId }), {}, logger),
    topics: new Map([[topic, { source: 'bench', dialect: tickmark }]]),
    deadLetterTopic: undefined,
    offer: (arrivals) => timed(() => queue.offer(arrivals)),
    now: () => instantMs(Date.now()),
    logger,
  });
  await done;
  tell();
  await carrier.stop();
  await queue.close();
  await deadLetters.close();
  await log.close();
};

/** What the corridor would append for each message, made beforehand. */
const prepared = async (): Promise<readonly StreamAppend[]> => {
  const appends: StreamAppend[] = [];
  const keep = async (more: readonly StreamAppend[]) => {
    appends.push(...more);
    return more.map(() => ({ status: 'appended', appended: 1, duplicates: 0, version: 0 }) as const);
  };
  const deadLetters = await memoryDeadLetters();
  const intake = openIntake({ log: { append: keep }, deadLetters, dialectOf: byName(tickmark) });
  const arrivals = Array.from({ length: messages }, (_, number): Arrival => {
    const raw = messageAt(number);
    const receivedAt = instantMs(Date.now());
    return { status: 'signal', signal: { source: 'bench', dialect: tickmark.name, receivedAt, raw } };
  });
  await intake.take(arrivals);
  return appends;
};

const bare = async (): Promise<void> => {
  const appends = await prepared();
  const log = await sqliteEventLog(file);
  const { promise: done, resolve } = Promise.withResolvers<void>();
  const consumer = new Kafka({ brokers: [address], logLevel: logLevel.ERROR }).consumer({ groupId });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    eachBatch: async ({ batch, resolveOffset, commitOffsetsIfNecessary, heartbeat }) => {
      for (let at = 0; at < batch.messages.length; at += AT_ONCE) {
        const piece = batch.messages.slice(at, at + AT_ONCE).map(({ offset }) => Number(offset));
        await timed(() => log.append(piece.flatMap((offset) => appends[offset] ?? [])));
        const last = piece.at(-1) ?? 0;
        if (last === messages - 1) resolve();
        resolveOffset(String(last));
        const partitions = [{ partition: batch.partition, offset: String(last + 1) }];
        await commitOffsetsIfNecessary({ topics: [{ topic, partitions }] });
        await heartbeat();
      }
    },
  });
  await done;
  tell();
  await consumer.disconnect();
  await log.close();
};

const tell = (): void => {
  const wallS = (performance.now() - beganMs) / 1_000;
  const { user, system } = process.cpuUsage(began);
  const sorted = piecesMs.toSorted((a, b) => a - b);
  const p99Ms = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] ?? NaN;
  const peakRssMb = process.resourceUsage().maxRSS / 1024;
  const consumed: Consumed = { wallS, cpuS: (user + system) / 1e6, p99Ms, peakRssMb };
  process.stdout.write(`${JSON.stringify(consumed)}\n`);
};

await (way === 'corridor' ? throughCorridor() : bare());
