/** Timers: what their facts say of them, and what cannot be said of them. */
import { describe, expect, it } from 'vitest';
import { startTimer, stopTimer, timerNamed, timerState } from '../../adapters/words/timer.ts';
import { subjectId } from '../../schemas/brand.ts';
import { ANNA, BEN, NOON, at, fact, logWith, refusal, sayAll } from './stream.ts';

const TIMER = subjectId('timer-1');
const started = fact('timer-1', 'TimerStarted', '09:00', { actor: 'ANNA', attributes: { about: 'offer' } });
const stopped = fact('timer-1', 'TimerStopped', '10:00');
const retracted = fact('timer-1', 'TimeRetracted', '11:00', { reason: 'a test' });
const stop = (clock: string, who = ANNA) => stopTimer(TIMER, at(clock), { actor: who }, NOON);

describe('a timer', () => {
  it('is what its facts say, in order of time and not of arrival', () => {
    expect(timerState([])).toEqual({ status: 'unknown' });
    expect(timerState([started])).toEqual({
      status: 'running',
      who: 'ANNA',
      since: at('09:00'),
      about: 'offer',
    });
    const end = { status: 'stopped', who: 'ANNA', since: at('09:00'), until: at('10:00') };
    expect(timerState([started, stopped])).toEqual(end);
    expect(timerState([stopped, started])).toEqual(end);
    expect(timerState([started, stopped, retracted])).toEqual({ status: 'retracted' });
  });

  it('stopped when its source said so last', () => {
    const corrected = { ...fact('timer-1', 'TimerStopped', '10:30'), fact: stopped.id, revision: 1 };
    expect(timerState([started, corrected, stopped])).toMatchObject({ until: at('10:30') });
  });

  it('has a name that person and instant make, without the person in it', () => {
    const name = timerNamed(ANNA, at('09:00'), 0);
    expect(name).toMatch(/^timer-[0-9a-f]{12}$/);
    expect(timerNamed(ANNA, at('09:00'), 0)).toBe(name);
    const others = [
      timerNamed(BEN, at('09:00'), 0),
      timerNamed(ANNA, at('09:01'), 0),
      timerNamed(ANNA, at('09:00'), 1),
    ];
    expect(new Set([name, ...others]).size).toBe(4);
  });

  it('is stopped once, by its own person, after it began', async () => {
    const log = await logWith(started);
    expect(await refusal(log, stop('10:00', BEN))).toBe('timer-1 is a timer of ANNA, not of BEN');
    expect(await refusal(log, stop('09:00'))).toContain('started at 09:00, and 09:00 is not after that');
    expect(await refusal(log, stop('12:02'))).toContain('lies in the future');
    await sayAll(log, stop('10:00'));
    expect(await refusal(log, stop('11:00'))).toContain('was stopped at 10:00');
  });

  it('that nobody started cannot be stopped', async () => {
    expect(await refusal(await logWith(), stop('10:00'))).toContain('the log holds nothing about timer-1');
  });

  it('starts up to now, and a minute of another clock beyond it', async () => {
    const start = (clock: string) => startTimer(TIMER, at(clock), { actor: ANNA }, NOON);
    const log = await logWith();
    expect(await refusal(log, start('12:02'))).toContain('a start at 12:02 lies in the future (it is 12:00)');
    expect(await refusal(log, start('12:01'))).toBe('not refused: word');
  });
});
