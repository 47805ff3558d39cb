/** A carrier with a corridor of its own behind it: what it hands over is in a log in memory, which a test can break. */
import { type KafkaCarrier, openKafkaCarrier } from '../../../adapters/carriers/kafka/index.ts';
import type { KafkaClient } from '../../../adapters/carriers/kafka/port.ts';
import { byName } from '../../../adapters/dialect-of.ts';
import { tickmark } from '../../../adapters/dialects/tickmark.ts';
import { openIntake } from '../../../adapters/intake.ts';
import type { Logger } from '../../../adapters/logger.ts';
import { openBackoff } from '../../../adapters/serve/backoff.ts';
import type { Clock } from '../../../adapters/serve/clock.ts';
import { openGroupCommit } from '../../../adapters/serve/group-commit.ts';
import { memoryDeadLetters, memoryEventLog } from '../../../adapters/stores/memory/index.ts';
import type { DeadLetter } from '../../../schemas/signal.ts';
import { instantMs } from '../../../schemas/brand.ts';
import type { TickmarkEvent } from '../../../schemas/event.ts';

export const RECEIVED = instantMs(Date.UTC(2020, 0, 7));

export interface Told {
  readonly level: string;
  readonly message: string;
  readonly fields: object;
}

export const recordingLogger = (): { readonly logger: Logger; readonly told: readonly Told[] } => {
  const told: Told[] = [];
  const at =
    (level: string) =>
    (fields: object, message: string): void =>
      void told.push({ level, message, fields });
  return {
    told,
    logger: {
      debug: at('debug'),
      info: at('info'),
      warn: at('warn'),
      error: at('error'),
      fatal: at('fatal'),
    },
  };
};

export interface Corridor {
  /** A carrier more of the same group, each over a client of its own. */
  carrier(openClient: () => Promise<KafkaClient>): KafkaCarrier;
  events(): Promise<readonly TickmarkEvent[]>;
  letters(): Promise<readonly DeadLetter[]>;
  readonly told: readonly Told[];
  /** While it is down, nothing is appended. */
  breakStore(isDown: boolean): void;
  /** How often a group of signals was appended. */
  appends(): number;
  /** Ends the carriers, then the intake. */
  close(): Promise<void>;
}

export interface CorridorOptions {
  readonly topics: readonly string[];
  readonly clock: Clock;
  readonly luck?: () => number;
  readonly deadLetterTopic?: string;
}

const SOURCE = { source: 'crm', dialect: tickmark } as const;

export const openCorridor = async ({
  topics,
  clock,
  luck = () => 1,
  deadLetterTopic,
}: CorridorOptions): Promise<Corridor> => {
  const log = await memoryEventLog();
  const deadLetters = await memoryDeadLetters();
  const { logger, told } = recordingLogger();
  const carriers: KafkaCarrier[] = [];
  let [isDown, appends] = [false, 0];
  const append: typeof log.append = async (what) => {
    if (isDown) throw new Error('the store is away');
    appends += 1;
    return log.append(what);
  };
  const intake = openIntake({ log: { append }, deadLetters, dialectOf: byName(tickmark) });
  const queue = openGroupCommit({
    intake,
    clock,
    backoff: openBackoff(luck),
    onFailure: () => undefined,
    onAppended: () => undefined,
  });
  const carrier: Corridor['carrier'] = (openClient) => {
    const opened = openKafkaCarrier({
      openClient,
      topics: new Map(topics.map((topic) => [topic, SOURCE])),
      deadLetterTopic,
      offer: queue.offer,
      now: () => RECEIVED,
      clock,
      luck,
      logger,
    });
    carriers.push(opened);
    return opened;
  };
  return {
    carrier,
    told,
    appends: () => appends,
    events: async () => {
      const events: TickmarkEvent[] = [];
      for await (const page of log.readAll(0)) events.push(...page.map(({ event }) => event));
      return events;
    },
    letters: () => deadLetters.list(),
    breakStore: (down) => (isDown = down),
    close: async () => {
      await Promise.all(carriers.map((one) => one.stop()));
      await queue.close();
      await log.close();
    },
  };
};
