/** Periods: weeks and days as people write them, as the instants between which they lie. */
import { describe, expect, it } from 'vitest';
import { readPeriod } from '../../adapters/questions/period.ts';

const at = (text: string): number => Date.parse(text);

describe('a period', () => {
  // On 2026-03-29 the clocks of Berlin go forward, and the day has 23 hours.
  it.each([
    ['a week', { week: '2026-W13' }, '2026-03-23T00:00:00+01:00', '2026-03-30T00:00:00+02:00'],
    [
      'a day',
      { from: '2026-03-29', to: '2026-03-29' },
      '2026-03-29T00:00:00+01:00',
      '2026-03-30T00:00:00+02:00',
    ],
    [
      'days',
      { from: '2026-02-28', to: '2026-03-01' },
      '2026-02-28T00:00:00+01:00',
      '2026-03-02T00:00:00+01:00',
    ],
  ])('is half-open, in local days: %s', (_what, asked, from, to) => {
    expect(readPeriod(asked, 'Europe/Berlin')).toEqual({ fromMs: at(from), toMs: at(to) });
  });

  it('may have no beginning, no end, or neither', () => {
    expect(readPeriod({ from: '2026-01-01' }, 'UTC')).toEqual({ fromMs: at('2026-01-01T00:00:00Z') });
    expect(readPeriod({ to: '2026-01-01' }, 'UTC')).toEqual({ toMs: at('2026-01-02T00:00:00Z') });
    expect(readPeriod({}, 'UTC')).toEqual({});
  });

  it.each([
    [{ from: '2026-02-29' }, '"2026-02-29" is not a day'],
    [{ to: '1.2.2026' }, '"1.2.2026" is not a day'],
    [{ from: '2026-13-01' }, 'is not a day'],
    [{ from: '2026-01-02', to: '2026-01-01' }, '2026-01-01 lies before 2026-01-02'],
    [{ week: '2026-W13', to: '2026-01-01' }, 'and not for both'],
    [{ week: 'W13' }, '"W13" is not a week'],
  ])('is refused where it cannot be meant: %o', (asked, says) => {
    expect(() => readPeriod(asked, 'UTC')).toThrow(says);
  });
});
