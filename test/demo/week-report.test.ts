/** The weekly report and plain report lines, as text written by hand. */
import { describe, expect, it } from 'vitest';
import { localTime } from '../../adapters/cli/local-time.ts';
import { renderLines } from '../../adapters/cli/render/report-lines.ts';
import { renderWeek } from '../../adapters/cli/render/week-report.ts';
import { durationMs, instantMs, isoWeek } from '../../schemas/brand.ts';
import type { Report, ReportLine, Tally } from '../../schemas/report.ts';

const MINUTE_MS = 60_000;
const WEEK = isoWeek('2026-W46');

/** Everything in minutes; `inferred` of the sum has an end that the rules supplied. */
const tally = (sum: number, union: number, rounded: number, records: number, inferred: number): Tally => ({
  records,
  overlapping: 0,
  sumMs: durationMs(sum * MINUTE_MS),
  unionMs: durationMs(union * MINUTE_MS),
  roundedMs: durationMs(rounded * MINUTE_MS),
  gradesMs: {
    observed: durationMs((sum - inferred) * MINUTE_MS),
    inferred: durationMs(inferred * MINUTE_MS),
    declared: durationMs(0),
    assumed: durationMs(0),
    unknown: durationMs(0),
  },
  attributedMs: durationMs(sum * MINUTE_MS),
  methodsMs: {
    auto: durationMs(sum * MINUTE_MS),
    manual: durationMs(0),
    preset: durationMs(0),
    adjustment: durationMs(0),
  },
});

const line = (by: Record<string, string>, days: readonly number[], all: Tally): ReportLine => ({
  week: WEEK,
  by,
  daysMs: days.map((minutes) => durationMs(minutes * MINUTE_MS)),
  tally: all,
});

const report: Report = {
  report: 'week',
  zone: 'Europe/Berlin',
  measure: 'work',
  ruleSet: 'standard@1',
  position: 9,
  asOfMs: null,
  by: ['team', 'agent'],
  weeks: [WEEK],
  lines: [
    line({ team: 'Field', agent: 'tomas.novak' }, [460, 0, 0, 0, 0, 90, 0], tally(550, 550, 555, 6, 100)),
    line({ team: 'Sales', agent: 'chidi.eze' }, [60, 30, 0, 0, 0, 0, 0], tally(90, 80, 90, 4, 0)),
    line({ team: 'Sales', agent: 'zoë.martin' }, [0, 160, 0, 0, 0, 0, 0], tally(160, 160, 165, 1_200, 0)),
  ],
  total: tally(800, 790, 810, 1_210, 100),
};

const byKind: Report = {
  ...report,
  by: ['kind'],
  lines: [
    line({ kind: 'call' }, [60, 190, 0, 0, 0, 0, 0], tally(250, 240, 255, 1_204, 0)),
    line({ kind: 'visit' }, [460, 0, 0, 0, 0, 90, 0], tally(550, 550, 555, 6, 100)),
  ],
};

const BAR_40 = (full: number, rest = ''): string => ('█'.repeat(full) + rest).padEnd(39);

