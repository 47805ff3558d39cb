/** tickmark records: the time records, one a line. */
import { Command, Option } from 'commander';
import type { RecordFilter } from '../../../projections/ports.ts';
import { actorId, subjectId } from '../../../schemas/brand.ts';
import { TimeRecord } from '../../../schemas/record.ts';
import { type Context, type DataOption, withAnswers } from '../context.ts';
import { DATA_FLAG, boundsOfWeek, readWeek, readWholeNumber } from '../flags.ts';
import { localTime } from '../local-time.ts';
import { kindMeant, measureMeant, personMeant } from '../meant.ts';
import { recordsCsv, recordsTable } from '../render/record-list.ts';

interface RecordsOptions extends DataOption {
  readonly who?: string;
  readonly agent?: string;
  readonly subject?: string;
  readonly status?: TimeRecord['status'];
  readonly measure?: string;
  readonly kind?: string;
  readonly week?: string;
  readonly limit: string;
  readonly format: 'table' | 'csv' | 'json';
}

const whoOf = ({ who, agent }: RecordsOptions): string | undefined => who ?? agent;

const filterOf = (options: RecordsOptions, zone: string): RecordFilter => ({
  ...(whoOf(options) === undefined ? {} : { actor: actorId(whoOf(options) ?? '') }),
  ...(options.subject === undefined ? {} : { subject: subjectId(options.subject) }),
  ...(options.status === undefined ? {} : { status: options.status }),
  ...(options.measure === undefined ? {} : { measure: options.measure }),
  ...(options.kind === undefined ? {} : { kind: options.kind }),
  ...(options.week === undefined ? {} : boundsOfWeek(readWeek(options.week), zone)),
  limit: readWholeNumber('--limit', options.limit),
});

const run = (context: Context, options: RecordsOptions): Promise<void> =>
  withAnswers(context, options, async (answering) => {
    const { workspace, ruling } = answering;
    await personMeant(whoOf(options), answering);
    kindMeant(options.kind, answering);
    if (options.measure !== undefined) measureMeant(options.measure, answering);
    const { zone } = ruling.plan.ruleSet;
    const filter = filterOf(options, zone);
    const records = await workspace.answers.records(filter);
    const { terminal } = context;
    if (options.format === 'json') for (const record of records) terminal.out(JSON.stringify(record));
    else if (options.format === 'csv') terminal.out(recordsCsv(records, localTime(zone)).trimEnd());
    else if (records.length === 0) terminal.talk('No record fits.');
    else terminal.out(recordsTable(records, localTime(zone), terminal));
    if (records.length === filter.limit)
      terminal.talk(`These are the first ${records.length}; there may be more: --limit.`);
  });

export const recordsCommand = (context: Context): Command =>
  new Command('records')
    .summary('the time records, one a line')
    .description('The time records in order of time; --format json prints everything known about each.')
    .option('--who <name>', 'only this person')
    .addOption(new Option('--agent <name>', 'the same as --who').hideHelp())
    .option('--subject <id>', 'only this subject, for instance call-4711')
    .addOption(new Option('--status <status>', 'only these').choices(TimeRecord.shape.status.options))
    .option('--kind <kind>', 'only this kind of work')
    .option('--measure <name>', 'only this measure')
    .option('--week <week>', 'only what touches this ISO week')
    .option('--limit <n>', 'at most this many', '50')
    .addOption(
      new Option('--format <format>', 'how to print them').choices(['table', 'csv', 'json']).default('table'),
    )
    .option(...DATA_FLAG)
    .addHelpText(
      'after',
      '\nExamples:\n  $ tickmark records --who DORIT --week 1999-W06\n  $ tickmark records --limit 1000000 --format json > records.ndjson',
    )
    .action((options: RecordsOptions) => run(context, options));
