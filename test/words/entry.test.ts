/** Entries: typed twice they are one, and typed again they are two. */
import { describe, expect, it } from 'vitest';
import { type Entry, enterTime, subjectOfEntry } from '../../adapters/words/entry.ts';
import { retract } from '../../adapters/words/remark.ts';
import type { EventLog } from '../../projections/ports.ts';
import { durationMs } from '../../schemas/brand.ts';
import { ANNA, BEN, MINUTE_MS, NOON, at, logWith, refusal, sayNow } from './stream.ts';

const HALF_HOUR: Entry = {
  endAt: at('10:30'),
  data: { actor: ANNA, durationMs: durationMs(30 * MINUTE_MS) },
};

const enter = async (log: EventLog, entry: Entry, again = false) => {
  const subject = await subjectOfEntry(log, entry, again);
  return { subject, said: await sayNow(log, enterTime(subject, entry, NOON)) };
};

describe('an entry', () => {
  it('says when it ended, how long it took, and when it was entered', async () => {
    const log = await logWith();
    const { subject } = await enter(log, HALF_HOUR);
    expect(await log.readStream(subject)).toMatchObject([
      {
        event: {
          type: 'TimeEntered',
          occurredAt: at('10:30'),
          recordedAt: NOON.now,
          data: { actor: 'ANNA', durationMs: 1_800_000 },
        },
      },
    ]);
  });

  it('typed twice is one, also with another reason', async () => {
    const log = await logWith();
    const first = await enter(log, HALF_HOUR);
    const second = await enter(log, { ...HALF_HOUR, data: { ...HALF_HOUR.data, reason: 'forgot' } });
    expect(second.subject).toBe(first.subject);
    expect(second.said).toMatchObject({ status: 'known' });
  });

  it('of another person, end or length is another', async () => {
    const log = await logWith();
    const { data } = HALF_HOUR;
    const entries = [
      HALF_HOUR,
      { ...HALF_HOUR, endAt: at('10:31') },
      { ...HALF_HOUR, data: { ...data, actor: BEN } },
      { ...HALF_HOUR, data: { ...data, durationMs: durationMs(31 * MINUTE_MS) } },
    ];
    const subjects = new Set<string>();
    for (const entry of entries) subjects.add((await enter(log, entry)).subject);
    expect(subjects.size).toBe(4);
  });

  it('entered again is the next one, each time', async () => {
    const log = await logWith();
    const subjects = [
      await enter(log, HALF_HOUR),
      await enter(log, HALF_HOUR, true),
      await enter(log, HALF_HOUR, true),
    ];
    expect(new Set(subjects.map(({ subject }) => subject)).size).toBe(3);
    expect(subjects.map(({ said }) => said.status)).toEqual(['said', 'said', 'said']);
  });

  it('that was retracted can be entered anew', async () => {
    const log = await logWith();
    const { subject } = await enter(log, HALF_HOUR);
    await sayNow(log, retract(subject, { reason: 'wrong day' }, NOON));
    const next = await enter(log, HALF_HOUR);
    expect(next.said.status).toBe('said');
    expect(next.subject).not.toBe(subject);
  });

  it('takes some time, and ends before now', async () => {
    const log = await logWith();
    const why = async (entry: Entry) =>
      refusal(log, enterTime(await subjectOfEntry(log, entry, false), entry, NOON));
    expect(await why({ ...HALF_HOUR, endAt: at('12:30') })).toContain('lies in the future');
    for (const length of [0, -1])
      expect(await why({ ...HALF_HOUR, data: { ...HALF_HOUR.data, durationMs: durationMs(length) } })).toBe(
        'an entry ends after it begins: --to must lie after --from',
      );
  });
});
