/** The doors: what the command line needs and only the composition root may wire. */
import type { InstantMs } from '../schemas/brand.ts';
import type { KafkaSettings } from '../schemas/kafka.ts';
import type { Mapping } from '../schemas/mapping.ts';
import type { Dialect } from '../schemas/signal.ts';
import type { PipedFile } from './carriers/file/standard-input.ts';
import type { Webhooks } from './carriers/http/webhooks.ts';
import type { Delivery } from './http/serving.ts';
import type { Arrival } from './intake.ts';
import type { Layout } from './layout.ts';
import type { RehearsalStores } from './rehearsal.ts';
import type { Logger } from './logger.ts';
import type { OpenKafka } from './serve/kafka.ts';
import type { RecordTopic } from './serve/publishing.ts';
import type { Environment } from './source-secrets.ts';
import type { OpenSource, Sources } from './sources.ts';
import type { BackupOptions, Copied } from './stores/sqlite/backup.ts';
import type { Place, Workspace } from './workspace.ts';

export interface FileRequest {
  readonly path: string;
  /** `whole`: the file is one message. */
  readonly format: Layout;
  readonly dialect: string;
  /** Where a line may hold many messages: each is a signal of its own. */
  readonly split?: Dialect['split'];
  readonly source: string;
  readonly receivedAt: () => InstantMs;
  readonly keepDuplicates?: boolean;
  readonly onProgress?: (bytesRead: number, bytesTotal: number) => void;
}

export interface Doors {
  /** Whether there is anything at this path. */
  isThere(path: string): boolean;
  /**
   * Throws a Refusal when the folder is in use, newer than this program, or not a data folder; an InputError when a
   * connection string names no store that is known here.
   */
  openWorkspace(place: Place): Promise<Workspace>;
  /** The signals of a file, in batches. Throws when the file as a whole cannot be read. */
  readFile(request: FileRequest): AsyncIterable<readonly Arrival[]>;
  /** The signals in the body of a request, each a CloudEvent of ours. */
  readDelivery(delivery: Delivery): readonly Arrival[];
  /** Throws an InputError where a connection string names no store that is known here; opens nothing. */
  checkPlace(place: Place): void;
  /** Our own CloudEvents. */
  readonly tickmark: Dialect;
  /** Somebody's export, read through a mapping. */
  eventlog(mapping: Mapping): Dialect;
  readMapping(path: string): Promise<Mapping>;
  /** Throws an InputError, with the place of every mistake. Secrets are not looked at. */
  readSources(path: string): Promise<Sources>;
  /** What keeps the webhook of a source from being opened, a sentence each: secrets that are missing or unusable. */
  webhookFaults(source: OpenSource, environment: Environment): readonly string[];
  /** Throws an InputError where a secret is missing or unusable. */
  openWebhooks(sources: Sources, environment: Environment): Webhooks;
  /** The consumer of the sources' topics; undefined where they have none. Throws an InputError where a secret is missing. */
  openKafka(sources: Sources, environment: Environment, logger: Logger): OpenKafka | undefined;
  /** The cluster that a file of sources names, if it names one. Throws an InputError as `readSources` does. */
  readCluster(path: string): Promise<KafkaSettings | undefined>;
  /** Where time records are published; undefined where they are not. Throws an InputError where a secret is missing. */
  openRecordTopic(
    cluster: KafkaSettings | undefined,
    environment: Environment,
    logger: Logger,
  ): RecordTopic | undefined;
  /** What is wrong with a mapping, read from `mappingPath`, for this file; nothing when it fits, or has no header. */
  checkFile(mapping: Mapping, path: string, mappingPath: string): Promise<readonly string[]>;
  /** A vendor's dialect as it is without options. Throws an InputError where there is none. */
  dialectNamed(name: string): Dialect;
  /** Which of the paths that a mapping, read from `mappingPath`, names none of these messages has. */
  unseenPaths(mapping: Mapping, mappingPath: string, messages: readonly string[]): Promise<readonly string[]>;
  /** Stores in memory, for what nobody keeps. */
  emptyStores(): Promise<RehearsalStores>;
  /** What is piped in, as a file that goes when it is removed. */
  standardInput(): Promise<PipedFile>;
  /** Copies the log of a data folder into a file, also while another process writes it. Throws a Refusal. */
  backup(folder: string, file: string, how: BackupOptions): Promise<Copied>;
  /** Makes a data folder of such a file. Throws a Refusal. */
  restore(file: string, folder: string): Promise<Copied>;
  /** The seeded week of `tickmark demo`, in the order of its delivery, each with the moment of its receipt. */
  demoWeek(seed: number): readonly Arrival[];
}
