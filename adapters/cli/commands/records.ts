/** tickmark records, timers and explain: one line a record, what still runs, and how a figure is known. */
import { Command, Option } from 'commander';
import { mondayOfWeek, zoneOf } from '../../../engine/index.ts';
import type { RecordFilter } from '../../../projections/ports.ts';
import { IsoWeek, actorId, durationMs, instantMs, recordId, subjectId } from '../../../schemas/brand.ts';
import type { InstantMs } from '../../../schemas/brand.ts';
import type { TimeRecord } from '../../../schemas/record.ts';
import { InputError } from '../../input-error.ts';
import { type Answering, type Context, type DataOption, withAnswers } from '../context.ts';
import { localTime } from '../local-time.ts';
import { csv } from '../render/csv.ts';
import { hoursMinutesSeconds } from '../render/duration.ts';
import { drawTable, row } from '../render/table.ts';
import { renderRecord } from '../render/record.ts';

interface RecordsOptions extends DataOption {
  readonly agent?: string;
  readonly subject?: string;
  readonly status?: TimeRecord['status'];
  readonly measure?: string;
  readonly kind?: string;
  readonly week?: string;
  readonly limit: string;
  readonly format: 'table' | 'csv' | 'json';
}

const boundsOfWeek = (text: string, zoneName: string): { fromMs: InstantMs; toMs: InstantMs } => {
  const week = IsoWeek.safeParse(text);
  if (!week.success) throw new InputError(`"${text}" is not a week: write 2026-W06`);
  const zone = zoneOf(zoneName);
  const monday = mondayOfWeek(week.data);
  return { fromMs: zone.startOfDay(monday), toMs: zone.startOfDay(monday + 7) };
};

const limitOf = (text: string): number => {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1)
    throw new InputError(`--limit takes a whole number, not "${text}"`);
  return limit;
};

const filterOf = (options: RecordsOptions, zone: string): RecordFilter => ({
  ...(options.agent === undefined ? {} : { actor: actorId(options.agent) }),
  ...(options.subject === undefined ? {} : { subject: subjectId(options.subject) }),
  ...(options.status === undefined ? {} : { status: options.status }),
  ...(options.measure === undefined ? {} : { measure: options.measure }),
  ...(options.kind === undefined ? {} : { kind: options.kind }),
  ...(options.week === undefined ? {} : boundsOfWeek(options.week, zone)),
  limit: limitOf(options.limit),
});

const printRecords = (
  context: Context,
  { ruling }: Answering,
  records: readonly TimeRecord[],
  format: RecordsOptions['format'],
): void => {
  const { out, color, width } = context.terminal;
  const at = localTime(ruling.plan.ruleSet.zone);
  if (format === 'json') for (const record of records) out(JSON.stringify(record));
  else if (format === 'csv')
    out(
      csv(
        [
          'id',
          'agent',
          'kind',
          'rule',
          'measure',
          'status',
          'from',
          'to',
          'counted_s',
          'rounded_s',
          'method',
        ],
        records.map((r) => [
          r.id,
          r.actor,
          r.kind,
          r.rule,
          r.measure,
          r.status,
          at(r.fromMs),
          at(r.toMs),
          r.countedMs / 1000,
          r.roundedMs / 1000,
          r.method,
        ]),
      ).trimEnd(),
    );
  else
    out(
      drawTable(
        {
          columns: [
            { title: 'From' },
            { title: 'To' },
            { title: 'Agent' },
            { title: 'Kind' },
            { title: 'Status' },
            { title: 'Counted', align: 'right' },
            { title: 'Record' },
          ],
          rows: records.map((r) =>
            row(at(r.fromMs), at(r.toMs), r.actor, r.kind, r.status, hoursMinutesSeconds(r.countedMs), r.id),
          ),
        },
        { color, width: Math.max(width, 400) },
      ).join('\n'),
    );
};

export const recordsCommand = (context: Context): Command =>
  new Command('records')
    .summary('the time records, one a line')
    .description('The time records in order of time; --format json prints everything known about each.')
    .option('--agent <name>', 'only this person')
    .option('--subject <id>', 'only this subject, for instance call-4711')
    .addOption(new Option('--status <status>', 'only these').choices(['closed', 'running', 'paused']))
    .option('--kind <kind>', 'only this kind of work')
    .option('--measure <name>', 'only this measure')
    .option('--week <week>', 'only what touches this ISO week')
    .option('--limit <n>', 'at most this many', '50')
    .addOption(
      new Option('--format <format>', 'how to print them').choices(['table', 'csv', 'json']).default('table'),
    )
    .option('--data <folder>', 'the data folder (default: .tickmark, or TICKMARK_DATA)')
    .addHelpText(
      'after',
      `
Examples:
  $ tickmark records --agent DORIT --week 1999-W06
  $ tickmark records --limit 1000000 --format json > records.ndjson`,
    )
    .action((options: RecordsOptions) =>
      withAnswers(context, options, async (answering) => {
        const filter = filterOf(options, answering.ruling.plan.ruleSet.zone);
        const records = await answering.workspace.answers.records(filter);
        printRecords(context, answering, records, options.format);
        if (records.length === filter.limit && options.format === 'table')
          context.terminal.talk(`Only the first ${records.length}; see more with --limit.`);
      }),
    );

