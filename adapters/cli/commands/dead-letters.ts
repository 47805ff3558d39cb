/** tickmark deadletters: what could not be understood, and trying it again. */
import { Command } from 'commander';
import { type DeadLetter, REJECTIONS, type RejectionCode } from '../../../schemas/signal.ts';
import type { Mapping } from '../../../schemas/mapping.ts';
import { byName, bySource } from '../../dialect-of.ts';
import { InputError } from '../../input-error.ts';
import { openIntake } from '../../intake.ts';
import type { Sources } from '../../sources.ts';
import type { Workspace } from '../../workspace.ts';
import {
  type Context,
  type DataOption,
  type SourcesOption,
  bringUpWithProgress,
  liveRules,
  readSourcesOf,
  withWorkspace,
} from '../context.ts';
import { DATA_FLAG, SOURCES_FLAG } from '../flags.ts';
import { counted } from '../render/figures.ts';
import { drawTable, row } from '../render/table.ts';
import { printable } from '../render/text-width.ts';

/** As much of an id as people type. */
const SHORT = 8;

const placeOf = ({ signal: { origin, line } }: DeadLetter): string =>
  `${origin ?? ''}${line === undefined ? '' : `:${line}`}`;

const lsCommand = (context: Context): Command =>
  new Command('ls')
    .description('The dead letters that wait, oldest first.')
    .option('--all', 'the resolved ones too')
    .option('--json', 'one JSON object a line')
    .option(...DATA_FLAG)
    .addHelpText(
      'after',
      '\nExamples:\n  $ tickmark deadletters ls\n  $ tickmark deadletters ls --all --json',
    )
    .action((options: DataOption & { readonly all?: boolean; readonly json?: boolean }) =>
      withWorkspace(context, options, async ({ deadLetters }) => {
        const letters = await deadLetters.list(options.all ? undefined : 'waiting');
        const { out, talk, color, width } = context.terminal;
        if (options.json) for (const letter of letters) out(JSON.stringify(letter));
        else if (letters.length === 0) talk('No dead letters.');
        else
          out(
            drawTable(
              {
                columns: [{ title: 'Id' }, { title: 'Where' }, { title: 'Code' }, { title: 'Why' }],
                rows: letters.map((letter) =>
                  row(
                    letter.id.slice(0, SHORT),
                    placeOf(letter),
                    letter.rejection.code,
                    printable(letter.rejection.message),
                  ),
                ),
              },
              { color, width: Math.max(width, 160) },
            ).join('\n'),
          );
      }),
    );

const find = (letters: readonly DeadLetter[], prefixes: readonly string[]): readonly DeadLetter[] =>
  prefixes.map((prefix) => {
    const [first, second] = letters.filter(({ id }) => id.startsWith(prefix));
    if (!first)
      throw new InputError(
        `no dead letter begins with "${prefix}"; list them: tickmark deadletters ls --all`,
      );
    if (second) throw new InputError(`several dead letters begin with "${prefix}"; write more of the id`);
    return first;
  });

const showCommand = (context: Context): Command =>
  new Command('show')
    .description('One dead letter with its raw text.')
    .argument('<id>', 'the id, or its beginning')
    .option('--json', 'as JSON')
    .option(...DATA_FLAG)
    .addHelpText('after', '\nExample:\n  $ tickmark deadletters show 3fa1')
    .action((id: string, options: DataOption & { readonly json?: boolean }) =>
      withWorkspace(context, options, async ({ deadLetters }) => {
        for (const letter of find(await deadLetters.list(), [id])) {
          const { signal, rejection } = letter;
          if (options.json) context.terminal.out(JSON.stringify(letter));
          else
            context.terminal.out(
              [
                `${letter.id}  ${letter.status}`,
                `where   ${placeOf(letter)} (source ${signal.source}, dialect ${signal.dialect})`,
                `code    ${rejection.code}: ${REJECTIONS[rejection.code]}`,
                `why     ${printable(rejection.message)}`,
                `raw     ${signal.raw.length > 2_000 ? `${printable(signal.raw.slice(0, 2_000))}... (${signal.raw.length} characters; --json prints all)` : printable(signal.raw)}`,
              ].join('\n'),
            );
        }
      }),
    );

/** What the carrier could not read has lost or changed characters in its text: translating that would be a guess. */
const UNREADABLE: ReadonlySet<RejectionCode> = new Set(['encoding', 'line-too-long'] as const);

interface RetryOptions extends DataOption, SourcesOption {
  readonly mapping?: string;
}

