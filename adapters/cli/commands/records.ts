/** tickmark records: the time records, one a line. */
import { Command, Option } from 'commander';
import { TimeRecord } from '../../../schemas/record.ts';
import { type RecordsAsked, askRecords } from '../../questions/records.ts';
import { type Context, type DataOption, withAnswers } from '../context.ts';
import { DATA_FLAG, readWholeNumber } from '../flags.ts';
import { localTime } from '../local-time.ts';
import { recordsCsv, recordsTable } from '../render/record-list.ts';

interface RecordsOptions extends DataOption, RecordsAsked {
  readonly agent?: string;
  readonly limit: string;
  readonly format: 'table' | 'csv' | 'json';
}

const run = (context: Context, options: RecordsOptions): Promise<void> =>
  withAnswers(context, options, async ({ workspace, ruling }) => {
    const { answers } = workspace;
    const { plan } = ruling;
    const { zone } = plan.ruleSet;
    const limit = readWholeNumber('--limit', options.limit);
    const asked = { ...options, who: options.who ?? options.agent };
    const records = await askRecords(asked, { limit }, { rows: answers, plan });
    const { terminal } = context;
    if (options.format === 'json') for (const record of records) terminal.out(JSON.stringify(record));
    else if (options.format === 'csv') terminal.out(recordsCsv(records, localTime(zone)).trimEnd());
    else if (records.length === 0) terminal.talk('No record fits.');
    else terminal.out(recordsTable(records, localTime(zone), terminal));
    if (records.length === limit)
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
    .option('--from <day>', 'only what touches this local day or a later one')
    .option('--to <day>', 'only what touches this local day or an earlier one')
    .option('--limit <n>', 'at most this many', '50')
    .addOption(
      new Option('--format <format>', 'how to print them').choices(['table', 'csv', 'json']).default('table'),
    )
    .option(...DATA_FLAG)
    .addHelpText(
      'after',
      '\nExamples:\n  $ tickmark records --who DORIT --week 1999-W06\n  $ tickmark records --from 1999-02-08 --to 1999-02-10\n  $ tickmark records --limit 1000000 --format json > records.ndjson',
    )
    .action((options: RecordsOptions) => run(context, options));
