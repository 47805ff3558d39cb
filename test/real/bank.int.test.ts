/** The bank's calls: every figure that was computed outside, and every call against its own row of the file. */
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import type { InstantMs } from '../../schemas/brand.ts';
import type { StoredEvent } from '../../schemas/event.ts';
import type { Report } from '../../schemas/report.ts';
import {
  type Cells,
  digestsOf,
  expectSameLines,
  expectTable,
  outputDigests,
  readSummary,
} from './figures.ts';
import { type Imported, importedOnce } from './imported.ts';
import { BANK } from './logs.ts';
import { allOf } from './rows.ts';

const bank = importedOnce(BANK);
afterAll(() => bank.close());

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const isoDate = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
/** Israel was two hours ahead of UTC throughout February 1999. */
const localDateOf = (at: InstantMs): string => isoDate(at + 2 * HOUR_MS);
/** The date `days` after the Monday of an ISO week; January 4 is always in week 1. */
const dateInWeek = (week: string, days: number): string => {
  const [year, number] = week.split('-W').map(Number);
  const fourthMs = Date.UTC(year ?? NaN, 0, 4);
  const monday = new Date(fourthMs).getUTCDay() === 0 ? 6 : new Date(fourthMs).getUTCDay() - 1;
  return isoDate(fourthMs + (((number ?? NaN) - 1) * 7 + days - monday) * DAY_MS);
};

const dayCells = ({ lines }: Report): readonly Cells[] =>
  lines.flatMap(({ week = '', by, daysMs = [] }) =>
    daysMs.flatMap((ms, index) =>
      ms === 0 ? [] : [[by['agent'] ?? '', dateInWeek(week, index), ms / 1000]],
    ),
  );

/** What each call is told by, `CallOffered CallConnected CallEnded` for instance, with how many calls are told so. */
const storiesOf = (events: readonly StoredEvent[]): ReadonlyMap<string, number> => {
  const calls = Map.groupBy(
    events.filter(({ event }) => event.subject.startsWith('call-')),
    ({ event }) => event.subject,
  );
  const stories = new Map<string, number>();
  for (const own of calls.values()) {
    const story = own.map(({ event }) => event.type).join(' ');
    stories.set(story, (stories.get(story) ?? 0) + 1);
  }
  return stories;
};

const summaryOf = async (imported: Imported): Promise<Readonly<Record<string, unknown>>> => {
  const { counts } = imported;
  const [records, events] = [await imported.records(), await imported.events()];
  const { total, lines } = await imported.report({ report: 'total', measure: 'work', by: ['agent'] });
  const stories = storiesOf(events);
  const served = stories.get('CallOffered CallConnected CallEnded') ?? 0;
  const nobody = stories.get('CallOffered CallEnded') ?? 0;
  const unrecorded = stories.get('CallOffered') ?? 0;
  const offeredOn = new Map(
    events.flatMap(({ event }) =>
      event.type === 'CallOffered' ? [[event.subject, localDateOf(event.occurredAt)]] : [],
    ),
  );
  return {
    'AGENT_rows_with_service_time_0:00:00_sentinel': unrecorded,
    AGENT_with_NO_SERVER: nobody,
    agent_calls: total.records,
    agents: lines.length,
    'duplicate_composite_keys(vru+line,call_id,date,vru_entry)': counts.duplicates + counts.rejected,
    inputs_sha256: digestsOf([BANK.file]),
    outcomes: {
      AGENT: served + nobody + unrecorded,
      HANG: stories.get('CallOffered CallAbandoned') ?? 0,
    },
    outputs_sha256: outputDigests('bank_per_agent.csv', 'bank_per_agent_day.csv', 'bank_per_agent_week.csv'),
    phantom: Object.values(counts.ignored).reduce((sum, count) => sum + count, 0),
    rows: counts.signals,
    service_crosses_midnight: records.filter((r) => localDateOf(r.fromMs) !== localDateOf(r.toMs)).length,
    service_starts_next_day: records.filter((r) => localDateOf(r.fromMs) !== offeredOn.get(r.subject)).length,
    talk_s_total: total.sumMs / 1000,
    talk_s_union_total: total.unionMs / 1000,
  };
};

