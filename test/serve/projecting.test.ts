/** The supervised projector: started again when it fails or falls silent, and not when it was told to end. */
import { describe, expect, it } from 'vitest';
import type { Follower } from '../../adapters/projector.ts';
import { openBackoff } from '../../adapters/serve/backoff.ts';
import { SILENT_MS } from '../../adapters/serve/heartbeat.ts';
import { openProjecting } from '../../adapters/serve/projecting.ts';
import { heldClock, settled } from './held-clock.ts';

interface Started extends Follower {
  readonly beat: (position: number) => void;
  readonly fail: (error: Error) => void;
  readonly calls: string[];
}

const room = () => {
  const clock = heldClock();
  const started: Started[] = [];
  const failures: unknown[] = [];
  const projecting = openProjecting({
    start: (beat) => {
      const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
      const calls: string[] = [];
      const follower: Started = {
        ended,
        beat,
        fail: reject,
        calls,
        wake: () => void calls.push('wake'),
        stop: async () => {
          calls.push('stop');
          resolve();
        },
        kill: async () => void calls.push('kill'),
      };
      started.push(follower);
      return follower;
    },
    clock,
    backoff: openBackoff(() => 1),
    onFailure: (error) => failures.push(error),
  });
  const current = (): Started => {
    const last = started.at(-1);
    if (!last) throw new Error('nothing was started');
    return last;
  };
  return { projecting, clock, started, failures, current };
};

describe('a projector', () => {
  it('shows how far it is and when it last gave a sign of life', async () => {
    const { projecting, clock, current } = room();
    expect(projecting.status()).toMatchObject({ state: 'running', position: undefined });
    current().beat(7);
    await clock.pass(500);
    expect(projecting.status()).toEqual({ state: 'running', position: 7, silentMs: 500, restarts: 0 });
  });

  it('is alive by its heartbeat, however long it stays at one position', async () => {
    const { clock, current, started, projecting } = room();
    for (let beat = 0; beat < 100; beat += 1) {
      current().beat(7);
      await clock.pass(1_000);
    }
    expect(started).toHaveLength(1);
    expect(projecting.status().state).toBe('running');
  });

  it('that falls silent is ended and started again', async () => {
    const { clock, started, failures } = room();
    await clock.pass(SILENT_MS);
    expect(failures).toMatchObject([{ message: expect.stringContaining('no sign of life') }]);
    expect(started[0]?.calls).toContain('kill');
    await clock.pass(200);
    expect(started).toHaveLength(2);
  });

  it('that fails is shown as such, and started again later each time until it has moved on', async () => {
    const { projecting, clock, started, current } = room();
    const failAfter = async (waitMs: number): Promise<void> => {
      const before = started.length;
      current().fail(new Error('no'));
      await settled();
      expect(projecting.status().state).toBe('waiting-to-restart');
      await clock.pass(waitMs - 1);
      expect(started).toHaveLength(before);
      await clock.pass(1);
      expect(started).toHaveLength(before + 1);
    };
    current().beat(5);
    await failAfter(200);
    current().beat(5);
    await failAfter(400);
    current().beat(6);
    await failAfter(200);
    expect(projecting.status()).toMatchObject({ restarts: 3, state: 'running' });
  });

  it('that ends by itself is started again too', async () => {
    const { clock, started, current, failures } = room();
    await current().stop();
    await settled();
    expect(failures).toMatchObject([{ message: 'the projector ended by itself' }]);
    await clock.pass(200);
    expect(started).toHaveLength(2);
  });

  it('is woken when the log has grown', () => {
    const { projecting, current } = room();
    projecting.wake();
    expect(current().calls).toEqual(['wake']);
  });

  it('that is stopped finishes its page and is not started again', async () => {
    const { projecting, clock, started, failures } = room();
    await projecting.stop();
    await clock.pass(600_000);
    expect(started.map(({ calls }) => calls)).toEqual([['stop', 'kill']]);
    expect(failures).toEqual([]);
  });

  it('is not started again when the process ends while it waits to be', async () => {
    const { projecting, clock, started, current } = room();
    current().fail(new Error('no'));
    await settled();
    await projecting.stop();
    await clock.pass(600_000);
    expect(started).toHaveLength(1);
  });
});