describe('the weekly report', () => {
  it('shows people by team and day, then kinds of work, then grades of evidence', () => {
    // 550 of 800 min are 68.75 %, 250 are 31.25 %, 700 observed are 87.5 %, 100 inferred are 12.5 %.
    // On 39 columns: 26.8125 = 26 and 6.5 eighths, 12.1875 = 12 and 1.5 eighths, 34.125 = 34 and 1, 4.875 = 4 and 7.
    expect(renderWeek({ report, byKind, width: 100, color: false })).toBe(
      [
        'Week 2026-W46 · Mon 9 – Sun 15 Nov 2026 · Europe/Berlin · measure work · rules standard@1',
        '                Mon   Tue  Wed  Thu  Fri   Sat  Sun',
        '                  9    10   11   12   13    14   15    Sum  Union  Rounded  Records',
        '───────────────────────────────────────────────────────────────────────────────────',
        'Field          7:40     ·    ·    ·    ·  1:30    ·   9:10   9:10     9:15        6',
        '  tomas.novak  7:40     ·    ·    ·    ·  1:30    ·   9:10   9:10     9:15        6',
        'Sales          1:00  3:10    ·    ·    ·     ·    ·   4:10   4:00     4:15    1,204',
        '  chidi.eze    1:00  0:30    ·    ·    ·     ·    ·   1:30   1:20     1:30        4',
        '  zoë.martin      ·  2:40    ·    ·    ·     ·    ·   2:40   2:40     2:45    1,200',
        '───────────────────────────────────────────────────────────────────────────────────',
        'Total          8:40  3:10    ·    ·    ·  1:30    ·  13:20  13:10    13:30    1,210',
        'h:mm to the nearest minute · Sum: every record in full',
        'Union: a time once, however many records run',
        '',
        `By kind of work  ${BAR_40(0)}   Share   Sum  Records`,
        '─'.repeat(15 + 2 + 39 + 2 + 6 + 2 + 4 + 2 + 7),
        `  visit          ${BAR_40(26, '▉')}  68.8 %  9:10        6`,
        `  call           ${BAR_40(12, '▎')}  31.3 %  4:10    1,204`,
        '',
        `How it is known  ${BAR_40(0)}   Share    Sum  Evidence`,
        '─'.repeat(15 + 2 + 39 + 2 + 6 + 2 + 5 + 2 + 25),
        `  observed       ${BAR_40(34, '▏')}  87.5 %  11:40  between two signals`,
        `  inferred       ${BAR_40(4, '▉')}  12.5 %   1:40  an end that no clock told`,
        `  declared       ${BAR_40(0)}   0.0 %      ·  a person said so`,
        '',
      ].join('\n'),
    );
  });

  it.each([
    [110, ['Mon', 'Rounded', 'Records']],
    [80, ['Mon', 'Rounded', 'Records']],
    [66, ['Mon', 'Records']],
    [58, ['Mon']],
    [45, ['Rounded', 'Records']],
  ])('keeps its tables within %i columns and shows what there is room for', (width, shown) => {
    const lines = renderWeek({ report, byKind, width, color: false }).split('\n');
    const people = lines.slice(0, lines.findIndex((text) => text.startsWith('Total')) + 1);
    for (const text of people) expect([...text].length, text).toBeLessThanOrEqual(width);
    const head = people
      .slice(
        1,
        people.findIndex((text) => text.startsWith('─')),
      )
      .join(' ');
    expect(['Mon', 'Rounded', 'Records'].filter((word) => head.includes(word))).toEqual(shown);
  });

  it('has no escape codes without colour, and the same text with it', () => {
    const plain = renderWeek({ report, byKind, width: 100, color: false });
    const painted = renderWeek({ report, byKind, width: 100, color: true });
    expect(plain).not.toContain('\u001b');
    expect(painted).toContain('\u001b[1mWeek 2026-W46');
    expect(
      painted
        .split('\u001b[')
        .map((part, index) => (index === 0 ? part : part.replace(/^\d+m/, '')))
        .join(''),
    ).toBe(plain);
  });

  it('shows no union for a team whose lines are kinds of work, since unions of kinds do not add up', () => {
    const lines = [
      line(
        { team: 'Sales', agent: 'chidi.eze', kind: 'call' },
        [60, 0, 0, 0, 0, 0, 0],
        tally(60, 60, 60, 1, 0),
      ),
      line(
        { team: 'Sales', agent: 'chidi.eze', kind: 'email' },
        [60, 0, 0, 0, 0, 0, 0],
        tally(60, 60, 60, 1, 0),
      ),
    ];
    const mixed: Report = {
      ...report,
      by: ['team', 'agent', 'kind'],
      lines,
      total: tally(120, 70, 120, 2, 0),
    };
    const text = renderWeek({ report: mixed, byKind, width: 110, color: false }).split('\n');
    expect(text.find((each) => each.startsWith('Sales'))?.split(/ {2,}/)).toEqual([
      ...['Sales', '2:00', '·', '·', '·', '·', '·', '·', '2:00', '2:00', '2'],
    ]);
    expect(text.find((each) => each.startsWith('  chidi.eze · email'))).toContain('1:00   1:00');
    expect(text.find((each) => each.startsWith('Total'))).toContain('2:00   1:10     2:00        2');
  });

  it('gives every week its own table with its own total', () => {
    const next = isoWeek('2026-W47');
    const other = {
      ...line({ team: 'Sales', agent: 'chidi.eze' }, [5, 0, 0, 0, 0, 0, 0], tally(5, 5, 15, 1, 0)),
      week: next,
    };
    const two: Report = { ...report, weeks: [WEEK, next], lines: [...report.lines, other] };
    const text = renderWeek({ report: two, byKind, width: 100, color: false });
    const sums = text.split('\n').filter((each) => each.startsWith('Total'));
    expect(sums.map((each) => each.split(/ {2,}/).slice(-4))).toEqual([
      ['13:20', '13:10', '13:30', '1,210'],
      ['0:05', '0:05', '0:15', '1'],
    ]);
    expect(text).toContain('Week 2026-W47 · Mon 16 – Sun 22 Nov 2026');
  });

  describe('where an overlap policy takes something from a line', () => {
    // Three chats of 20 min that run side by side from 0 to 30 min: 60 min, of which a fair share leaves 30.
    const shed = { ...tally(60, 30, 60, 3, 0), attributedMs: durationMs(30 * MINUTE_MS) };
    const chats: Report = {
      ...report,
      lines: [
        ...report.lines.slice(0, 1),
        line({ team: 'Sales', agent: 'chidi.eze' }, [60, 0, 0, 0, 0, 0, 0], shed),
      ],
      total: { ...tally(610, 580, 615, 9, 100), attributedMs: durationMs(580 * MINUTE_MS) },
    };

    const cellsOf = (text: string, name: string) =>
      text
        .split('\n')
        .find((each) => each.trimStart().startsWith(name))
        ?.split(/ {2,}/)
        .filter((cell) => cell !== '')
        .slice(-5);

    it('shows what is attributed, of each line and of the whole', () => {
      const text = renderWeek({ report: chats, byKind, width: 100, color: false });
      expect(text).toMatch(/ {2}Sum {2}Union {2}Attributed {2}Rounded {2}Records\n/);
      expect(cellsOf(text, 'tomas')).toEqual(['9:10', '9:10', '9:10', '9:15', '6']);
      expect(cellsOf(text, 'Sales')).toEqual(['1:00', '0:30', '0:30', '1:00', '3']);
      expect(cellsOf(text, 'chidi')).toEqual(['1:00', '0:30', '0:30', '1:00', '3']);
      expect(cellsOf(text, 'Total')).toEqual(['10:10', '9:40', '9:40', '10:15', '9']);
      expect(text).toContain('Attributed: what is left of the sum by the rules for things done at once\n');
    });

    it('keeps that column in a narrow terminal', () => {
      const lines = renderWeek({ report: chats, byKind, width: 60, color: false }).split('\n');
      const people = lines.slice(0, lines.findIndex((text) => text.startsWith('Total')) + 1);
      for (const text of people) expect([...text].length, text).toBeLessThanOrEqual(60);
      expect(people.join('\n')).toContain('Attributed');
    });

    it('shows it in report lines, too, and nowhere else', () => {
      const head = (of: Report) =>
        renderLines(of, { color: false, width: 130 }, localTime('Europe/Berlin')).split('\n')[1];
      expect(head(chats)).toMatch(/ {2}Sum {2}Union {2}Attributed {2}Rounded {2}Records {2}Observed$/);
      expect(head(report)).toMatch(/ {2}Sum {2}Union {2}Rounded {2}Records {2}Observed$/);
      const drawn = renderLines(chats, { color: false, width: 130 }, localTime('Europe/Berlin'));
      expect(cellsOf(drawn, 'Total')).toEqual(['9:40', '9:40', '10:15', '9', '83.6 %']);
    });
  });

  it('says so when there is nothing to show', () => {
    const none: Report = { ...report, lines: [], total: tally(0, 0, 0, 0, 0) };
    expect(renderWeek({ report: none, byKind, width: 100, color: false })).toBe(
      'No records of measure work in 2026-W46.\n',
    );
  });
});

