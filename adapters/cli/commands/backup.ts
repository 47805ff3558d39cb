/** tickmark backup and restore: a copy of the log, and a data folder made of one. */
import { Command } from 'commander';
import { InputError } from '../../input-error.ts';
import { type Context, type DataOption, withAnswers } from '../context.ts';
import { DATA_FLAG } from '../flags.ts';
import { counted } from '../render/figures.ts';

interface BackupOptions extends DataOption {
  readonly force?: boolean;
  readonly json?: boolean;
}

const MB = 1_000_000;

/** What is on a server is backed up by the server's own tools. */
const insistOnFiles = ({ config }: Context, verb: string): void => {
  if (config.log !== undefined)
    throw new InputError(
      `TICKMARK_LOG puts the log on a server, and ${verb} works on data folders: use the server's own tools (docs/operations.md)`,
    );
};

const back = async (context: Context, file: string, options: BackupOptions): Promise<void> => {
  insistOnFiles(context, 'backup');
  const { doors, terminal, config } = context;
  const progress = terminal.progress('copying');
  const copied = await doors.backup(options.data ?? config.dataFolder, file, {
    replaces: options.force === true,
    onProgress: (done, total) => progress.update(done, total),
  });
  progress.end({ events: copied.events });
  const { events, deadLetters, bytes } = copied;
  terminal.out(
    options.json
      ? JSON.stringify({ file, ...copied })
      : `${file}: ${counted(events, 'event')} and ${counted(deadLetters, 'dead letter')}, checked; ${(bytes / MB).toFixed(1)} MB.`,
  );
};

const restore = async (context: Context, file: string, options: DataOption): Promise<void> => {
  insistOnFiles(context, 'restore');
  const folder = options.data ?? context.config.dataFolder;
  if (!context.doors.isThere(file)) throw new InputError(`${file}: there is no such file`);
  const { events, deadLetters } = await context.doors.restore(file, folder);
  context.terminal.out(
    `${folder}: ${counted(events, 'event')} and ${counted(deadLetters, 'dead letter')} restored.`,
  );
  await withAnswers(context, { data: folder }, async ({ ruling: { lens } }) =>
    context.terminal.out(`The answers are derived again, under ${lens.ruleSet}@${lens.version}.`),
  );
};

export const backupCommand = (context: Context): Command =>
  new Command('backup')
    .summary('copy the log into one file, also while it is written')
    .description(
      'Copies the log (events, rule sets, dead letters) as it is at one moment, checks the copy, and only then gives it\n' +
        'its name. Works while tickmark serve runs. The answers are not in it: restore derives them again.',
    )
    .argument('<file>', 'where the copy is written')
    .option('--force', 'replace a file that is there')
    .option('--json', 'print what was copied as JSON')
    .option(...DATA_FLAG)
    .addHelpText(
      'after',
      '\nExamples:\n  $ tickmark backup /backups/monday.tickmark\n  $ tickmark backup latest.tickmark --force',
    )
    .action((file: string, options: BackupOptions) => back(context, file, options));

export const restoreCommand = (context: Context): Command =>
  new Command('restore')
    .summary('make a data folder of a backup')
    .description(
      'Checks a backup, makes a data folder of it and derives the answers again. Refuses a folder that holds anything.',
    )
    .argument('<file>', 'what tickmark backup wrote')
    .option(...DATA_FLAG)
    .addHelpText(
      'after',
      '\nExample:\n  $ tickmark restore /backups/monday.tickmark --data /var/lib/tickmark',
    )
    .action((file: string, options: DataOption) => restore(context, file, options));
