/** Times as people type them: with an offset, on the clocks of a zone, or just the hour. */
import { describe, expect, it } from 'vitest';
import { momentReader, readLength } from '../../adapters/cli/moment.ts';
import { instantMs } from '../../schemas/brand.ts';

/** 23:30 in Berlin on Monday 2026-03-02, where it is 22:30 by UTC. */
const NOW = instantMs(Date.UTC(2026, 2, 2, 22, 30));
const read = (text: string, zone = 'Europe/Berlin'): string =>
  new Date(momentReader(zone, NOW)('--at', text)).toISOString();

describe('a time', () => {
  it.each([
    ['2026-03-02T10:03:00Z', '2026-03-02T10:03:00.000Z'],
    ['2026-03-02T10:03+01:00', '2026-03-02T09:03:00.000Z'],
    ['2026-03-02 10:03:30.5-03:30', '2026-03-02T13:33:30.500Z'],
    // Winter in Berlin is UTC+1, summer UTC+2.
    ['2026-03-02T10:03', '2026-03-02T09:03:00.000Z'],
    ['2026-07-02 10:03:04', '2026-07-02T08:03:04.000Z'],
    // Today is the local day: it is still Monday in Berlin.
    ['10:03', '2026-03-02T09:03:00.000Z'],
    ['9:03', '2026-03-02T08:03:00.000Z'],
    [' 23:00:05 ', '2026-03-02T22:00:05.000Z'],
  ])('%s is %s', (text, instant) => {
    expect(read(text)).toBe(instant);
  });

  it('without a date is of the day that it is in the zone', () => {
    // 22:30Z is 11:30 on Tuesday in Auckland (UTC+13).
    expect(read('10:00', 'Pacific/Auckland')).toBe('2026-03-02T21:00:00.000Z');
  });

  it.each([
    'yesterday',
    '2026-03-02',
    '2026-02-30T10:00',
    '2026-03-02T24:00',
    '2026-03-02T10:60',
    '2026-03-02T10:00+24:00',
    '10:00Z',
    '1999-6-1T10:00',
  ])('%s is none', (text) => {
    expect(() => read(text)).toThrow(/--at takes a time such as 2026-11-09T10:03 \(in Europe\/Berlin\)/);
  });

  it('that was twice needs its offset', () => {
    // 2026-10-25: 03:00+02:00 goes back to 02:00+01:00.
    expect(() => read('2026-10-25T02:30')).toThrow(
      '--at 2026-10-25T02:30 was twice in Europe/Berlin: write it with its offset, 2026-10-25T02:30+02:00 for the first or 2026-10-25T02:30+01:00 for the second',
    );
    expect(read('2026-10-25T02:30+02:00')).toBe('2026-10-25T00:30:00.000Z');
    expect(read('2026-10-25T02:30+01:00')).toBe('2026-10-25T01:30:00.000Z');
    expect(read('2026-10-25T03:00')).toBe('2026-10-25T02:00:00.000Z');
  });

  it('that never was needs its offset', () => {
    // 2026-03-29: 02:00+01:00 goes forward to 03:00+02:00.
    expect(() => read('2026-03-29T02:30')).toThrow(
      '--at 2026-03-29T02:30 never was in Europe/Berlin, where the clocks went forward over it: write it with its offset, for instance 2026-03-29T02:30+01:00',
    );
    expect(read('2026-03-29T02:30+01:00')).toBe('2026-03-29T01:30:00.000Z');
    expect(read('2026-03-29T03:00')).toBe('2026-03-29T01:00:00.000Z');
  });
});

describe('a length', () => {
  it('is written like in a rule', () => {
    expect(readLength('--claim', '1h30m')).toBe(5_400_000);
  });

  it.each(['90', '0m', '1:30', ''])('is not "%s"', (text) => {
    expect(() => readLength('--claim', text)).toThrow(/--claim takes a length such as 90s, 30m or 1h30m/);
  });
});
