/** What the HTTP door remembers of those who ask: how often they did, and what was acknowledged. */
import { describe, expect, it } from 'vitest';
import { openReplayLedger } from '../../adapters/carriers/http/replay-ledger.ts';
import { openRateLimit } from '../../adapters/http/rate-limit.ts';
import { heldClock } from '../serve/held-clock.ts';

describe('a rate limit', () => {
  it('lets a burst through, then one for each part of a second', async () => {
    const clock = heldClock();
    const limit = openRateLimit({ perSecond: 4, burst: 3 }, clock);
    const asked = () => limit.waitMs('a');
    expect([asked(), asked(), asked(), asked()]).toEqual([0, 0, 0, 250]);
    await clock.pass(100);
    expect(asked()).toBe(150);
    await clock.pass(150);
    expect([asked(), asked()]).toEqual([0, 250]);
    // Never more than the burst, however long the pause.
    await clock.pass(3_600_000);
    expect([asked(), asked(), asked(), asked()]).toEqual([0, 0, 0, 250]);
  });

  it('counts for each name, and forgets who asked longest ago', () => {
    const limit = openRateLimit({ perSecond: 1, burst: 1 }, heldClock(), 2);
    expect([limit.waitMs('a'), limit.waitMs('b'), limit.waitMs('a')]).toEqual([0, 0, 1_000]);
    expect([limit.waitMs('c'), limit.waitMs('a'), limit.waitMs('b')]).toEqual([0, 1_000, 0]);
  });
});

describe('a replay ledger', () => {
  it('knows what was acknowledged, for as long as it was told, and nothing else', () => {
    const ledger = openReplayLedger({ keptMs: 1_000 });
    expect(ledger.isKnown('a', 0)).toBe(false);
    ledger.acknowledged('a', 0);
    expect([ledger.isKnown('a', 1_000), ledger.isKnown('a', 1_001), ledger.isKnown('b', 0)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('holds so many, and forgets the oldest first', () => {
    const ledger = openReplayLedger({ keptMs: 1_000, mostMarks: 2 });
    for (const mark of ['a', 'b', 'a', 'c']) ledger.acknowledged(mark, 0);
    expect(['a', 'b', 'c'].map((mark) => ledger.isKnown(mark, 0))).toEqual([true, false, true]);
  });
});
