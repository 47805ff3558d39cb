/** Readiness: what each part is told to be at, and when the whole is not ready. */
import { describe, expect, it } from 'vitest';
import type { ProjectingStatus } from '../../adapters/serve/projecting.ts';
import { intakeCheck, notReady, projectorCheck, readinessOf } from '../../adapters/serve/readiness.ts';

const OK = { status: 'ok' } as const;

describe('a process', () => {
  it('is ready when every part is, and not when one is not', () => {
    expect(readinessOf({ log: OK, answers: OK }).status).toBe('ready');
    const failed = { status: 'failed', because: 'away' } as const;
    expect(readinessOf({ log: OK, answers: failed }).status).toBe('not-ready');
  });

  it('says of every part why it is not there yet', () => {
    const because = 'the stores are being opened';
    expect(notReady(['log', 'intake'], because)).toEqual({
      status: 'not-ready',
      checks: { log: { status: 'failed', because }, intake: { status: 'failed', because } },
    });
  });
});

describe('the intake', () => {
  const intake = (failure?: unknown) => ({ failure: () => failure, waiting: () => 3 });

  it.each([
    ['works', undefined, { status: 'ok', waiting: 3 }],
    [
      'has a full disk',
      Object.assign(new Error('full'), { errcode: 13 }),
      { because: 'the disk is full; it is tried again' },
    ],
    [
      'has a store that is away',
      new Error('ECONNREFUSED'),
      { because: 'the log takes nothing; it is tried again' },
    ],
  ])('%s', (_what, failure, expected) => {
    expect(intakeCheck(intake(failure))).toMatchObject(expected);
  });
});

describe('the projector', () => {
  const status = (over: Partial<ProjectingStatus> = {}): ProjectingStatus => ({
    state: 'running',
    position: 90,
    silentMs: 12.4,
    restarts: 1,
    ...over,
  });

  it('may lag as far as it must, and tells how far', () => {
    expect(projectorCheck(status(), 1_000_090)).toEqual({
      status: 'ok',
      position: 90,
      lagEvents: 1_000_000,
      sinceBeatMs: 12,
      restarts: 1,
    });
  });

  it('has no lag that nobody knows, and none below nothing', () => {
    expect(projectorCheck(status(), undefined)).toMatchObject({ lagEvents: null });
    expect(projectorCheck(status({ position: undefined }), 7)).toMatchObject({
      position: null,
      lagEvents: null,
    });
    expect(projectorCheck(status(), 80)).toMatchObject({ lagEvents: 0 });
  });

  it.each([
    ['silent', 'it gives no sign of life'],
    ['waiting-to-restart', 'it failed and is started again'],
  ] as const)('is not well when it is %s', (state, because) => {
    expect(projectorCheck(status({ state }), 90)).toMatchObject({ status: 'failed', because });
  });
});
