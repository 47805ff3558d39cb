/** Tables and progress, as text written by hand. */
import { describe, expect, it } from 'vitest';
import { progress } from '../../adapters/cli/render/progress.ts';
import {
  drawTable,
  heading,
  row,
  rule,
  type Table,
  tableWidth,
  totals,
} from '../../adapters/cli/render/table.ts';

const table: Table = {
  columns: [{ title: 'Who', flexible: true }, { title: ['Mon', '9'], align: 'right' }, { title: 'Note' }],
  rows: [
    heading('Sales'),
    row('zoë.martin', '8:20', ''),
    row('chidi.eze', '·', 'ill'),
    rule,
    totals('Total', '8:20'),
  ],
};

describe('a table', () => {
  it('aligns accents and numbers, and leaves no blanks at the ends of lines', () => {
    expect(drawTable(table, { color: false, width: 80 })).toEqual([
      '             Mon',
      'Who            9  Note',
      '──────────────────────',
      'Sales',
      'zoë.martin  8:20',
      'chidi.eze      ·  ill',
      '──────────────────────',
      'Total       8:20',
    ]);
  });

  it('cuts flexible columns, and only those, where the terminal is narrow', () => {
    expect(tableWidth(table)).toBe(22);
    const lines = drawTable(table, { color: false, width: 20 });
    expect(lines[4]).toBe('zoë.mar…  8:20');
    expect(lines[5]).toBe('chidi.e…     ·  ill');
  });

  it('paints headings and totals bold only where colour is wanted', () => {
    const painted = drawTable(table, { color: true, width: 80 });
    expect(painted[3]).toBe('\u001b[1mSales\u001b[22m');
    expect(painted[4]).toBe('zoë.martin  8:20');
    expect(painted[7]).toBe('\u001b[1mTotal     \u001b[22m  \u001b[1m8:20\u001b[22m');
    expect(drawTable(table, { color: false, width: 80 }).join('')).not.toContain('\u001b');
  });
});

const recorder = (isTty: boolean, label = 'import') => {
  const written: string[] = [];
  const time = { ms: 1_000 };
  const shown = progress({
    stream: { write: (text: string) => written.push(text) },
    isTty,
    now: () => time.ms,
    label,
    width: 100,
  });
  return { written, time, shown };
};

describe('progress', () => {
  it('redraws one line on a terminal, at most ten times a second', () => {
    const { written, time, shown } = recorder(true);
    shown.update(0, 4_000);
    time.ms = 1_050;
    shown.update(100, 4_000);
    time.ms = 3_000;
    shown.update(1_000, 4_000, { rejected: 3 });
    time.ms = 9_000;
    shown.end({ events: 4_000 });
    expect(written).toEqual([
      '\r\u001b[2Kimport ░░░░░░░░░░░░░░░░░░░░   0 %  0/4,000',
      '\r\u001b[2Kimport █████░░░░░░░░░░░░░░░  25 %  1,000/4,000  500/s  0:06 left  3 rejected',
      '\r\u001b[2Kimport  4,000 events  in 8.0 s\n',
    ]);
  });

  it('shows no share and no remaining time of an unknown whole', () => {
    const { written, time, shown } = recorder(true);
    time.ms = 2_000;
    shown.update(1_500, 0);
    expect(written).toEqual(['\r\u001b[2Kimport  1,500  1,500/s']);
  });

  it('tells whole milliseconds, and no rate before there is one', () => {
    const { written, time, shown } = recorder(false);
    time.ms = 1_000.25;
    shown.update(500, 2_000);
    time.ms = 1_400.75;
    shown.end({});
    expect(written).toEqual([
      '{"progress":"import","state":"running","done":500,"total":2000,"elapsedMs":0}\n',
      '{"progress":"import","state":"done","elapsedMs":401}\n',
    ]);
  });

  it('writes one JSON object a line elsewhere, at most one a second', () => {
    const { written, time, shown } = recorder(false);
    time.ms = 2_000;
    shown.update(500, 2_000);
    time.ms = 2_999;
    shown.update(900, 2_000);
    time.ms = 3_000;
    shown.update(1_000, 2_000, { rejected: 1 });
    time.ms = 5_000;
    shown.end({ events: 2_000 });
    expect(written.every((line) => line.endsWith('\n') && line.indexOf('\n') === line.length - 1)).toBe(true);
    expect(written.map((line): unknown => JSON.parse(line))).toEqual([
      {
        progress: 'import',
        state: 'running',
        done: 500,
        total: 2_000,
        elapsedMs: 1_000,
        perSecond: 500,
        secondsLeft: 3,
      },
      {
        progress: 'import',
        state: 'running',
        done: 1_000,
        total: 2_000,
        elapsedMs: 2_000,
        perSecond: 500,
        secondsLeft: 2,
        rejected: 1,
      },
      { progress: 'import', state: 'done', elapsedMs: 4_000, events: 2_000 },
    ]);
  });
});