/** Of columns that are no events: the time in the menu and in the queue, and the outside's own checks. */
const NOT_IN_THE_LOG = {
  negative_vru_time: expect.any(Number),
  wait_s_by_outcome: expect.any(Object),
  ser_time_column_mismatch_after_midnight_fix: 0,
};

/** `subject,agent,seconds` of every served call, by the file's own `ser_time` and not by its clocks. */
const servedRows = (): readonly string[] => {
  const [header = '', ...lines] = readFileSync(BANK.file, 'latin1').split('\r\n');
  const names = header.split('\t');
  return lines.flatMap((line) => {
    const cells = line.split('\t').map((cell) => cell.trim());
    const cell = (name: string): string => cells[names.indexOf(name)] ?? '';
    const unrecorded = cell('ser_start') === '0:00:00' && cell('ser_exit') === '0:00:00';
    if (cell('outcome') !== 'AGENT' || cell('server') === 'NO_SERVER' || unrecorded) return [];
    const id = ['vru+line', 'call_id', 'date', 'vru_entry'].map(cell).join('+');
    return [`call-${id},${cell('server')},${cell('ser_time')}`];
  });
};

describe('the bank', () => {
  it('has the totals of the summary', async (context) => {
    const imported = await bank.of(context);
    expect({ ...(await summaryOf(imported)), ...NOT_IN_THE_LOG }).toEqual(readSummary('bank_summary.json'));
  });

  it('left no dead letter', async (context) => {
    const { counts, workspace } = await bank.of(context);
    expect(counts.rejected).toBe(0);
    expect(await workspace.deadLetters.list()).toEqual([]);
  });

  it('gives every call the seconds that its own row says', async (context) => {
    const records = await (await bank.of(context)).records();
    const ours = records.map((record) => `${record.subject},${record.actor},${record.countedMs / 1000}`);
    const rows = servedRows();
    expect(rows).toHaveLength(26_621);
    expectSameLines(ours, rows);
  });

  it('has every row of the table per agent', async (context) => {
    const { report } = await bank.of(context);
    const { lines } = await report({ report: 'total', measure: 'work', by: ['agent'] });
    expectTable(
      'bank_per_agent.csv',
      ['agent', 'calls', 'sum_talk_s', 'union_talk_s', 'overlapping_calls'],
      lines.map(({ by, tally }) => [
        by['agent'] ?? '',
        tally.records,
        tally.sumMs / 1000,
        tally.unionMs / 1000,
        tally.overlapping,
      ]),
    );
  });

  it('has every row of the table per agent and day, in the weekly report', async (context) => {
    const { report } = await bank.of(context);
    const weeks = await report({ report: 'week', measure: 'work', by: ['agent'] });
    expectTable('bank_per_agent_day.csv', ['agent', 'date_local', 'talk_s'], dayCells(weeks));
  });

  it('has every row of the table per agent and day, in the person-days', async (context) => {
    const { workspace } = await bank.of(context);
    const days = await allOf(workspace.answers.allPersonDays());
    expectTable(
      'bank_per_agent_day.csv',
      ['agent', 'date_local', 'talk_s'],
      days.map(({ actor, day, all }) => [actor, day, all.sumMs / 1000]),
    );
  });

  it('has every row of the table per agent and week', async (context) => {
    const { report } = await bank.of(context);
    const { lines } = await report({ report: 'week', measure: 'work', by: ['agent'] });
    expectTable(
      'bank_per_agent_week.csv',
      ['agent', 'iso_week_local', 'talk_sum_s', 'talk_union_s'],
      lines.map(({ week = '', by, tally }) => [
        by['agent'] ?? '',
        week,
        tally.sumMs / 1000,
        tally.unionMs / 1000,
      ]),
    );
  });
});
