/** The composition root: the only file that sees every room. It opens the doors and starts the command line. */
import { existsSync } from 'node:fs';
import { localToInstants } from '../engine/index.ts';
import { Mapping } from '../schemas/mapping.ts';
import type { Dialect } from '../schemas/signal.ts';
import { type Share, rebuild } from '../projections/index.ts';
import type { DeadLetters, ReadModels, SharedReadModels } from '../projections/ports.ts';
import type { LoadableReadModels, RowLoad } from '../projections/rebuild-ports.ts';
import type { RuleSet } from '../schemas/rule-set.ts';
import { readHeader, readRows } from './carriers/file/read-rows.ts';
import { readWhole } from './carriers/file/read-whole.ts';
import { keepPiped } from './carriers/file/standard-input.ts';
import { readBody } from './carriers/http/read-body.ts';
import { openWebhooks, webhookFaults } from './carriers/http/webhooks.ts';
import { openKafka } from './carriers/kafka/open.ts';
import { openRecordTopic } from './carriers/kafka/record-topic.ts';
import type { Context } from './cli/context.ts';
import { instantOfNow } from './cli/local-time.ts';
import { runProgram } from './cli/program.ts';
import { terminalOf } from './cli/terminal.ts';
import { readConfig } from './config.ts';
import { type Stores, openerOf } from './connection.ts';
import { demoArrivals } from './demo/arrivals.ts';
import { type MappingProblem, checkColumns, checkMapping } from './dialects/eventlog/check-mapping.ts';
import { compileMapping } from './dialects/eventlog/compile-mapping.ts';
import { unseenPaths } from './dialects/eventlog/seen-paths.ts';
import { vendors } from './dialects/index.ts';
import { inSource } from './dialects/reading/in-source.ts';
import { tickmark } from './dialects/tickmark.ts';
import type { Doors, FileRequest } from './doors.ts';
import type { Delivery } from './http/serving.ts';
import { InputError } from './input-error.ts';
import { type Arrival, splitArrival } from './intake.ts';
import { type Answers, followHere } from './follow.ts';
import { openLogger } from './logger.ts';
import { type Following, projectorHere } from './projector.ts';
import { startFollower, startProjector } from './projector-thread.ts';
import { startCrew } from './rebuild-thread.ts';
import { once } from './once.ts';
import type { Published } from './publishing/ports.ts';
import { type Ruling, ruleOn } from './rule-file.ts';
import { type Languages, dialectNamed, readCluster, readSources } from './sources.ts';
import { kurrentdbDeadLetters, kurrentdbEventLog } from './stores/kurrentdb/index.ts';
import { memoryDeadLetters, memoryEventLog } from './stores/memory/index.ts';
import { postgresPublished, postgresReadModels, postgresWorker } from './stores/postgres/index.ts';
import {
  type CheckedEventLog,
  type DataFolder,
  type SqliteLoad,
  backupLog,
  openDataFolder,
  restoreLog,
  sqliteDeadLetters,
  sqliteEventLog,
  sqlitePublished,
  sqliteReadModels,
  temporaryAnswers,
} from './stores/sqlite/index.ts';
import type { OpenedLog, Place, Workspace } from './workspace.ts';
import { problemText, problemsIn, readYaml, readYamlSource } from './yaml-file.ts';

const ZONES = { toInstants: localToInstants };

/** A thread needs a quarter of a second before it is of any use. */
const WORTH_A_THREAD = 20_000;
/** Beside the main thread, which derives too. */
const REBUILD_THREADS = 1;

const isLoadable = (rows: ReadModels): rows is LoadableReadModels => 'load' in rows;

/** Whether other threads can hand it rows. */
const takesCells = (load: RowLoad): load is SqliteLoad => 'putCells' in load;

type Closing = { close(): Promise<void> };

type ServedLog = { readonly log: OpenedLog; readonly deadLetters?: DeadLetters & Closing };

const kurrentdb = async (connection: string): Promise<ServedLog> => ({
  log: await kurrentdbEventLog(connection),
  deadLetters: await kurrentdbDeadLetters(connection),
});

/**
 * The servers that a connection string may name, by its scheme. A store that none names is in the data folder. A log
 * may bring a place for dead letters with it; else they are in the data folder too.
 */
