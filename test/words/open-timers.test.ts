/** Open timers: what runs, what was forgotten, and what a rule has ended for the time being only. */
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ruleOn } from '../../adapters/rule-file.ts';
import { memoryReadModels } from '../../adapters/stores/memory/index.ts';
import { openTimers } from '../../adapters/words/open-timers.ts';
import { catchUp } from '../../projections/index.ts';
import { type ActorId, type InstantMs, shift } from '../../schemas/brand.ts';
import type { TickmarkEvent } from '../../schemas/event.ts';
import { RuleSet } from '../../schemas/rule-set.ts';
import { ANNA, BEN, MINUTE_MS, at, fact, logWith } from './stream.ts';

const rulesWith = (missingEnd: string) =>
  ruleOn(
    RuleSet.parse(
      parse(`
ruleSet: by-hand
version: 1
zone: UTC
rules:
  - { rule: call.talk, on: call, start: CallConnected, stop: CallEnded }
  - { rule: timer.manual, on: timer, kind: manual, start: TimerStarted, stop: TimerStopped${missingEnd} }
`),
    ),
  );
const [CAPPED, UNCAPPED] = [rulesWith(', missingEnd: { closeAt: nextStart, cap: 10h }'), rulesWith('')];

const seen = async (
  ruling: typeof CAPPED,
  now: InstantMs,
  who: ActorId | undefined,
  ...events: readonly TickmarkEvent[]
) => {
  const log = await logWith(...events);
  const answers = await memoryReadModels();
  await catchUp({ ...ruling, log, rows: answers });
  return openTimers({ log, answers, plan: ruling.plan, now }, who);
};

const started = (name: string, clock: string, actor = 'ANNA') =>
  fact(`timer-${name}`, 'TimerStarted', clock, { actor });
const call = [
  fact('call-1', 'CallConnected', '09:30', { actor: 'ANNA' }),
  fact('call-1', 'CallEnded', '09:40', { actor: 'ANNA' }),
];
const HOUR_MS = 60 * MINUTE_MS;

describe('an open timer', () => {
  it('is one that nobody has stopped, of the person who is asked for', async () => {
    const events = [started('1', '09:00'), fact('timer-1', 'TimerStopped', '09:20'), started('2', '09:20')];
    const bens = started('3', '08:00', 'BEN');
    expect(await seen(CAPPED, at('10:00'), ANNA, ...events, bens)).toEqual([
      { subject: 'timer-2', who: 'ANNA', since: at('09:20') },
    ]);
    expect(await seen(CAPPED, at('10:00'), undefined, ...events, bens)).toMatchObject([
      { who: BEN },
      { who: ANNA },
    ]);
  });

  it('goes on beside a call, though its rule has ended it there for the time being', async () => {
    expect(await seen(CAPPED, at('10:00'), ANNA, started('1', '09:00'), ...call)).toEqual([
      { subject: 'timer-1', who: 'ANNA', since: at('09:00') },
    ]);
  });

  it('was forgotten from its cap on, whatever the log has seen since', async () => {
    // 09:00 + 10 h = 19:00; the log's own clock stands at 09:00.
    expect(await seen(CAPPED, at('18:59'), ANNA, started('1', '09:00'))).not.toHaveProperty([0, 'endedAt']);
    expect(await seen(CAPPED, at('19:00'), ANNA, started('1', '09:00'))).toMatchObject([
      { endedAt: at('19:00') },
    ]);
  });

  it('that was forgotten ended where its rule says', async () => {
    expect(await seen(CAPPED, at('19:00'), ANNA, started('1', '09:00'), ...call)).toMatchObject([
      { endedAt: at('09:30') },
    ]);
  });

  it('without a cap was forgotten after a day', async () => {
    const day = shift(at('09:00'), 24 * HOUR_MS);
    expect(await seen(UNCAPPED, shift(day, -1), ANNA, started('1', '09:00'))).not.toHaveProperty([
      0,
      'endedAt',
    ]);
    expect(await seen(UNCAPPED, day, ANNA, started('1', '09:00'))).toMatchObject([{ endedAt: day }]);
  });

  it('that was retracted is none', async () => {
    const retracted = fact('timer-1', 'TimeRetracted', '09:30', { reason: 'a test' });
    expect(await seen(CAPPED, at('10:00'), ANNA, started('1', '09:00'), retracted)).toEqual([]);
  });

  it('is looked for a week back where its rule has ended it, and without limit where it has not', async () => {
    const later = shift(at('09:30'), 7 * 24 * HOUR_MS);
    expect(await seen(CAPPED, shift(later, -1), ANNA, started('1', '09:00'), ...call)).toMatchObject([
      { endedAt: at('09:30') },
    ]);
    expect(await seen(CAPPED, later, ANNA, started('1', '09:00'), ...call)).toEqual([]);
    expect(await seen(CAPPED, later, ANNA, started('1', '09:00'))).toHaveLength(1);
  });
});
