/** Beginning and ending: stores that are not there yet, waits that grow, steps that overdraw their time. */
import { describe, expect, it } from 'vitest';
import { InputError } from '../../adapters/input-error.ts';
import { openBackoff } from '../../adapters/serve/backoff.ts';
import { drain } from '../../adapters/serve/drain.ts';
import { untilOpen } from '../../adapters/serve/opening.ts';
import { Refusal } from '../../adapters/stores/refusal.ts';
import { heldClock, settled } from './held-clock.ts';

const NEVER = new Promise<void>(() => undefined);

describe('a wait before another attempt', () => {
  it('doubles from 0.2 s up to 30 s, and is short again after it went well', () => {
    const backoff = openBackoff(() => 1);
    const waits = Array.from({ length: 10 }, () => backoff.nextMs());
    expect(waits).toEqual([200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000]);
    backoff.reset();
    expect(backoff.nextMs()).toBe(200);
  });

  it('is a random part of that, and at least half of it', () => {
    expect(openBackoff(() => 0).nextMs()).toBe(100);
    expect(openBackoff(() => 0.5).nextMs()).toBe(150);
  });
});

describe('opening', () => {
  const attempts = (errors: readonly Error[], signal = new AbortController().signal) => {
    const clock = heldClock();
    const waits: number[] = [];
    const left = [...errors];
    let asked = 0;
    const opening = untilOpen(
      {
        open: async () => {
          asked += 1;
          const error = left.shift();
          if (error) throw error;
          return 'open';
        },
        clock,
        backoff: openBackoff(() => 1),
        onFailure: (_error, waitMs) => waits.push(waitMs),
      },
      signal,
    );
    return { opening, clock, waits, asked: () => asked };
  };
  const IN_USE = new Refusal('data-folder-in-use', 'in use', 'wait');

  it('goes on until it works', async () => {
    const { opening, clock, waits } = attempts([IN_USE, new Error('ECONNREFUSED')]);
    await clock.pass(600);
    expect(await opening).toBe('open');
    expect(waits).toEqual([200, 400]);
  });

  it.each([
    ['a newer data folder', new Refusal('data-folder-newer', 'newer', 'update')],
    ['an old SQLite', new Refusal('sqlite-too-old', 'old', 'update')],
    ['a wrong configuration', new InputError('no such scheme')],
  ])('gives up at once where no waiting helps: %s', async (_what, error) => {
    const { opening, asked } = attempts([error]);
    await expect(opening).rejects.toBe(error);
    expect(asked()).toBe(1);
  });

  it('ends with the process', async () => {
    const ending = new AbortController();
    const { opening, asked } = attempts([IN_USE, IN_USE], ending.signal);
    await settled();
    ending.abort();
    expect(await opening).toBeUndefined();
    expect(asked()).toBe(1);
  });
});

describe('draining', () => {
  it('takes the steps one after the other', async () => {
    const seen: string[] = [];
    const step = (name: string) => ({
      name,
      mostMs: 1,
      run: async () => {
        seen.push(`${name} begins`);
        await settled();
        seen.push(`${name} ends`);
      },
    });
    expect(await drain([step('intake'), step('stores')], heldClock())).toEqual({ late: [], failed: [] });
    expect(seen).toEqual(['intake begins', 'intake ends', 'stores begins', 'stores ends']);
  });

  it('goes on when a step hangs or fails, and says which', async () => {
    const clock = heldClock();
    const error = new Error('cannot close');
    let closed = false;
    const draining = drain(
      [
        { name: 'projector', mostMs: 3_000, run: () => NEVER },
        { name: 'log', mostMs: 1_000, run: () => Promise.reject(error) },
        { name: 'answers', mostMs: 1_000, run: async () => void (closed = true) },
      ],
      clock,
    );
    await clock.pass(2_999);
    expect(closed).toBe(false);
    await clock.pass(1);
    expect(await draining).toEqual({ late: ['projector'], failed: [{ name: 'log', error }] });
    expect(closed).toBe(true);
    expect(clock.sleeping()).toBe(0);
  });
});