/** What letters are tried again with. */
interface Means {
  readonly mapping: Mapping | undefined;
  readonly sources: Sources;
}

/** Why a letter is left alone this time, or undefined when it can be tried. */
const leftAlone = (
  { signal, rejection }: DeadLetter,
  { mapping, sources }: Means,
  named: boolean,
): string | undefined => {
  if (UNREADABLE.has(rejection.code))
    return 'lines that could not be read at all are mended in their file and imported again';
  if (signal.dialect === 'tickmark' || sources.get(signal.source)?.dialect.name === signal.dialect)
    return undefined;
  if (signal.dialect !== 'eventlog')
    return `letters of ${signal.source}, in ${signal.dialect}, are tried again with --sources FILE that names it`;
  if (!mapping) return 'letters of imported files are tried again with --mapping FILE';
  // Another system's columns may fit by chance and mean something else.
  if (!named && mapping.source !== signal.source)
    return `letters from ${signal.source} need their own mapping, not the one of ${mapping.source}`;
  return undefined;
};

const retry = async (
  context: Context,
  workspace: Workspace,
  ids: readonly string[],
  means: Means,
): Promise<void> => {
  const { doors, terminal, now } = context;
  const waiting = await workspace.deadLetters.list('waiting');
  const letters = ids.length === 0 ? waiting : find(waiting, ids);
  const { mapping, sources } = means;
  const ours = mapping ? [doors.tickmark, doors.eventlog(mapping)] : [doors.tickmark];
  const intake = openIntake({ ...workspace, dialectOf: bySource(sources, byName(...ours)), now });
  const reasons = new Set<string>();
  let resolved = 0;
  for (const letter of letters) {
    const reason = leftAlone(letter, means, ids.length > 0);
    if (reason !== undefined) reasons.add(reason);
    else if ((await intake.take([{ status: 'signal', signal: letter.signal }])).rejected === 0) resolved += 1;
  }
  for (const reason of reasons) terminal.talk(`Left alone: ${reason}.`);
  await bringUpWithProgress(context, workspace, await liveRules(context, workspace));
  terminal.out(
    `${resolved} of ${counted(letters.length, 'dead letter')} resolved, ${letters.length - resolved} still wait.`,
  );
  if (resolved < letters.length) context.exit(3);
};

const retryCommand = (context: Context): Command =>
  new Command('retry')
    .description('Translates dead letters again, with a corrected mapping or a newer program.')
    .argument('[id...]', "ids, or their beginnings; when none is named, all of the mapping's source")
    .option('-m, --mapping <file>', 'the corrected mapping, for letters of imported files')
    .option(...SOURCES_FLAG)
    .option(...DATA_FLAG)
    .addHelpText(
      'after',
      '\nExamples:\n  $ tickmark deadletters retry --mapping bank.yaml\n  $ tickmark deadletters retry 3fa1 --mapping bank.yaml\n  $ tickmark deadletters retry --sources sources.yaml',
    )
    .action(async (ids: readonly string[], options: RetryOptions) => {
      const mapping =
        options.mapping === undefined ? undefined : await context.doors.readMapping(options.mapping);
      const means: Means = { mapping, sources: await readSourcesOf(context, options) };
      await withWorkspace(context, options, (workspace) => retry(context, workspace, ids, means));
    });

const dismissCommand = (context: Context): Command =>
  new Command('dismiss')
    .description('Says that a dead letter needs nothing more; it is kept, and listed with ls --all.')
    .argument('<id...>', 'ids, or their beginnings')
    .option(...DATA_FLAG)
    .addHelpText('after', '\nExample:\n  $ tickmark deadletters dismiss 3fa1')
    .action((ids: readonly string[], options: DataOption) =>
      withWorkspace(context, options, async ({ deadLetters }) => {
        const letters = find(await deadLetters.list('waiting'), ids);
        await deadLetters.resolve(letters.map(({ id }) => id));
        context.terminal.out(`${counted(letters.length, 'dead letter')} dismissed.`);
      }),
    );

export const deadLettersCommand = (context: Context): Command =>
  new Command('deadletters')
    .summary('what could not be understood')
    .description('Signals that could not be translated are kept with their reason until they can.')
    .addCommand(lsCommand(context))
    .addCommand(showCommand(context))
    .addCommand(retryCommand(context))
    .addCommand(dismissCommand(context))
    .addHelpText(
      'after',
      '\nExamples:\n  $ tickmark deadletters ls\n  $ tickmark deadletters show 3fa1\n  $ tickmark deadletters retry --mapping bank.yaml',
    );
