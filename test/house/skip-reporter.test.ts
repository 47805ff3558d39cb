/** The reporter that counts: the closing line, the reasons, and when a skip is a failure. */
import { describe, expect, it } from 'vitest';
import { isOldNode } from './node-version.ts';
import {
  BY_DESIGN,
  closingLine,
  mustRun,
  NOT_PROMISED,
  type Outcome,
  skipLines,
  skipsFail,
} from './skip-reporter.ts';

const outcomes: readonly Outcome[] = [
  { state: 'passed', name: 'a' },
  { state: 'skipped', name: 'b', reason: '../shared is missing' },
  { state: 'passed', name: 'c' },
  { state: 'failed', name: 'd' },
  { state: 'skipped', name: 'e' },
];

describe('the reporter that counts', () => {
  it('closes with one plain line', () => {
    expect(closingLine(outcomes)).toBe('2 passed, 1 failed, 2 skipped');
  });

  it('names every skipped test with its reason', () => {
    expect(skipLines(outcomes, false)).toEqual([
      'skipped: b: ../shared is missing',
      'skipped: e: no reason given',
    ]);
  });

  it('a skip that must not be is named as one, and what differs by design or was never promised is not', () => {
    const skipped = ['gone', `${BY_DESIGN}no such thing here`, `${NOT_PROMISED}no server`].map(
      (reason): Outcome => ({ state: 'skipped', name: 'a', reason }),
    );
    expect(skipLines(skipped, true)).toEqual([
      'skipped where it must run: a: gone',
      'skipped: a: by design: no such thing here',
      'skipped: a: not promised: no server',
    ]);
    expect(skipped.map(mustRun)).toEqual([true, false, false]);
  });

  it.each([
    { CI: 'true', shared: true, fails: true },
    { CI: '1', shared: true, fails: true },
    { CI: 'true', shared: false, fails: false },
    { CI: 'false', shared: true, fails: false },
    { CI: '', shared: true, fails: false },
    { CI: undefined, shared: true, fails: false },
  ])('with CI=$CI and shared data present: $shared, a skip fails: $fails', ({ CI, shared, fails }) => {
    expect(skipsFail({ CI }, shared)).toBe(fails);
  });
});

describe('the guard at the gate', () => {
  it.each([
    ['20.20.2', true],
    ['24.14.9', true],
    ['24.15.0', false],
    ['24.21.0', false],
    ['26.0.0', false],
  ])('Node %s is too old: %s', (version, old) => {
    expect(isOldNode(version)).toBe(old);
  });
});
