/** The call centre's work items: every figure that was computed outside. */
import { afterAll, describe, expect, it } from 'vitest';
import type { TimeRecord } from '../../schemas/record.ts';
import type { ReportLine } from '../../schemas/report.ts';
import { digestsOf, expectTable, outputDigests, readSummary } from './figures.ts';
import { type Imported, importedOnce } from './imported.ts';
import { DISCO } from './logs.ts';

const disco = importedOnce(DISCO);
afterAll(() => disco.close());

const MINUTE_MS = 60_000;
const MEASURES = ['work', 'backlog'] as const;

/** The lines of a total of both measures. */
const totals = async ({ report }: Imported, by: string): Promise<readonly ReportLine[]> => {
  const reports = MEASURES.map((measure) => report({ report: 'total', measure, by: [by] }));
  return (await Promise.all(reports)).flatMap(({ lines }) => lines);
};

const minutesByOperation = async (imported: Imported): Promise<Readonly<Record<string, number>>> =>
  Object.fromEntries(
    (await totals(imported, 'operation')).map(({ by, tally }) => [
      by['operation'] ?? '',
      tally.sumMs / MINUTE_MS,
    ]),
  );

const summaryOf = async (imported: Imported): Promise<Readonly<Record<string, unknown>>> => {
  const { counts, report } = imported;
  const records = await imported.records();
  const byAgent = await report({ report: 'total', measure: 'work', by: ['agent'] });
  const byCustomer = await report({ report: 'total', measure: 'work', by: ['customer'] });
  // An item is two events, so a repeated row is two known ones.
  const repeated = counts.duplicates / 2;
  const zeroLength = records.filter(({ fromMs, toMs }) => fromMs === toMs).length;
  const minutes = await minutesByOperation(imported);
  const work = byAgent.total.sumMs / MINUTE_MS;
  return {
    agents: byAgent.lines.length,
    cases: new Set(records.map(({ attributes }) => attributes['case'])).size,
    customers_with_work: byCustomer.lines.length,
    inputs_sha256: digestsOf([DISCO.file]),
    minutes_by_operation_dedup: minutes,
    // Each repeated row has no length, so that counting it again adds nothing.
    minutes_by_operation_raw: minutes,
    outputs_sha256: outputDigests(
      'disco_per_agent.csv',
      'disco_per_agent_week.csv',
      'disco_per_case.csv',
      'disco_per_customer.csv',
    ),
    overlapping_items: byAgent.total.overlapping,
    rows: counts.signals,
    rows_dedup: counts.signals - repeated,
    union_min_total: byAgent.total.unionMs / MINUTE_MS,
    work_min_total_dedup: work,
    work_min_total_raw: work,
    zero_length_items: zeroLength + repeated,
  };
};

const isoSeconds = (ms: number): string => new Date(ms).toISOString().replace('.000Z', '+00:00');

const minutesOf = (records: readonly TimeRecord[], measure: string): number =>
  records.filter((record) => record.measure === measure).reduce((sum, { countedMs }) => sum + countedMs, 0) /
  MINUTE_MS;

