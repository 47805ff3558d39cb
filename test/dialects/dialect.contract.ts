/** What every dialect must be: a pure function that never throws, and whose events fit their schema. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventDraft } from '../../schemas/event.ts';
import { type Dialect, REJECTIONS, type Signal, type Translation } from '../../schemas/signal.ts';
import { signalOf } from './signals.ts';

export interface DialectSample {
  readonly dialect: Dialect;
  /** Signals that it understands: at least one that yields events. */
  readonly good: readonly Signal[];
}

const anySignal = (good: readonly Signal[]): fc.Arbitrary<Signal> => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.constantFrom('__proto__', '{}'),
  );
  const rows = fc.dictionary(fc.oneof(text, fc.constantFrom('id', 'start', 'end', 'agent')), text);
  const wild = fc.oneof(
    text.map((raw) => signalOf(raw)),
    fc.tuple(text, rows).map(([raw, fields]) => signalOf(raw, fields)),
    fc.object().map((value) => signalOf(JSON.stringify(value))),
  );
  return fc.oneof(wild, damaged(good, text));
};

/** A good signal with one cell, or one stretch of its text, replaced: gets further into a dialect than noise does. */
const damaged = (good: readonly Signal[], text: fc.Arbitrary<string>): fc.Arbitrary<Signal> =>
  fc.tuple(fc.constantFrom(...good), text, fc.nat(), fc.nat(20)).map(([signal, noise, at, length]) => {
    const from = at % (signal.raw.length + 1);
    const raw = signal.raw.slice(0, from) + noise + signal.raw.slice(from + length);
    if (!signal.fields) return { ...signal, raw };
    const names = Object.keys(signal.fields);
    const name = names[at % names.length] ?? '';
    return { ...signal, raw, fields: { ...signal.fields, [name]: noise } };
  });

const checkShape = (translation: Translation): void => {
  if (translation.status === 'ignored') expect(translation.because).not.toBe('');
  else if (translation.status === 'rejected') {
    expect(translation.rejection.message.trim()).not.toBe('');
    expect(translation.rejection.message.length).toBeLessThan(2_000);
    expect(Object.keys(REJECTIONS)).toContain(translation.rejection.code);
  } else {
    expect(translation.events.length).toBeGreaterThan(0);
    // Parsed is equal to given: nothing was left for the schema to drop or to fill in. What says `checked` says it truly.
    for (const event of translation.events) expect(EventDraft.parse(event)).toEqual(event);
  }
};

const reversed = (signal: Signal): Signal =>
  signal.fields ? { ...signal, fields: Object.fromEntries(Object.entries(signal.fields).reverse()) } : signal;

/** `kind`: which of several feeders of one dialect. */
export const dialectContract = (name: string, make: () => DialectSample, kind = ''): void => {
  describe(`the dialect ${name} ${kind}`.trim(), () => {
    const { dialect, good } = make();

    it('has its name and a version', () => {
      expect(dialect.name).toBe(name);
      expect(dialect.version).toBeGreaterThanOrEqual(1);
    });

    it('understands its samples', () => {
      const statuses = good.map((signal) => dialect.translate(signal).status);
      expect(statuses).toContain('events');
      expect(statuses).not.toContain('rejected');
    });

    it('never throws, and answers in the closed shape', () => {
      fc.assert(
        fc.property(anySignal(good), (signal) => {
          checkShape(dialect.translate(signal));
        }),
        { numRuns: 400 },
      );
    });

    it('says the same of the same signal, whatever came between and in whatever order its fields are', () => {
      fc.assert(
        fc.property(anySignal(good), anySignal(good), (signal, other) => {
          const before = structuredClone(signal);
          const first = dialect.translate(signal);
          dialect.translate(other);
          expect(dialect.translate(signal)).toEqual(first);
          expect(make().dialect.translate(reversed(signal))).toEqual(first);
          expect(signal).toEqual(before);
        }),
        { numRuns: 200 },
      );
    });
  });
};
