/** Saying: what a word is stamped with, and what happens when somebody else speaks at the same moment. */
import { describe, expect, it } from 'vitest';
import { say } from '../../adapters/words/say.ts';
import { note, retract } from '../../adapters/words/remark.ts';
import { startTimer, stopTimer } from '../../adapters/words/timer.ts';
import type { Sentence } from '../../adapters/words/word.ts';
import { subjectId } from '../../schemas/brand.ts';
import { TickmarkEvent } from '../../schemas/event.ts';
import { ANNA, BOSS, CALL, NOON, at, callLog, fact, logWith, sayAll, sayNow } from './stream.ts';

const said = (text: string): Sentence => note(CALL, { text, by: BOSS }, NOON);
const [ONE, TWO] = [subjectId('timer-1'), subjectId('timer-2')];

describe('a word', () => {
  it('is heard beside the last words of those who correct themselves, and stands behind all of them', async () => {
    const stopped = fact('timer-1', 'TimerStopped', '11:00');
    const corrected = { ...fact('timer-1', 'TimerStopped', '10:00'), fact: stopped.id, revision: 1 };
    const log = await logWith(
      fact('timer-1', 'TimerStarted', '09:00', { actor: 'ANNA' }),
      corrected,
      stopped,
    );
    const heard: string[][] = [];
    const { speak } = retract(ONE, { reason: 'a test', by: BOSS }, NOON);
    const listening: Sentence = {
      subject: ONE,
      speak: (history) => {
        heard.push(history.map(({ occurredAt }) => NOON.local(occurredAt)));
        return speak(history);
      },
    };
    await sayAll(log, listening);
    expect(heard).toEqual([['09:00', '10:00']]);
    expect((await log.readStream(ONE)).at(-1)).toMatchObject({ version: 3, event: { sequence: 3 } });
  });

  it('is an event of its subject, said now, behind what stood there', async () => {
    const log = await callLog();
    expect(await sayNow(log, said('why'))).toMatchObject({ status: 'said' });
    const stored = (await log.readStream(CALL)).at(-1);
    expect(stored).toMatchObject({
      version: 2,
      event: {
        type: 'NoteAttached',
        source: 'by-hand',
        dialect: 'by-hand@1',
        occurredAt: NOON.now,
        recordedAt: NOON.now,
        sequence: 2,
        data: { text: 'why', by: 'BOSS' },
      },
    });
    expect(TickmarkEvent.safeParse(stored?.event).success).toBe(true);
  });

  it('of one instant stands behind the word before it', async () => {
    const log = await callLog();
    await sayAll(log, said('one'), said('two'));
    const events = (await log.readStream(CALL)).map(({ event }) => event);
    expect(events.slice(2).map(({ sequence }) => sequence)).toEqual([2, 3]);
  });

  it('said again is not written again', async () => {
    const log = await callLog();
    await sayAll(log, said('why'), said('other'));
    expect(await sayNow(log, said('why'))).toMatchObject({ status: 'known', event: { sequence: 2 } });
    expect(await log.readStream(CALL)).toHaveLength(4);
  });

  it('gets the same id in another log with the same history, and another in the next place', async () => {
    const [here, there] = [await callLog(), await callLog()];
    await sayAll(here, said('why'));
    await sayAll(there, said('why'));
    const idIn = async (log: typeof here) => (await log.readStream(CALL)).at(-1)?.event.id;
    expect(await idIn(here)).toBe(await idIn(there));
  });

  it('that does not fit its schema is refused by the name of the field', async () => {
    const log = await callLog();
    expect(await sayNow(log, said(''))).toMatchObject({
      status: 'refused',
      because: expect.stringMatching(/^text: /),
    });
    expect(await log.readStream(CALL)).toHaveLength(2);
  });
});

describe('somebody else at the same moment', () => {
  it('is told of, and nothing is written', async () => {
    const log = await callLog();
    const slow = {
      append: log.append,
      readStream: async (stream: string) => {
        const history = await log.readStream(stream);
        await sayAll(log, said('faster'));
        return history;
      },
    };
    expect(await say(slow, [said('slower')], NOON.now)).toEqual({
      status: 'outrun',
      subject: CALL,
      events: [],
    });
    expect((await log.readStream(CALL)).map(({ event }) => event.type)).toEqual([
      'CallConnected',
      'CallEnded',
      'NoteAttached',
    ]);
  });
});

describe('two words in one breath', () => {
  const running = fact('timer-1', 'TimerStarted', '09:00', { actor: 'ANNA' });
  const switched = (start = at('10:00')): readonly Sentence[] => [
    stopTimer(ONE, at('10:00'), { actor: ANNA }, NOON),
    startTimer(TWO, start, { actor: ANNA }, NOON),
  ];

  it('stand in their streams at the same instant', async () => {
    const log = await logWith(running);
    expect(await sayNow(log, ...switched())).toMatchObject({ status: 'said' });
    expect((await log.readStream(ONE)).at(-1)?.event).toMatchObject({
      type: 'TimerStopped',
      occurredAt: at('10:00'),
    });
    expect(await log.readStream(TWO)).toMatchObject([
      { event: { type: 'TimerStarted', occurredAt: at('10:00') } },
    ]);
  });

  it('are both left unsaid when one is refused', async () => {
    const log = await logWith(running);
    expect(await sayNow(log, ...switched(at('13:00')))).toMatchObject({ status: 'refused' });
    expect(await log.readStream(ONE)).toHaveLength(1);
  });

  it('may be told to a subject that is retracted, which refuses them', async () => {
    const log = await logWith(running);
    await sayAll(log, retract(ONE, { reason: 'a test' }, NOON));
    expect(await sayNow(log, ...switched())).toEqual({
      status: 'refused',
      because: 'timer-1 was retracted and counts nothing',
    });
  });
});