const LOGS: Stores<ServedLog> = { esdb: kurrentdb, 'esdb+discover': kurrentdb };
const ANSWERS: Stores<ReadModels> = { postgres: postgresReadModels, postgresql: postgresReadModels };
const PUBLISHED: Stores<Published> = { postgres: postgresPublished, postgresql: postgresPublished };
const sharedAnswers = (share: Share): Stores<SharedReadModels> => {
  const postgres = (connection: string) => postgresWorker(connection, share);
  return { postgres, postgresql: postgres };
};

/** In files projecting has a thread and connections of its own; for servers, others do the work. */
const projecting = (files: DataFolder | undefined, log: OpenedLog, answers: Answers) =>
  files
    ? {
        projector: (ruleSet: RuleSet) => startProjector(files, ruleSet),
        follower: (following: Following) => startFollower(files, following),
      }
    : {
        projector: (ruleSet: RuleSet) => projectorHere(log, answers.rows, ruleOn(ruleSet)),
        follower: (following: Following) => followHere(log, answers, following),
      };

/** The answers; where this process is one of several that write them, as its share of them. */
const openAnswers = async ({ answers, share }: Place, file: () => string): Promise<Answers> => {
  if (answers === undefined) return { rows: await sqliteReadModels(file()) };
  if (share === undefined) return { rows: await openerOf('answers', answers, ANSWERS)(answers) };
  return { rows: await openerOf('answers', answers, sharedAnswers(share))(answers), share };
};

const openStores = async (place: Place, folder: DataFolder | undefined, opened: Closing[]) => {
  const keep = <Store extends Closing>(store: Store): Store => (opened.push(store), store);
  const inFolder = (name: 'logFile' | 'answersFile'): string => {
    if (!folder) throw new Error(`no folder was opened for ${name}`);
    return folder[name];
  };
  const served = place.log === undefined ? undefined : await openerOf('log', place.log, LOGS)(place.log);
  const own = served ? undefined : await sqliteEventLog(inFolder('logFile'));
  const log: OpenedLog | undefined = served?.log ?? own;
  if (!log) throw new Error('no log was opened');
  keep(log);
  const ownLetters = served?.deadLetters && keep(served.deadLetters);
  // Where nobody takes signals in, there are no letters, and no folder.
  const lettersHere = async (): Promise<DeadLetters> =>
    folder ? keep(await sqliteDeadLetters(folder.logFile)) : memoryDeadLetters();
  const deadLetters = ownLetters ?? (await lettersHere());
  const answers = await openAnswers(place, () => inFolder('answersFile'));
  keep(answers.rows);
  return { log, streamed: own, deadLetters, answers };
};

/** It is where the answers are. */
const openPublished = ({ answers }: Place, folder: DataFolder | undefined): Promise<Published> => {
  if (answers !== undefined) return openerOf('answers', answers, PUBLISHED)(answers);
  if (!folder) throw new Error('no folder was opened for what was published');
  return sqlitePublished(folder.publishedFile);
};

/** Throws an InputError for a connection string that nobody here can open, before anything is opened. */
const checkPlace = ({ log, answers }: Place): void => {
  if (log !== undefined) openerOf('log', log, LOGS);
  if (answers !== undefined) openerOf('answers', answers, ANSWERS);
};

/** Derives everything anew in bulk, by two threads where that is worth it and the answers are a file. */
const rebuilderOf =
  ({ logFile }: DataFolder, log: CheckedEventLog): NonNullable<Workspace['rebuild']> =>
  async (ruling: Ruling, rows, onPage) => {
    if (!isLoadable(rows)) throw new Error('these rows cannot be loaded in bulk');
    const isLong = (await log.size()) >= WORTH_A_THREAD;
    const load = await rows.load();
    const { ruleSet } = ruling.plan;
    const crew =
      isLong && takesCells(load)
        ? startCrew({ logFile, ruleSet, load, threads: REBUILD_THREADS })
        : undefined;
    return rebuild({ ...ruling, log, load, crew, ...(onPage ? { onPage } : {}) });
  };

