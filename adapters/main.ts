/** The composition root: the only file that sees every room. It opens the doors and starts the command line. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localToInstants } from '../engine/index.ts';
import { Mapping } from '../schemas/mapping.ts';
import type { Signal } from '../schemas/signal.ts';
import { rebuild } from '../projections/index.ts';
import type { ReadModels } from '../projections/ports.ts';
import { readHeader, readRows } from './carriers/file/read-rows.ts';
import { type Context, type Terminal } from './cli/context.ts';
import { instantOfNow } from './cli/local-time.ts';
import { runProgram } from './cli/program.ts';
import { progress } from './cli/render/progress.ts';
import { readConfig } from './config.ts';
import { demoWeek } from './demo/week.ts';
import { checkColumns, checkMapping } from './dialects/eventlog/check-mapping.ts';
import { compileMapping } from './dialects/eventlog/compile-mapping.ts';
import { splitBatch, tickmark } from './dialects/tickmark.ts';
import type { Doors, FileRequest } from './doors.ts';
import { InputError } from './input-error.ts';
import type { Arrival } from './intake.ts';
import { openLogger } from './logger.ts';
import { startProjector } from './projector-thread.ts';
import { startCrew } from './rebuild-thread.ts';
import {
  type SqliteReadModels,
  openDataFolder,
  sqliteDeadLetters,
  sqliteEventLog,
  sqliteReadModels,
} from './stores/sqlite/index.ts';
import type { Workspace } from './workspace.ts';
import { problemText, problemsIn, readYaml, readYamlSource } from './yaml-file.ts';

const ZONES = { toInstants: localToInstants };

/** Answers in a folder of their own, which goes with them. */
/** A thread needs a quarter of a second before it is of any use. */
const WORTH_A_THREAD = 20_000;
/** Beside the main thread, which derives too. */
const REBUILD_THREADS = 1;

/** The answers of a workspace here are all ours. */
const loadable = (rows: ReadModels): SqliteReadModels => {
  if ('load' in rows) return rows as SqliteReadModels;
  throw new Error('these rows cannot be loaded in bulk');
};

const temporaryAnswers = async (): Promise<ReadModels> => {
  const folder = await mkdtemp(join(tmpdir(), 'tickmark-beside-'));
  const answers = await sqliteReadModels(join(folder, 'answers.db'));
  return {
    ...answers,
    close: async () => {
      await answers.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const openWorkspace = async (path: string): Promise<Workspace> => {
  const folder = await openDataFolder(path);
  const opened: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    for (const store of opened.toReversed()) await store.close();
    folder.release();
  };
  try {
    const log = await sqliteEventLog(folder.logFile);
    opened.push(log);
    const deadLetters = await sqliteDeadLetters(folder.logFile);
    opened.push(deadLetters);
    const answers = await sqliteReadModels(folder.answersFile);
    opened.push(answers);
    return {
      path: folder.path,
      log,
      deadLetters,
      answers,
      projector: (ruleSet) =>
        startProjector({ logFile: folder.logFile, answersFile: folder.answersFile, ruleSet }),
      rebuild: async (ruling, rows, onPage) => {
        const load = await loadable(rows).load();
        return rebuild({
          ...ruling,
          log,
          load,
          crew: (ground) =>
            ground.survey.position < WORTH_A_THREAD
              ? undefined
              : startCrew({
                  logFile: folder.logFile,
                  ruleSet: ruling.plan.ruleSet,
                  ground,
                  load,
                  threads: REBUILD_THREADS,
                }),
          ...(onPage ? { onPage } : {}),
        });
      },
      beside: temporaryAnswers,
      integrity: () => log.integrityCheck(),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};

/** A line of our own CloudEvents may hold a batch; each member is a signal of its own. */
const members = (item: Arrival): readonly Arrival[] =>
  item.status === 'rejected'
    ? [item]
    : splitBatch(item.signal).map((signal) => ({ status: 'signal', signal }));

async function* readFile({ path, ...request }: FileRequest): AsyncIterable<readonly Arrival[]> {
  for await (const items of readRows(path, request))
    yield request.dialect === tickmark.name ? items.flatMap(members) : items;
}

const readMapping = async (path: string): Promise<Mapping> => {
  const read = await readYaml(path, Mapping, (mapping) => checkMapping(mapping, ZONES));
  if (!read.ok) throw new InputError(`${path} is not a usable mapping:`, read.problems.map(problemText));
  return read.value;
};

const SEPARATORS = { csv: /[;\t|]/, tsv: /[,;|]/ } as const;

const checkFile = async (mapping: Mapping, path: string, mappingPath: string): Promise<readonly string[]> => {
  const { format } = mapping;
  if (format === 'ndjson') return [];
  const header = await readHeader(path, format);
  const [only = ''] = header;
  const separator = SEPARATORS[format].exec(only)?.[0];
  if (header.length === 1 && separator !== undefined)
    return [
      `the header looks separated by "${separator}", and ${format} is read with ${format === 'csv' ? 'commas' : 'tabs'}: save the file so, or write the other format in the mapping`,
    ];
  const misfits = checkColumns(mapping, header);
  if (misfits.length === 0) return [];
  return problemsIn(await readYamlSource(mappingPath), misfits).map(problemText);
};

const demoArrivals = (seed: number): readonly Arrival[] => {
  const { signals, receivedAtMs } = demoWeek(seed);
  return signals.flatMap((raw, index) => {
    const receivedAt = receivedAtMs[index];
    if (receivedAt === undefined) throw new Error(`demo signal ${index} was never received`);
    const signal: Signal = {
      source: 'demo',
      dialect: tickmark.name,
      receivedAt,
      origin: 'demo',
      line: index + 1,
      raw,
    };
    return members({ status: 'signal', signal });
  });
};

export const DOORS: Doors = {
  isThere: existsSync,
  openWorkspace,
  readFile,
  tickmark,
  eventlog: (mapping) => compileMapping(mapping, ZONES),
  readMapping,
  checkFile,
  demoWeek: demoArrivals,
};

const WIDTH = 110;

const terminalOf = (color: boolean): Terminal => ({
  out: (text) => void process.stdout.write(`${text.trimEnd()}\n`),
  talk: (text) => void process.stderr.write(`${text}\n`),
  progress: (label) =>
    progress({
      stream: process.stderr,
      isTty: process.stderr.isTTY,
      now: () => performance.now(),
      label,
      width: process.stderr.columns ?? 80,
    }),
  color: color && process.stdout.isTTY,
  width: process.stdout.columns ?? WIDTH,
});

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
  const logger = openLogger(config.logLevel);
  const context: Context = {
    doors: DOORS,
    terminal: terminalOf(config.color),
    config,
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
