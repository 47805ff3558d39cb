/** tickmark deadletters: what could not be understood, and trying it again. */
import { Command } from 'commander';
import { type DeadLetter, REJECTIONS, type RejectionCode } from '../../../schemas/signal.ts';
import { InputError } from '../../input-error.ts';
import { openIntake } from '../../intake.ts';
import { type Context, type DataOption, bringUpWithProgress, liveRules, withWorkspace } from '../context.ts';
import { DATA_FLAG } from '../flags.ts';
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

const find = async (
  letters: readonly DeadLetter[],
  prefixes: readonly string[],
): Promise<readonly DeadLetter[]> =>
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
        for (const letter of await find(await deadLetters.list(), [id])) {
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

interface RetryOptions extends DataOption {
  readonly mapping?: string;
}

const retryCommand = (context: Context): Command =>
  new Command('retry')
    .description('Translates dead letters again, with a corrected mapping or a newer program.')
    .argument('[id...]', 'ids, or their beginnings; all that wait when none is named')
    .option('-m, --mapping <file>', 'the corrected mapping, for letters of imported files')
    .option(...DATA_FLAG)
    .addHelpText(
      'after',
      '\nExamples:\n  $ tickmark deadletters retry\n  $ tickmark deadletters retry 3fa1 --mapping bank.yaml',
    )
    .action((ids: readonly string[], options: RetryOptions) =>
      withWorkspace(context, options, async (workspace) => {
        const { deadLetters, log } = workspace;
        const waiting = await deadLetters.list('waiting');
        const letters = ids.length === 0 ? waiting : await find(waiting, ids);
        const { doors } = context;
        const dialects =
          options.mapping === undefined
            ? [doors.tickmark]
            : [doors.tickmark, doors.eventlog(await doors.readMapping(options.mapping))];
        if (options.mapping === undefined && letters.some(({ signal }) => signal.dialect === 'eventlog'))
          context.terminal.talk('Letters of imported files are tried again only with --mapping FILE.');
        const ready = letters.filter(
          ({ signal, rejection }) =>
            !UNREADABLE.has(rejection.code) && dialects.some(({ name }) => name === signal.dialect),
        );
        if (letters.some(({ rejection }) => UNREADABLE.has(rejection.code)))
          context.terminal.talk(
            'Lines that could not be read at all are mended in their file and imported again.',
          );
        const intake = openIntake({ log, deadLetters, dialects });
        let resolved = 0;
        for (const { id, signal } of ready) {
          const { rejected } = await intake.take([{ status: 'signal', signal }]);
          if (rejected > 0) continue;
          await deadLetters.resolve([id]);
          resolved += 1;
        }
        await bringUpWithProgress(context, workspace, await liveRules(context, workspace));
        context.terminal.out(
          `${resolved} of ${counted(letters.length, 'dead letter')} resolved, ${letters.length - resolved} still wait.`,
        );
        if (resolved < letters.length) context.exit(3);
      }),
    );

export const deadLettersCommand = (context: Context): Command =>
  new Command('deadletters')
    .summary('what could not be understood')
    .description('Signals that could not be translated are kept with their reason until they can.')
    .addCommand(lsCommand(context))
    .addCommand(showCommand(context))
    .addCommand(retryCommand(context))
    .addHelpText(
      'after',
      '\nExamples:\n  $ tickmark deadletters ls\n  $ tickmark deadletters show 3fa1\n  $ tickmark deadletters retry --mapping bank.yaml',
    );