describe('report lines', () => {
  it('show a total by anything with its first and last instant in the zone of the report', () => {
    const fromMs = instantMs(Date.parse('2026-11-09T07:12:00Z'));
    const toMs = instantMs(Date.parse('2026-11-13T23:30:00Z'));
    const all = tally(800, 790, 810, 1_210, 100);
    const total: Report = {
      ...report,
      report: 'total',
      by: ['customer'],
      weeks: [],
      lines: [{ by: { customer: 'Océane' }, tally: all, fromMs, toMs }],
    };
    expect(renderLines(total, { color: false, width: 110 }, localTime('Europe/Berlin'))).toBe(
      [
        'Total · Europe/Berlin · measure work · rules standard@1',
        'customer  From              To                  Sum  Union  Rounded  Records  Observed',
        '──────────────────────────────────────────────────────────────────────────────────────',
        'Océane    2026-11-09 08:12  2026-11-14 00:30  13:20  13:10    13:30    1,210    87.5 %',
        '──────────────────────────────────────────────────────────────────────────────────────',
        'Total                                         13:20  13:10    13:30    1,210    87.5 %',
        '',
      ].join('\n'),
    );
    expect(renderLines(total, { color: false, width: 60 }, localTime('Europe/Berlin'))).toContain(
      '\ncustomer    Sum  Union  Rounded  Records  Observed\n',
    );
  });

  it('show the days of a week grouped by kind', () => {
    const lines = renderLines(byKind, { color: false, width: 110 }, localTime('Europe/Berlin')).split('\n');
    expect(lines[1]).toBe(
      'Week      kind    Mon   Tue  Wed  Thu  Fri   Sat  Sun    Sum  Union  Rounded  Records  Observed',
    );
    expect(lines[4]).toBe(
      '2026-W46  visit  7:40     ·    ·    ·    ·  1:30    ·   9:10   9:10     9:15        6    81.8 %',
    );
    expect(lines[6]).toBe(
      'Total            8:40  3:10    ·    ·    ·  1:30    ·  13:20  13:10    13:30    1,210    87.5 %',
    );
  });
});
