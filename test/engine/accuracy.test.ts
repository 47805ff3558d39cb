/** Accuracy: a right total at the wrong time is right by one definition and wrong by the other. */
import { describe, expect, it } from 'vitest';
import { type Accuracy, durationAccuracy, overlapAccuracy } from '../../engine/accuracy.ts';
import type { Interval } from '../../engine/interval/interval.ts';
import { instantMs } from '../../schemas/brand.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const minutes = (from: number, to: number): Interval => ({
  fromMs: instantMs(from * MINUTE_MS),
  toMs: instantMs(to * MINUTE_MS),
});

const percent = ({ numeratorMs, denominatorMs }: Accuracy): string =>
  ((100 * numeratorMs) / denominatorMs).toFixed(1);

describe('three hundred interactions of half an hour (R33)', () => {
  const NAMES = Array.from({ length: 300 }, (_, index) => `call-${index}`);
  const truth = new Map(NAMES.map((name, index) => [name, [minutes(index * 60, index * 60 + 30)]]));
  // 24 are missed, 12 h; 6 run on for another half hour, 3 h; the other 270 are right.
  const recorded = new Map(
    NAMES.slice(24).map((name, index) => {
      const start = (index + 24) * 60;
      return [name, [minutes(start, start + (index < 6 ? 60 : 30))]];
    }),
  );

  it('of which 12 h are missed and 3 h are over are recorded to 90.0 % of their duration', () => {
    const accuracy = durationAccuracy(truth, recorded);
    // 150 - 12 - 3 = 135 of 150
    expect(accuracy).toEqual({
      numeratorMs: 135 * HOUR_MS,
      denominatorMs: 150 * HOUR_MS,
      missedMs: 12 * HOUR_MS,
      overMs: 3 * HOUR_MS,
    });
    expect(percent(accuracy)).toBe('90.0');
  });

  it('overlap with the truth in 138 of 153 h', () => {
    // Both: 276 x 30 min = 138 h. Either: 150 h + 3 h over.
    expect(overlapAccuracy(truth, recorded)).toEqual({
      numeratorMs: 138 * HOUR_MS,
      denominatorMs: 153 * HOUR_MS,
    });
  });
});

describe('[10:00, 10:30) recorded as [10:03, 10:33) (R33)', () => {
  const truth = new Map([['call-1', [minutes(600, 630)]]]);
  const recorded = new Map([['call-1', [minutes(603, 633)]]]);

  it('is 100 % of its duration', () => {
    expect(durationAccuracy(truth, recorded)).toEqual({
      numeratorMs: 30 * MINUTE_MS,
      denominatorMs: 30 * MINUTE_MS,
      missedMs: 0,
      overMs: 0,
    });
  });

  it('overlaps in 27 of 33 min, 81.8 %', () => {
    const accuracy = overlapAccuracy(truth, recorded);
    expect(accuracy).toEqual({ numeratorMs: 27 * MINUTE_MS, denominatorMs: 33 * MINUTE_MS });
    expect(percent(accuracy)).toBe('81.8');
  });
});

describe('accuracy', () => {
  it('does not let one key make up for another', () => {
    const truth = new Map([['call-1', [minutes(0, 30)]]]);
    const recorded = new Map([['call-2', [minutes(0, 30)]]]);
    // 30 missed and 30 over, of 30: as wrong as can be, and more than all of it.
    expect(durationAccuracy(truth, recorded)).toMatchObject({
      numeratorMs: -30 * MINUTE_MS,
      denominatorMs: 30 * MINUTE_MS,
    });
    expect(overlapAccuracy(truth, recorded)).toEqual({ numeratorMs: 0, denominatorMs: 60 * MINUTE_MS });
  });

  it('of duration sees what was recorded twice; of overlap it does not', () => {
    const truth = new Map([['call-1', [minutes(0, 30)]]]);
    const recorded = new Map([['call-1', [minutes(10, 30), minutes(0, 20)]]]);
    // Recorded 40 for 30: 10 over. Together they cover all 30.
    expect(durationAccuracy(truth, recorded)).toMatchObject({
      numeratorMs: 20 * MINUTE_MS,
      overMs: 10 * MINUTE_MS,
    });
    expect(overlapAccuracy(truth, recorded)).toEqual({
      numeratorMs: 30 * MINUTE_MS,
      denominatorMs: 30 * MINUTE_MS,
    });
  });

  it('of nothing has nothing to be measured by', () => {
    expect(durationAccuracy(new Map(), new Map())).toMatchObject({ numeratorMs: 0, denominatorMs: 0 });
    expect(overlapAccuracy(new Map(), new Map())).toEqual({ numeratorMs: 0, denominatorMs: 0 });
  });
});
