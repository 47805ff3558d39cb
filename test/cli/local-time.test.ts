/** Instants as people read them: local, with the offset where the clocks show one reading twice. */
import { describe, expect, it } from 'vitest';
import { localTime } from '../../adapters/cli/local-time.ts';
import { clockAfter, clockOf, dayOf, minuteOf } from '../../adapters/cli/render/local-moment.ts';
import { instantMs } from '../../schemas/brand.ts';

const at = (iso: string, zone = 'Europe/Berlin'): string => localTime(zone)(instantMs(Date.parse(iso)));

describe('an instant', () => {
  it('is written as the clocks show it', () => {
    expect(at('2026-11-09T07:31:04Z')).toBe('2026-11-09 08:31:04');
    expect(at('2026-11-09T07:31:04.5Z')).toBe('2026-11-09 08:31:04.500');
  });

  it('of the hour that happens twice names its offset, and its neighbours do not', () => {
    // 2026-10-25: 03:00+02:00 is 02:00+01:00, which is 01:00Z.
    expect(
      ['2026-10-24T23:59:59Z', '2026-10-25T00:00:00Z', '2026-10-25T00:59:59.999Z'].map((iso) => at(iso)),
    ).toEqual(['2026-10-25 01:59:59', '2026-10-25 02:00:00+02:00', '2026-10-25 02:59:59.999+02:00']);
    expect(
      ['2026-10-25T01:00:00Z', '2026-10-25T01:30:00Z', '2026-10-25T02:00:00Z'].map((iso) => at(iso)),
    ).toEqual(['2026-10-25 02:00:00+01:00', '2026-10-25 02:30:00+01:00', '2026-10-25 03:00:00']);
  });

  it('west of Greenwich too, and by half an hour', () => {
    expect(at('2026-11-01T05:30:00Z', 'America/New_York')).toBe('2026-11-01 01:30:00-04:00');
    // Lord Howe goes back by 30 minutes: 02:00+11:00 is 01:30+10:30, which is 15:00Z.
    expect(at('2026-04-04T15:15:00Z', 'Australia/Lord_Howe')).toBe('2026-04-05 01:45:00+10:30');
  });

  it('keeps its offset where only its clock or its minute is shown', () => {
    const [from, to] = [at('2026-10-25T00:30:00Z'), at('2026-10-25T01:30:00Z')];
    expect([dayOf(from), clockOf(from), clockAfter(from, to)]).toEqual([
      '2026-10-25',
      '02:30:00+02:00',
      '02:30:00+01:00',
    ]);
    expect(minuteOf(to)).toBe('2026-10-25 02:30+01:00');
    expect(minuteOf('2026-11-09 08:31:04.500')).toBe('2026-11-09 08:31');
  });
});