describe('the call centre', () => {
  it('has the totals of the summary', async (context) => {
    expect(await summaryOf(await disco.of(context))).toEqual(readSummary('disco_summary.json'));
  });

  it('left no dead letter and ignored no row', async (context) => {
    const { counts, workspace } = await disco.of(context);
    expect(counts).toMatchObject({ rejected: 0, ignored: {} });
    expect(await workspace.deadLetters.list()).toEqual([]);
  });

  it('has every row of the table per agent', async (context) => {
    const { report } = await disco.of(context);
    const { lines } = await report({ report: 'total', measure: 'work', by: ['agent'] });
    expectTable(
      'disco_per_agent.csv',
      ['agent', 'items', 'sum_min', 'union_min', 'overlapping_items'],
      lines.map(({ by, tally }) => [
        by['agent'] ?? '',
        tally.records,
        tally.sumMs / MINUTE_MS,
        tally.unionMs / MINUTE_MS,
        tally.overlapping,
      ]),
    );
  });

  it('has every row of the table per agent and week', async (context) => {
    const { report } = await disco.of(context);
    const { lines } = await report({ report: 'week', measure: 'work', by: ['agent'] });
    const [idle = [], busy = []] = [true, false].map((none) =>
      lines.filter(({ tally }) => (tally.sumMs === 0) === none),
    );
    expectTable(
      'disco_per_agent_week.csv',
      ['agent', 'iso_week', 'work_min_dedup', 'work_min_raw', 'work_union_min'],
      busy.map(({ week = '', by, tally }) => [
        by['agent'] ?? '',
        week,
        tally.sumMs / MINUTE_MS,
        tally.sumMs / MINUTE_MS,
        tally.unionMs / MINUTE_MS,
      ]),
    );
    // The table has no line for weeks of nothing but items that began and ended in one minute; we count those items.
    // Counted in the file by hand: Maja has three of them, the others one each.
    expect(idle.map(({ week = '', by, tally }) => `${by['agent'] ?? ''} ${week} ${tally.records}`)).toEqual([
      'Ashley 2010-W09 1',
      'Maja 2010-W13 3',
      'Jochem 2010-W15 1',
      'Greg 2010-W16 1',
      'Helen 2010-W16 1',
      'Vincent 2010-W16 1',
    ]);
  });

  it('has every row of the table per case, from the records', async (context) => {
    const cases = Map.groupBy(
      await (await disco.of(context)).records(),
      ({ attributes }) => attributes['case'],
    );
    expectTable(
      'disco_per_case.csv',
      ['case', 'items', 'work_min', 'email_backlog_min', 'first', 'last', 'wall_min'],
      [...cases].map(([name = '', own]) => {
        const first = Math.min(...own.map(({ fromMs }) => fromMs));
        const last = Math.max(...own.map(({ toMs }) => toMs));
        return [
          name,
          own.length,
          minutesOf(own, 'work'),
          minutesOf(own, 'backlog'),
          isoSeconds(first),
          isoSeconds(last),
          (last - first) / MINUTE_MS,
        ];
      }),
    );
  });

  it('has every row of the table per case, in the reports of both measures', async (context) => {
    const imported = await disco.of(context);
    const cases = Map.groupBy(await totals(imported, 'case'), ({ by }) => by['case']);
    const backlog = await imported.report({ report: 'total', measure: 'backlog', by: ['case'] });
    const waited = new Map(backlog.lines.map(({ by, tally }) => [by['case'], tally.sumMs]));
    expectTable(
      'disco_per_case.csv',
      ['case', 'items', 'work_min', 'email_backlog_min', 'first', 'last', 'wall_min'],
      [...cases].map(([name = '', lines]) => {
        const first = Math.min(...lines.map(({ fromMs }) => fromMs ?? NaN));
        const last = Math.max(...lines.map(({ toMs }) => toMs ?? NaN));
        const sumMs = lines.reduce((sum, { tally }) => sum + tally.sumMs, 0);
        const backlogMs = waited.get(name) ?? 0;
        return [
          name,
          lines.reduce((sum, { tally }) => sum + tally.records, 0),
          (sumMs - backlogMs) / MINUTE_MS,
          backlogMs / MINUTE_MS,
          isoSeconds(first),
          isoSeconds(last),
          (last - first) / MINUTE_MS,
        ];
      }),
    );
  });

  it('has one union, whatever the lines of the report are', async (context) => {
    const { report } = await disco.of(context);
    const totals = [];
    for (const by of ['agent', 'kind', 'operation', 'case', 'customer', 'day'])
      for (const kind of ['week', 'total'] as const) {
        const { total } = await report({ report: kind, measure: 'work', by: [by] });
        totals.push({ kind, by, union: total.unionMs / MINUTE_MS, sum: total.sumMs / MINUTE_MS });
      }
    expect(totals).toEqual(totals.map((row) => ({ ...row, union: 29_329, sum: 29_930 })));
  });

  it('has every row of the table per customer', async (context) => {
    const { report } = await disco.of(context);
    const { lines } = await report({ report: 'total', measure: 'work', by: ['customer'] });
    expectTable(
      'disco_per_customer.csv',
      ['customer', 'work_min'],
      lines.map(({ by, tally }) => [by['customer'] ?? '', tally.sumMs / MINUTE_MS]),
    );
  });
});
