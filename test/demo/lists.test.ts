/** Lists of records and reports as CSV: what a spreadsheet and a terminal get. */
import { describe, expect, it } from 'vitest';
import { recordsCsv, recordsTable } from '../../adapters/cli/render/record-list.ts';
import { reportCsv } from '../../adapters/cli/render/report-csv.ts';
import { actorId, durationMs, instantMs, isoWeek, recordId, subjectId } from '../../schemas/brand.ts';
import type { TimeRecord } from '../../schemas/record.ts';
import type { Report, Tally } from '../../schemas/report.ts';

const localTime = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
const LOOK = { color: false, width: 120 };
const NONE = durationMs(0);

const record = (id: string, flags: TimeRecord['flags']): TimeRecord => ({
  id: recordId(id),
  subject: subjectId('entry-1'),
  kind: 'entry',
  rule: 'entry.manual',
  measure: 'work',
  actor: actorId('anna'),
  cycle: 1,
  status: 'closed',
  method: 'manual',
  fromMs: instantMs(Date.parse('2026-11-09T10:00:00Z')),
  toMs: instantMs(Date.parse('2026-11-09T10:30:00Z')),
  countedMs: durationMs(1_800_000),
  roundedMs: durationMs(1_800_000),
  gradesMs: { observed: NONE, inferred: NONE, declared: durationMs(1_800_000), assumed: NONE, unknown: NONE },
  spans: [],
  subtracted: [],
  ...(flags === undefined ? {} : { flags }),
  attributes: {},
  facts: 1,
});

describe('a list of records', () => {
  it('shows what is remarkable in its line, and each sentence once below', () => {
    const records = [
      record('a', undefined),
      record('b', ['needs-approval', 'late-entry']),
      record('c', ['late-entry']),
    ];
    const lines = recordsTable(records, localTime, LOOK).split('\n');
    expect(lines[0]).toMatch(/ {2}Counted {2}Flags {2,}Record$/);
    expect(lines.slice(2)).toEqual([
      '2026-11-09 10:00:00  2026-11-09 10:30:00  anna   entry  closed  0:30:00                              a',
      '2026-11-09 10:00:00  2026-11-09 10:30:00  anna   entry  closed  0:30:00  late-entry, needs-approval  b',
      '2026-11-09 10:00:00  2026-11-09 10:30:00  anna   entry  closed  0:30:00  late-entry                  c',
      'late-entry: declared time was entered long after it happened',
      'needs-approval: declared time that counts only after an approval',
    ]);
  });

  it('has no such column where nothing is remarkable', () => {
    const lines = recordsTable([record('a', undefined), record('b', [])], localTime, LOOK).split('\n');
    expect(lines[0]).toMatch(/ {2}Counted {2}Record$/);
    expect(lines).toHaveLength(4);
  });

  it('gives a spreadsheet the codes in a column that is always there', () => {
    const [header = '', plain = '', flagged = ''] = recordsCsv(
      [record('a', undefined), record('b', ['needs-approval', 'late-entry'])],
      localTime,
    ).split('\r\n');
    const cell = (line: string) => line.split(',')[header.split(',').indexOf('flags')];
    expect([cell(plain), cell(flagged)]).toEqual(['', 'late-entry needs-approval']);
  });
});

describe('a report as CSV', () => {
  // Chats of 20 min each from 0, 5 and 10 min on: 3,600 s, 1,800 s of them apart; a fair share leaves 1,800 s.
  const tally: Tally = {
    records: 3,
    overlapping: 2,
    sumMs: durationMs(3_600_000),
    unionMs: durationMs(1_800_000),
    roundedMs: durationMs(3_600_000),
    attributedMs: durationMs(1_800_000),
    gradesMs: {
      observed: durationMs(3_600_000),
      inferred: NONE,
      declared: NONE,
      assumed: NONE,
      unknown: NONE,
    },
    methodsMs: {
      auto: durationMs(2_400_000),
      manual: durationMs(600_000),
      preset: durationMs(360_000),
      adjustment: durationMs(240_000),
    },
  };
  const report: Report = {
    report: 'total',
    zone: 'UTC',
    measure: 'work',
    ruleSet: 'standard@1',
    position: 9,
    asOfMs: null,
    by: ['agent'],
    weeks: [isoWeek('2026-W46')],
    lines: [{ by: { agent: 'anna' }, tally }],
    total: tally,
  };

  it('has exact seconds of what is attributed and of every method', () => {
    expect(reportCsv(report).split('\r\n')).toEqual([
      'agent,records,sum_s,union_s,attributed_s,rounded_min,overlapping,' +
        'observed_s,inferred_s,declared_s,assumed_s,unknown_s,auto_s,manual_s,preset_s,adjustment_s,first,last',
      'anna,3,3600,1800,1800,60,2,3600,0,0,0,0,2400,600,360,240,,',
      '',
    ]);
  });
});