const openWorkspace = async (place: Place): Promise<Workspace> => {
  checkPlace(place);
  const onServers = [place.log, place.answers].filter((connection) => connection !== undefined).length;
  const needsFolder = onServers < 2 || place.takesSignals !== false;
  const folder = needsFolder ? await openDataFolder(place.folder, place.servedAt) : undefined;
  const opened: Closing[] = [];
  const close = async (): Promise<void> => {
    for (const store of opened.toReversed()) await store.close();
    folder?.release();
  };
  try {
    const { log, streamed, deadLetters, answers } = await openStores(place, folder, opened);
    const isEmbedded = onServers === 0;
    return {
      log,
      deadLetters,
      answers: answers.rows,
      ...projecting(isEmbedded ? folder : undefined, log, answers),
      ...(folder && streamed && isLoadable(answers.rows) ? { rebuild: rebuilderOf(folder, streamed) } : {}),
      isEmbedded,
      published: once(async () => {
        const published = await openPublished(place, folder);
        opened.push(published);
        return published;
      }),
      beside: temporaryAnswers,
      integrity: async () => (await log.integrityCheck?.()) ?? [],
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};

async function* readFile({
  path,
  split,
  format,
  ...request
}: FileRequest): AsyncIterable<readonly Arrival[]> {
  const pages = format === 'whole' ? readWhole(path, request) : readRows(path, { ...request, format });
  for await (const items of pages)
    yield split ? items.flatMap((item) => splitArrival({ split }, item)) : items;
}

const readDelivery = (delivery: Delivery): readonly Arrival[] =>
  readBody({ ...delivery, dialect: tickmark.name, source: 'http' }).flatMap((item) =>
    splitArrival(tickmark, item),
  );

const readMapping = async (path: string): Promise<Mapping> => {
  const read = await readYaml(path, Mapping, (mapping) => checkMapping(mapping, ZONES));
  if (!read.ok) throw new InputError(`${path} is not a usable mapping:`, read.problems.map(problemText));
  return read.value;
};

/** The problems of a mapping, each with its place in the file. */
const placedIn = async (path: string, problems: readonly MappingProblem[]): Promise<readonly string[]> =>
  problems.length === 0 ? [] : problemsIn(await readYamlSource(path), problems).map(problemText);

const checkFile = async (mapping: Mapping, path: string, mappingPath: string): Promise<readonly string[]> => {
  const { format } = mapping;
  if (format !== 'csv' && format !== 'tsv') return [];
  return placedIn(mappingPath, checkColumns(mapping, await readHeader(path, format)));
};

const eventlog = (mapping: Mapping): Dialect => compileMapping(mapping, ZONES);

/** What the sources of a file may speak. */
const LANGUAGES: Languages = { vendors, zones: ZONES, tickmark, readMapping, eventlog, inSource };

export const DOORS: Doors = {
  isThere: existsSync,
  openWorkspace,
  readFile,
  readDelivery,
  checkPlace,
  tickmark,
  eventlog,
  readMapping,
  readSources: (path) => readSources(path, LANGUAGES),
  webhookFaults,
  openWebhooks,
  openKafka,
  readCluster: (path) => readCluster(path, LANGUAGES),
  openRecordTopic,
  checkFile,
  dialectNamed: (name) => dialectNamed(name, LANGUAGES),
  unseenPaths: (mapping, path, messages) => placedIn(path, unseenPaths(mapping, messages)),
  emptyStores: async () => ({ log: await memoryEventLog(), deadLetters: await memoryDeadLetters() }),
  standardInput: () => keepPiped(process.stdin),
  backup: backupLog,
  restore: restoreLog,
  demoWeek: (seed) => demoArrivals(seed, tickmark),
};

/** Runs one command line; the answer is the exit code. */
export const start = async (
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<number> => {
  const configuration = readConfig(environment);
  if (!configuration.ok) {
    process.stderr.write(`error: the environment is wrong:\n  ${configuration.problems.join('\n  ')}\n`);
    return 2;
  }
  const { config } = configuration;
  // `tickmark records | head`: whoever reads has had enough, which is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  // Whoever listened to the talk has gone, which is no reason for a process that serves to end.
  process.stderr.on('error', () => undefined);
  const logger = openLogger(config.logLevel);
  const context: Context = {
    doors: DOORS,
    terminal: terminalOf(config.color),
    config,
    environment,
    logger,
    now: instantOfNow,
    exit: () => undefined,
  };
  try {
    return await runProgram(context, argv);
  } catch (error) {
    logger.fatal({ error }, 'this is a bug in tickmark; please report it with this line');
    return 1;
  }
};
