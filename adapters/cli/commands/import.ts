/** tickmark import: a file of signals into the log. */
import { Command } from 'commander';
import { byName } from '../../dialect-of.ts';
import { InputError } from '../../input-error.ts';
import { type IntakeCounts, NO_COUNTS, addCounts, openIntake } from '../../intake.ts';
import { applyRules } from '../../live.ts';
import { readRules } from '../../rule-file.ts';
import type { Projector } from '../../projector.ts';
import type { Sources } from '../../sources.ts';
import type { Workspace } from '../../workspace.ts';
import {
  type Context,
  type DataOption,
  type SourcesOption,
  liveRules,
  readSourcesOf,
  withWorkspace,
} from '../context.ts';
import { type FileSource, mappedFile, requestFor, sourceFile } from '../file-source.ts';
import { DATA_FLAG, SOURCES_FLAG, readWholeNumber } from '../flags.ts';
import { counted, grouped } from '../render/figures.ts';

interface ImportOptions extends DataOption, SourcesOption {
  readonly mapping?: string;
  readonly rules?: string;
  readonly source?: string;
  readonly batch: string;
  readonly json?: boolean;
}

/** As a source sends it, through a mapping, or as our own CloudEvents. */
const sourceOf = async (
  { doors }: Context,
  path: string,
  sources: Sources,
  options: ImportOptions,
): Promise<FileSource> => {
  if (options.mapping === undefined && sources.size > 0) return sourceFile(path, sources, options.source);
  if (options.mapping === undefined && /\.(csv|tsv|txt|xlsx?)$/i.test(path) && doors.isThere(path))
    throw new InputError(
      `${path} is no file of CloudEvents: say how its rows are to be read with --mapping (see docs/mapping.md)`,
    );
  if (options.mapping === undefined)
    return {
      path,
      dialect: doors.tickmark,
      format: 'ndjson',
      source: options.source ?? 'file',
      keepDuplicates: false,
    };
  const mapping = await doors.readMapping(options.mapping);
  return mappedFile(doors, path, { mapping, mappingPath: options.mapping }, options.source);
};

/** Reads one file through the corridor, a batch at a time, each durable before the next is taken. */
const importFile = async (
  { doors, terminal, now, logger }: Context,
  { log, deadLetters }: Workspace,
  projector: Projector,
  file: FileSource,
  size: number,
): Promise<IntakeCounts> => {
  const { path, source } = file;
  const intake = openIntake({ log, deadLetters, dialectOf: byName(file.dialect) });
  const progress = terminal.progress(`importing ${path}`);
  let counts = NO_COUNTS;
  let bytes: readonly [number, number] = [0, 0];
  const arrivals = doors.readFile({
    ...requestFor(file, now),
    onProgress: (read, total) => (bytes = [read, total]),
  });
  for await (const page of arrivals)
    for (let at = 0; at < page.length; at += size) {
      const taken = await intake.take(page.slice(at, at + size));
      projector.nudge(taken.appended);
      counts = addCounts(counts, taken);
      progress.update(bytes[0], bytes[1], { signals: counts.signals, rejected: counts.rejected });
    }
  logger.info({ path, source, ...counts }, 'imported');
  progress.end({ signals: counts.signals, events: counts.appended, rejected: counts.rejected });
  return counts;
};

const summaryOf = (path: string, counts: IntakeCounts): string => {
  const ignored = Object.entries(counts.ignored).map(
    ([because, count]) => `${grouped(count)} ignored (${because})`,
  );
  return [
    `${path}: ${counted(counts.signals, 'signal')}: ${grouped(counts.accepted)} accepted`,
    ...ignored,
    `${counted(counts.rejected, 'dead letter')}; ${counted(counts.appended, 'event')} added, ${grouped(counts.duplicates)} known already.`,
  ].join(', ');
};

const importAll = async (
  context: Context,
  workspace: Workspace,
  sources: readonly FileSource[],
  options: ImportOptions,
  size: number,
): Promise<IntakeCounts> => {
  const { plan } = await liveRules(context, workspace);
  const projector = workspace.projector(plan.ruleSet);
  try {
    let counts = NO_COUNTS;
    for (const source of sources) {
      const own = await importFile(context, workspace, projector, source, size);
      counts = addCounts(counts, own);
      context.terminal.out(
        options.json ? JSON.stringify({ file: source.path, ...own }) : summaryOf(source.path, own),
      );
    }
    await projector.finish();
    return counts;
  } finally {
    await projector.stop();
  }
};

/** A file of sources that only the environment names is no word about files that come through a mapping or as ours. */
const importedSources = (context: Context, options: ImportOptions): Promise<Sources> => {
  if (options.sources !== undefined && options.mapping !== undefined)
    throw new InputError('--mapping says what a file means, and so does --sources: leave one of them out');
  const isAsked =
    options.sources !== undefined || (options.mapping === undefined && options.source !== undefined);
  return isAsked ? readSourcesOf(context, options) : Promise.resolve(new Map());
};

const run = async (context: Context, files: readonly string[], options: ImportOptions): Promise<void> => {
  // Everything that the user may have written wrong is read before anything is opened or changed.
  const size = readWholeNumber('--batch', options.batch, 100_000);
  const ruling = options.rules === undefined ? undefined : await readRules(options.rules);
  const sources = await importedSources(context, options);
  const read: FileSource[] = [];
  for (const file of files) read.push(await sourceOf(context, file, sources, options));
  await withWorkspace(context, options, async (workspace) => {
    if (ruling) await applyRules(workspace, ruling, context.now());
    const { rejected } = await importAll(context, workspace, read, options, size);
    if (rejected === 0) return context.terminal.talk('Next: tickmark report week');
    context.terminal.talk(
      `${counted(rejected, 'signal')} could not be understood, all kept: tickmark deadletters ls`,
    );
    context.exit(3);
  });
};

export const importCommand = (context: Context): Command =>
  new Command('import')
    .summary('read a file of signals into the log')
    .description(
      'Reads CSV, TSV, NDJSON and JSON files through a mapping file, or, without a mapping, our own CloudEvents (one JSON object a line).\n' +
        'Importing a file twice adds nothing. What cannot be understood is kept as a dead letter and the rest goes on.',
    )
    .argument('<file...>', 'the files to read')
    .option('-m, --mapping <file>', 'how the rows become events (YAML); see examples/')
    .option('-r, --rules <file>', 'apply this rule set first, as `tickmark rules apply` does')
    .option(...SOURCES_FLAG)
    .option(
      '--source <name>',
      'the system the signals come from; overrules the mapping, and with --sources names whose messages they are',
    )
    .option('--batch <n>', 'signals made durable at once', '2000')
    .option('--json', 'print the summary as JSON')
    .option(...DATA_FLAG)
    .addHelpText(
      'after',
      `
Examples:
  $ tickmark import calls.txt --mapping examples/bank/mapping.yaml --rules examples/bank/rules.yaml
  $ tickmark import signals.ndjson
  $ tickmark import captured.json --sources sources.yaml --source helpdesk
Exit codes: 0 done, 2 the mapping or a flag is wrong, 3 done, but some signals became dead letters.`,
    )
    .action((files: readonly string[], options: ImportOptions) => run(context, files, options));
