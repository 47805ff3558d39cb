/** The real logs through the command line: import, import again, the printed CSV, and verify. */
import { describe, expect, it } from 'vitest';
import { type Printed, tickmark } from './command-line.ts';
import { expectSameLines, expectedTable, tableOf } from './figures.ts';
import { BANK, DISCO, HELPDESK, type RealLog, needs } from './logs.ts';
import { removeFolder, temporaryFolder } from './workspaces.ts';

type Table = readonly Readonly<Record<string, string>>[];

interface Run {
  readonly first: Printed;
  readonly second: Printed;
  readonly report: Printed;
  readonly verified: Printed;
}

const importOf = ({ file, mapping, rules }: RealLog, data: readonly string[]): Promise<Printed> =>
  tickmark('import', file, '--mapping', mapping, '--rules', rules, ...data);

/** A fresh folder: the log imported twice, one report printed, and the answers verified. */
const run = async (log: RealLog, report: readonly string[]): Promise<Run> => {
  const folder = await temporaryFolder();
  try {
    const data = ['--data', `${folder}/data`] as const;
    return {
      first: await importOf(log, data),
      second: await importOf(log, data),
      report: await tickmark('report', ...report, '--format', 'csv', ...data),
      verified: await tickmark('verify', ...data),
    };
  } finally {
    await removeFolder(folder);
  }
};

const expectDone = ({ code, out, talk }: Printed, printed: RegExp): void => {
  expect({ code, out, talk }).toMatchObject({ code: 0, out: expect.stringMatching(printed) });
};

const columns = (table: Table, names: readonly string[]): readonly string[] =>
  table.map((row) => names.map((name) => row[name] ?? `(no ${name})`).join(','));

const WEEKDAYS = ['mon_s', 'tue_s', 'wed_s', 'thu_s', 'fri_s', 'sat_s', 'sun_s'];
/** The Mondays of the weeks of February 1999, as a calendar of that year shows them. */
const MONDAYS: Readonly<Record<string, number>> = {
  '1999-W05': Date.UTC(1999, 1, 1),
  '1999-W06': Date.UTC(1999, 1, 8),
  '1999-W07': Date.UTC(1999, 1, 15),
  '1999-W08': Date.UTC(1999, 1, 22),
};
const DAY_MS = 86_400_000;

/** `agent,date,seconds` of every day on which anybody talked. */
const daysOf = (weeks: Table): readonly string[] =>
  weeks.flatMap((row) =>
    WEEKDAYS.flatMap((day, index) => {
      const date = new Date((MONDAYS[row['iso_week'] ?? ''] ?? NaN) + index * DAY_MS).toISOString();
      return row[day] === '0' ? [] : [`${row['agent']},${date.slice(0, 10)},${row[day]}`];
    }),
  );

const minutes = (seconds: string | undefined): string => String(Number(seconds) / 60);

describe('the command line', () => {
  it('prints the weeks and days of the bank to the second', async (context) => {
    needs(context, BANK);
    const { first, second, report, verified } = await run(BANK, ['week', '--week', 'all', '--by', 'agent']);
    // 33,344 rows less 278 phantoms are offered; 5,904 hang up; 26,621 are connected and end; 491 only end:
    // 33,066 + 5,904 + 2 x 26,621 + 491 events.
    expectDone(
      first,
      /33,344 signals: 33,066 accepted, 278 ignored .*0 dead letters; 92,703 events added, 0 known/,
    );
    expectDone(second, /0 dead letters; 0 events added, 92,703 known already/);
    expectDone(report, /^iso_week,agent,records,/);
    const weeks = tableOf(report.out);
    expectSameLines(
      columns(weeks, ['agent', 'iso_week', 'sum_s', 'union_s']),
      columns(expectedTable('bank_per_agent_week.csv'), [
        'agent',
        'iso_week_local',
        'talk_sum_s',
        'talk_union_s',
      ]),
    );
    expectSameLines(
      daysOf(weeks),
      columns(expectedTable('bank_per_agent_day.csv'), ['agent', 'date_local', 'talk_s']),
    );
    expectDone(verified, /^Identical: the live answers are what 92,704 events say under bank-talk@1\./);
  });

  it('prints the customers of the call centre to the minute', async (context) => {
    needs(context, DISCO);
    const { first, second, report, verified } = await run(DISCO, ['total', '--by', 'customer']);
    // 7,546 different items of two events each; the two repeated rows are known already.
    expectDone(first, /7,548 signals: 7,548 accepted, 0 dead letters; 15,092 events added, 4 known already/);
    expectDone(second, /0 dead letters; 0 events added, 15,096 known already/);
    expectDone(report, /^customer,records,/);
    expectSameLines(
      tableOf(report.out).map((row) => `${row['customer']},${minutes(row['sum_s'])}`),
      columns(expectedTable('disco_per_customer.csv'), ['customer', 'work_min']),
    );
    expectDone(verified, /^Identical: the live answers are what 15,093 events say under disco-work@1\./);
  });

  it('prints the open seconds of the tickets', async (context) => {
    needs(context, HELPDESK);
    const question = ['total', '--by', 'case', '--measure', 'open'];
    const { first, second, report, verified } = await run(HELPDESK, question);
    expectDone(
      first,
      /13,710 signals: 13,710 accepted, 0 dead letters; 13,710 events added, 0 known already/,
    );
    expectDone(second, /0 dead letters; 0 events added, 13,710 known already/);
    expectDone(report, /^case,records,/);
    // A ticket that was never open has no line.
    const opened = expectedTable('helpdesk_per_case.csv').filter(({ open_s: open }) => open !== '0');
    expectSameLines(columns(tableOf(report.out), ['case', 'sum_s']), columns(opened, ['case', 'open_s']));
    expectDone(verified, /^Identical: the live answers are what 13,711 events say under helpdesk-states@1\./);
  });
});
