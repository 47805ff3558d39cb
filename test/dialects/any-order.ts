/** The law of order: the same records in whatever order signals come, three times over, and cut by restarts. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Dialect, Signal } from '../../schemas/signal.ts';
import { deliver, serviceDesk } from './corridor.ts';

/** With 16 vendors about 2,000 deliveries where it counts. */
const RUNS = process.env['CI'] === undefined ? 8 : 125;

/** Each three times, in any order, cut into batches of any size. */
const deliveries = (signals: readonly Signal[]): fc.Arbitrary<readonly (readonly Signal[])[]> => {
  const thrice = [...signals, ...signals, ...signals];
  return fc
    .tuple(
      fc.shuffledSubarray(thrice, { minLength: thrice.length }),
      fc.array(fc.nat(thrice.length), { maxLength: 4 }),
    )
    .map(([shuffled, cuts]) => {
      const places = [0, ...cuts.toSorted((a, b) => a - b), shuffled.length];
      return places.slice(1).map((to, index) => shuffled.slice(places[index], to));
    });
};

/**
 * Messages that are written for a test may say different things under one id, which no source does: of these only the
 * first is delivered.
 */
const consistent = async (dialect: Dialect, signals: readonly Signal[]): Promise<readonly Signal[]> => {
  const { letters } = await deliver(dialect, [signals], await serviceDesk());
  const contradicting = new Set(
    letters
      .filter(({ rejection }) => rejection.code === 'conflicting-duplicate')
      .map(({ signal }) => signal.raw),
  );
  return signals
    .flatMap((signal) => dialect.split?.(signal) ?? [signal])
    .filter(({ raw }) => !contradicting.has(raw));
};

export const expectSameInAnyOrder = async (
  dialect: Dialect,
  all: readonly Signal[],
  numRuns = RUNS,
): Promise<void> => {
  const ruling = await serviceDesk();
  const signals = await consistent(dialect, all);
  const plain = await deliver(dialect, [signals], ruling);
  expect(signals.length).toBeGreaterThan(0);
  await fc.assert(
    fc.asyncProperty(deliveries(signals), async (batches) => {
      const { records, letters } = await deliver(dialect, batches, ruling);
      expect(records).toEqual(plain.records);
      expect(letters.map(({ id }) => id).toSorted()).toEqual(plain.letters.map(({ id }) => id).toSorted());
    }),
    { numRuns },
  );
};
