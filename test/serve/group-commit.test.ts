/** Group commit: what waits is taken together, in order; what is not durable is never acknowledged. */
import { describe, expect, it } from 'vitest';
import type { Arrival, Outcome } from '../../adapters/intake.ts';
import { openBackoff } from '../../adapters/serve/backoff.ts';
import { type GroupCommitSetup, openGroupCommit } from '../../adapters/serve/group-commit.ts';
import { signalOf } from '../intake/signals.ts';
import { heldClock, settled } from './held-clock.ts';

const arrivals = (...raws: readonly string[]): readonly Arrival[] =>
  raws.map((raw) => ({ status: 'signal', signal: signalOf(raw) }));

const rawsOf = (group: readonly Arrival[]): readonly string[] => group.map(({ signal }) => signal.raw);

/** An intake whose calls are answered one by one, when the test says so. */
const heldIntake = () => {
  const groups: (readonly string[])[] = [];
  const answers: { accept: () => void; fail: (error: Error) => void }[] = [];
  const settle = (group: readonly Arrival[]): Promise<readonly Outcome[]> => {
    groups.push(rawsOf(group));
    return new Promise((resolve, reject) =>
      answers.push({
        accept: () => resolve(group.map(() => ({ status: 'accepted', appended: 1, duplicates: 0 }))),
        fail: reject,
      }),
    );
  };
  const next = async (how: 'accept' | Error): Promise<void> => {
    await settled();
    const answer = answers.shift();
    if (!answer) throw new Error('nobody asks');
    if (how === 'accept') answer.accept();
    else answer.fail(how);
    await settled();
  };
  return { settle, groups, next };
};

const room = (more: Partial<GroupCommitSetup> = {}) => {
  const intake = heldIntake();
  const clock = heldClock();
  const seen = { failures: [] as unknown[], appended: 0 };
  const commit = openGroupCommit({
    intake,
    clock,
    backoff: openBackoff(() => 1),
    onFailure: (error) => seen.failures.push(error),
    onAppended: (events) => (seen.appended += events),
    ...more,
  });
  return { commit, intake, clock, seen };
};

describe('what waits', () => {
  it('is everything that arrives in one turn of the event loop, and not its first request alone', async () => {
    const { commit, intake } = room();
    const offers = [commit.offer(arrivals('a'))];
    for (const raw of ['b', 'c', 'd']) {
      await Promise.resolve();
      offers.push(commit.offer(arrivals(raw)));
    }
    await intake.next('accept');
    await Promise.all(offers);
    expect(intake.groups).toEqual([['a', 'b', 'c', 'd']]);
  });

  it('while one group is written is the next group, in the order of its coming', async () => {
    const { commit, intake, seen } = room();
    const first = commit.offer(arrivals('a'));
    await settled();
    const others = [commit.offer(arrivals('b', 'c')), commit.offer(arrivals('d'))];
    await intake.next('accept');
    await intake.next('accept');
    expect(intake.groups).toEqual([['a'], ['b', 'c', 'd']]);
    expect(await first).toMatchObject({ status: 'settled', outcomes: [{ appended: 1 }] });
    const outcomes = (await Promise.all(others)).map(
      (one) => one.status === 'settled' && one.outcomes.length,
    );
    expect(outcomes).toEqual([2, 1]);
    expect(seen.appended).toBe(4);
  });

  it('is cut between requests where it would be too much at once', async () => {
    const { commit, intake } = room({ mostAtOnce: 3 });
    const offers = [['a', 'b'], ['c'], ['d', 'e', 'f', 'g'], ['h']].map((raws) =>
      commit.offer(arrivals(...raws)),
    );
    for (const _group of [1, 2, 3]) await intake.next('accept');
    await Promise.all(offers);
    expect(intake.groups).toEqual([['a', 'b', 'c'], ['d', 'e', 'f', 'g'], ['h']]);
  });

  it('is bounded: beyond that a request is refused at once, and nothing of it is kept', async () => {
    const { commit, intake } = room({ mostWaiting: 3 });
    const kept = [commit.offer(arrivals('a')), commit.offer(arrivals('b', 'c'))];
    expect(await commit.offer(arrivals('d'))).toEqual({ status: 'full' });
    expect(commit.waiting()).toBe(3);
    await intake.next('accept');
    await Promise.all(kept);
    expect(intake.groups.flat()).toEqual(['a', 'b', 'c']);
    expect(commit.waiting()).toBe(0);
  });
});

describe('a store that fails', () => {
  const DOWN = new Error('the log is away');

  it('acknowledges neither the group nor what waits behind it, and refuses what comes then', async () => {
    const { commit, intake, seen } = room();
    const first = commit.offer(arrivals('a'));
    await settled();
    const behind = commit.offer(arrivals('b'));
    await intake.next(DOWN);
    expect([await first, await behind, await commit.offer(arrivals('c'))]).toEqual([
      { status: 'store-down' },
      { status: 'store-down' },
      { status: 'store-down' },
    ]);
    expect(commit.failure()).toBe(DOWN);
    expect(seen.failures).toEqual([DOWN]);
  });

  it('is tried with what failed, later each time, and works again without being asked', async () => {
    const { commit, intake, clock } = room();
    const first = commit.offer(arrivals('a'));
    await intake.next(DOWN);
    await first;
    await clock.pass(199);
    expect(intake.groups).toEqual([['a']]);
    await clock.pass(1);
    await intake.next(DOWN);
    await clock.pass(399);
    expect(intake.groups).toHaveLength(2);
    await clock.pass(1);
    await intake.next('accept');
    expect(commit.failure()).toBeUndefined();
    const after = commit.offer(arrivals('b'));
    await intake.next('accept');
    expect(await after).toMatchObject({ status: 'settled' });
    expect(intake.groups).toEqual([['a'], ['a'], ['a'], ['b']]);
  });

  it('is not tried again by a process that ends', async () => {
    const { commit, intake, clock } = room();
    const first = commit.offer(arrivals('a'));
    await intake.next(DOWN);
    await first;
    await commit.close();
    await clock.pass(60_000);
    expect(intake.groups).toEqual([['a']]);
  });
});

describe('closing', () => {
  it('settles what waits and takes nothing more', async () => {
    const { commit, intake } = room();
    const first = commit.offer(arrivals('a'));
    await settled();
    const second = commit.offer(arrivals('b'));
    let closed = false;
    const closing = commit.close().then(() => (closed = true));
    expect(await commit.offer(arrivals('c'))).toEqual({ status: 'closed' });
    await intake.next('accept');
    expect(closed).toBe(false);
    await intake.next('accept');
    await closing;
    expect([await first, await second]).toMatchObject([{ status: 'settled' }, { status: 'settled' }]);
  });
});
