/** Durations, shares, widths, CSV and lines of facts: the small pieces of terminal printing. */
import { describe, expect, it } from 'vitest';
import { csv, csvLine } from '../../adapters/cli/render/csv.ts';
import {
  exactSeconds,
  hoursMinutes,
  hoursMinutesSeconds,
  inTable,
} from '../../adapters/cli/render/duration.ts';
import { flow } from '../../adapters/cli/render/flow.ts';
import { daysOfMonth, spanOfWeek } from '../../adapters/cli/render/iso-week.ts';
import { bar, percent } from '../../adapters/cli/render/share.ts';
import { clip, displayWidth, pad, printable } from '../../adapters/cli/render/text-width.ts';
import { durationMs, isoWeek } from '../../schemas/brand.ts';

describe('a duration', () => {
  it.each([
    // ms, h:mm, h:mm:ss, seconds, in a table
    [0, '0:00', '0:00:00', '0', '·'],
    [29_999, '0:00', '0:00:29.999', '29.999', '0:00'],
    [30_000, '0:01', '0:00:30', '30', '0:01'],
    [27_725_000, '7:42', '7:42:05', '27725', '7:42'],
    [27_750_000, '7:43', '7:42:30', '27750', '7:43'],
    [3_599_999, '1:00', '0:59:59.999', '3599.999', '1:00'],
    [250, '0:00', '0:00:00.250', '0.25', '0:00'],
    [507_906_000, '141:05', '141:05:06', '507906', '141:05'],
    [-3_900_000, '-1:05', '-1:05:00', '-3900', '-1:05'],
    [-1_000, '0:00', '-0:00:01', '-1', '0:00'],
  ])('of %i ms reads %s and %s', (ms, short, long, seconds, cell) => {
    const duration = durationMs(ms);
    expect([
      hoursMinutes(duration),
      hoursMinutesSeconds(duration),
      exactSeconds(duration),
      inTable(duration),
    ]).toEqual([short, long, seconds, cell]);
  });
});

describe('a share', () => {
  it.each([
    [1, 8, '12.5 %'],
    [0, 8, '0.0 %'],
    [8, 8, '100.0 %'],
    [1, 100_000, '<0.1 %'],
    [99_999, 100_000, '>99.9 %'],
    [0, 0, '–'],
  ])('of %i in %i reads %s', (part, whole, text) => {
    expect(percent(part, whole)).toBe(text);
  });

  it.each([
    [1, 2, 8, '████'],
    [1, 16, 8, '▌'],
    [1, 1_000_000, 8, '▏'],
    [0, 5, 8, ''],
    [5, 0, 8, ''],
  ])('of %i in %i on %i columns is the bar %s%s', (part, whole, width, text) => {
    expect(bar(part, whole, width)).toBe(text);
  });
});

describe('the width of a text', () => {
  it.each([
    ['zoë', 3],
    ['zoe\u0308', 3],
    ['東京', 4],
    ['ｱ', 1],
    ['한국', 4],
    ['─█·', 3],
    ['📞', 2],
  ])('of %s is %i columns', (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });

  it('decides about blanks and about where to cut', () => {
    expect(pad('zoë', 5, 'right')).toBe('  zoë');
    expect(pad('東京', 5, 'left')).toBe('東京 ');
    expect(pad('longer', 3, 'left')).toBe('longer');
    expect(clip('mateusz', 7)).toBe('mateusz');
    expect(clip('mateusz', 5)).toBe('mate…');
    expect(clip('東京都', 4)).toBe('東…');
    expect(clip('x', 0)).toBe('');
  });

  it('lets no name steer the terminal', () => {
    expect(printable('a\u001b[2Jb\nc\u202ed')).toBe('a\ufffd[2Jb\ufffdc\ufffdd');
    expect(printable('Praxis Dr. Yılmaz')).toBe('Praxis Dr. Yılmaz');
  });
});

describe('CSV', () => {
  it.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['two\nlines', '"two\nlines"'],
    ['=1+1', "'=1+1"],
    ['+49 30', "'+49 30"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-2+3', "'-2+3"],
    ['\tx', "'\tx"],
    ['=A1,"x"', '"\'=A1,""x"""'],
    ['＝1', "'＝1"],
    ['-5', '-5'],
    ['+5.25', '+5.25'],
    [-5, '-5'],
    [0.25, '0.25'],
    ['zoë', 'zoë'],
  ])('writes %j as %s', (cell, text) => {
    expect(csvLine([cell, 'end'])).toBe(`${text},end\r\n`);
  });

  it('ends every line with CRLF and never writes an empty one', () => {
    expect(
      csv(
        ['agent', 's'],
        [
          ['amara', 1],
          ['', 2],
        ],
      ),
    ).toBe('agent,s\r\namara,1\r\n,2\r\n');
    expect(csvLine([''])).toBe('""\r\n');
  });
});

describe('an ISO week', () => {
  it.each([
    // Days read off a printed calendar.
    ['2026-W46', 'Mon 9 – Sun 15 Nov 2026', '9'],
    ['1999-W05', 'Mon 1 – Sun 7 Feb 1999', '1'],
    ['2026-W18', 'Mon 27 Apr – Sun 3 May 2026', '27'],
    ['2026-W01', 'Mon 29 Dec 2025 – Sun 4 Jan 2026', '29'],
    ['2020-W53', 'Mon 28 Dec 2020 – Sun 3 Jan 2021', '28'],
    ['2021-W01', 'Mon 4 – Sun 10 Jan 2021', '4'],
  ])('%s is %s', (week, span, monday) => {
    expect(spanOfWeek(isoWeek(week))).toBe(span);
    expect(daysOfMonth(isoWeek(week))[0]).toBe(monday);
  });
});

describe('facts in a row', () => {
  it('break between facts and never inside one', () => {
    expect(flow(['one', 'two', 'three'], 9)).toEqual(['one · two', 'three']);
    expect(flow(['much longer than that', 'x'], 5)).toEqual(['much longer than that', 'x']);
    expect(flow([], 5)).toEqual([]);
  });
});
