/** The helpdesk's tickets: every figure that was computed outside. */
import { afterAll, describe, expect, it } from 'vitest';
import type { TimeRecord } from '../../schemas/record.ts';
import { type Cells, digestsOf, expectTable, outputDigests, readSummary } from './figures.ts';
import { type Imported, importedOnce } from './imported.ts';
import { HELPDESK } from './logs.ts';

const helpdesk = importedOnce(HELPDESK);
afterAll(() => helpdesk.close());

const HOUR_MS = 3_600_000;
const HEADER = ['case', 'rows', 'first_utc+10', 'last_utc+10', 'open_s', 'closed_s', 'reopen_steps'];

const localText = (ms: number): string =>
  new Date(ms + 10 * HOUR_MS).toISOString().slice(0, 19).replace('T', ' ');

const secondsOf = (records: readonly TimeRecord[], measure: string): number =>
  records.filter((record) => record.measure === measure).reduce((sum, { countedMs }) => sum + countedMs, 0) /
  1000;

/** A closed stretch with an end: the ticket came back. */
const isReopening = ({ measure, tail }: TimeRecord): boolean => measure === 'closed' && tail === undefined;

const byCase = async (imported: Imported): Promise<ReadonlyMap<string, readonly TimeRecord[]>> =>
  Map.groupBy(await imported.records(), ({ attributes }) => attributes['case'] ?? '');

const rowOf = (name: string, own: readonly TimeRecord[]): Cells => [
  name,
  Math.max(...own.map(({ facts }) => facts)),
  localText(Math.min(...own.map(({ fromMs }) => fromMs))),
  localText(Math.max(...own.map(({ toMs }) => toMs))),
  secondsOf(own, 'open'),
  secondsOf(own, 'closed'),
  own.filter(isReopening).length,
];

const ascending = (values: readonly number[]): readonly number[] => [...values].sort((a, b) => a - b);

describe('the helpdesk', () => {
  it('has the totals of the summary', async (context) => {
    const imported = await helpdesk.of(context);
    const cases = await byCase(imported);
    const open = await imported.report({ report: 'total', measure: 'open', by: ['case'] });
    const closed = await imported.report({ report: 'total', measure: 'closed', by: ['case'] });
    const openS = ascending([...cases.values()].map((own) => secondsOf(own, 'open')));
    expect({
      cases: cases.size,
      cases_reopened: [...cases.values()].filter((own) => own.some(isReopening)).length,
      closed_s_total: closed.total.sumMs / 1000,
      inputs_sha256: digestsOf([HELPDESK.file]),
      open_s: {
        max: openS.at(-1),
        min: openS[0],
        n: openS.length,
        p50: openS[Math.floor(openS.length / 2)],
        p90: openS[Math.floor(openS.length * 0.9)],
        sum: openS.reduce((sum, seconds) => sum + seconds, 0),
      },
      open_s_total: open.total.sumMs / 1000,
      outputs_sha256: outputDigests('helpdesk_per_case.csv'),
      rows: imported.counts.signals,
    }).toEqual(readSummary('helpdesk_summary.json'));
  });

  it('left no dead letter and ignored no row', async (context) => {
    const { counts, workspace } = await helpdesk.of(context);
    expect(counts).toMatchObject({ rejected: 0, ignored: {}, duplicates: 0 });
    expect(await workspace.deadLetters.list()).toEqual([]);
  });

  it('has every row of the table per case', async (context) => {
    const cases = await byCase(await helpdesk.of(context));
    expectTable(
      'helpdesk_per_case.csv',
      HEADER,
      [...cases].map(([name, own]) => rowOf(name, own)),
    );
  });

  it('knows the tickets that begin closed: nothing of them is open before another step', async (context) => {
    const cases = await byCase(await helpdesk.of(context));
    const begin = (name: string) =>
      [...(cases.get(name) ?? [])]
        .sort((a, b) => a.fromMs - b.fromMs)
        .map(({ measure, countedMs, tail }) => ({
          measure,
          seconds: countedMs / 1000,
          open: tail !== undefined,
        }));
    // Case 74 is the one step 6; case 3081 is 6 at 18:20:30, 8 at 01:45:03 and 6 at 23:21:40.
    expect(begin('74')).toEqual([{ measure: 'closed', seconds: 0, open: true }]);
    expect(begin('3081')).toEqual([
      { measure: 'closed', seconds: 26_673, open: false },
      { measure: 'open', seconds: 77_797, open: false },
      { measure: 'closed', seconds: 0, open: true },
    ]);
  });
});