export const timersCommand = (context: Context): Command =>
  new Command('timers')
    .summary('what is running now')
    .description(
      'Records whose end has not come, and for how long they run at the latest instant of the log (or --as-of).\n' +
        'What runs is shown here and counted nowhere until its end is known.',
    )
    .option('--as-of <time>', 'an ISO time with offset, for instance 2026-11-09T10:03:00Z')
    .option('--data <folder>', 'the data folder (default: .tickmark, or TICKMARK_DATA)')
    .addHelpText('after', '\nExample:\n  $ tickmark timers --as-of 2026-11-09T10:03:00+01:00')
    .action((options: DataOption & { readonly asOf?: string }) =>
      withAnswers(context, options, async ({ workspace, ruling, state }) => {
        const asOfMs = options.asOf === undefined ? state.horizonMs : asOf(options.asOf);
        const at = localTime(ruling.plan.ruleSet.zone);
        const running = [
          ...(await workspace.answers.records({ status: 'running' })),
          ...(await workspace.answers.records({ status: 'paused' })),
        ];
        const rows = running.flatMap((record) => {
          const { tail } = record;
          if (!tail || asOfMs === null) return [];
          const sinceMs = Math.max(0, asOfMs - tail.fromMs);
          return [
            row(
              tail.state,
              record.actor,
              record.kind,
              at(tail.fromMs),
              hoursMinutesSeconds(durationMs(sinceMs)),
              record.id,
            ),
          ];
        });
        const { color, width } = context.terminal;
        if (rows.length === 0) context.terminal.talk('Nothing is running.');
        else
          context.terminal.out(
            drawTable(
              {
                columns: [
                  { title: 'State' },
                  { title: 'Agent' },
                  { title: 'Kind' },
                  { title: 'Since' },
                  { title: 'For', align: 'right' },
                  { title: 'Record' },
                ],
                rows,
              },
              { color, width: Math.max(width, 400) },
            ).join('\n'),
          );
      }),
    );

const asOf = (text: string): InstantMs => {
  const ms = Date.parse(text);
  if (!/(Z|[+-]\d\d:?\d\d)$/.test(text) || Number.isNaN(ms))
    throw new InputError(
      `--as-of takes an ISO time with an offset, for instance 2026-11-09T10:03:00Z, not "${text}"`,
    );
  return instantMs(ms);
};

/** The record meant by an id, or the records of a subject. */
const recordsMeant = async ({ workspace }: Answering, text: string): Promise<readonly TimeRecord[]> => {
  const exact = await workspace.answers.record(recordId(text));
  return exact ? [exact] : workspace.answers.records({ subject: subjectId(text), limit: 20 });
};

export const explainCommand = (context: Context): Command =>
  new Command('explain')
    .summary('how a figure is known')
    .description(
      'The time line of one record: which signals, which clause of which rule, what was subtracted, and the grade of every second.',
    )
    .argument('<record>', 'a record id as `tickmark records` prints it, or a subject such as call-4711')
    .option('--json', 'print the record and its events as JSON')
    .option('--data <folder>', 'the data folder (default: .tickmark, or TICKMARK_DATA)')
    .addHelpText(
      'after',
      "\nExample:\n  $ tickmark explain 'call-4711/call.talk#1@DORIT'\n  $ tickmark explain call-4711",
    )
    .action((id: string, options: DataOption & { readonly json?: boolean }) =>
      withAnswers(context, options, async (answering) => {
        const records = await recordsMeant(answering, id);
        if (records.length === 0)
          throw new InputError(
            `no record and no subject with records is called "${id}"; list them: tickmark records`,
          );
        const { zone } = answering.ruling.plan.ruleSet;
        const { color, width, out } = context.terminal;
        for (const record of records) {
          const events = await answering.workspace.log.readStream(record.subject);
          out(
            options.json
              ? JSON.stringify({ record, events })
              : renderRecord({ record, events, zone, localTime: localTime(zone), color, width }),
          );
        }
      }),
    );
