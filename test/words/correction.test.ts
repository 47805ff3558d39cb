/** Corrections: what can be taken out of a record and what can be added to it. */
import { describe, expect, it } from 'vitest';
import { correctTime } from '../../adapters/words/correction.ts';
import { retract } from '../../adapters/words/remark.ts';
import { durationMs, recordId } from '../../schemas/brand.ts';
import type { TimeRecord } from '../../schemas/record.ts';
import { ANNA, BOSS, CALL, NOON, at, callLog, heard, refusal, sayAll, sayNow } from './stream.ts';

const because = { clause: 'start' };
const stretch = (from: string, to: string) => ({
  fromMs: at(from),
  toMs: at(to),
  opened: because,
  closed: because,
});
const NONE = durationMs(0);

/** 10:00 to 10:30, of which 10:10 to 10:15 was on hold. */
const RECORD: TimeRecord = {
  id: recordId('call-1/call.talk#1@ANNA'),
  subject: CALL,
  kind: 'call',
  rule: 'call.talk',
  measure: 'work',
  actor: ANNA,
  cycle: 1,
  status: 'closed',
  method: 'auto',
  fromMs: at('10:00'),
  toMs: at('10:30'),
  countedMs: durationMs(1_500_000),
  roundedMs: durationMs(1_500_000),
  gradesMs: { observed: durationMs(1_500_000), inferred: NONE, declared: NONE, assumed: NONE, unknown: NONE },
  spans: [
    { ...stretch('10:00', '10:10'), grade: 'observed' },
    { ...stretch('10:15', '10:30'), grade: 'observed' },
  ],
  subtracted: [{ ...stretch('10:10', '10:15'), reason: 'paused' }],
  attributes: {},
  facts: 2,
};

const correct = (effect: 'add' | 'remove', from: string, to: string, record = RECORD) =>
  correctTime(record, { effect, fromMs: at(from), toMs: at(to), reason: 'fire drill', by: BOSS }, NOON);

describe('a correction', () => {
  it('names the record by its rule and person, the time, who says so and why', async () => {
    expect(await heard(await callLog(), correct('remove', '10:20', '10:25'))).toEqual({
      status: 'word',
      word: {
        type: 'TimeCorrected',
        subject: 'call-1',
        occurredAt: NOON.now,
        data: {
          actor: 'ANNA',
          rule: 'call.talk',
          effect: 'remove',
          fromMs: at('10:20'),
          toMs: at('10:25'),
          reason: 'fire drill',
          by: 'BOSS',
        },
      },
    });
  });

  it('said twice is one, unless something was said of that time in between', async () => {
    const log = await callLog();
    const remove = correct('remove', '10:20', '10:25');
    await sayAll(log, remove, correct('remove', '10:25', '10:26'), correct('add', '10:30', '10:40'));
    expect(await sayNow(log, remove)).toMatchObject({
      status: 'known',
      event: { data: { effect: 'remove' } },
    });
    const without: TimeRecord = { ...RECORD, spans: [{ ...stretch('10:25', '10:30'), grade: 'observed' }] };
    await sayAll(log, correct('add', '10:20', '10:25', without), remove);
    expect(await log.readStream(CALL)).toHaveLength(7);
  });

  it.each([
    ['remove', '10:25', '10:25', '--to must lie after --from'],
    ['remove', '12:00', '12:30', 'lies in the future'],
    // Half-open: the record ends where the correction begins.
    ['remove', '10:30', '10:40', 'nothing of it is there to be taken out'],
    ['remove', '09:00', '10:00', 'nothing of it is there to be taken out'],
    ['add', '10:29', '10:40', 'counts from 10:15 to 10:30 already'],
  ] as const)('to %s %s to %s is refused: %s', async (effect, from, to, why) => {
    expect(await refusal(await callLog(), correct(effect, from, to))).toContain(why);
  });

  it.each([
    ['remove', '09:00', '10:01'],
    ['remove', '10:29', '11:00'],
    ['add', '10:30', '10:40'],
    ['add', '10:10', '10:15'],
  ] as const)('to %s %s to %s is heard', async (effect, from, to) => {
    expect(await refusal(await callLog(), correct(effect, from, to))).toBe('not refused: word');
  });

  it('of a record that runs reaches up to now', async () => {
    const running: TimeRecord = { ...RECORD, status: 'running', toMs: at('10:30') };
    expect(await refusal(await callLog(), correct('remove', '11:00', '11:30', running))).toBe(
      'not refused: word',
    );
  });

  it('of what was retracted means nothing', async () => {
    const log = await callLog();
    await sayAll(log, retract(CALL, { reason: 'a test' }, NOON));
    expect(await refusal(log, correct('remove', '10:00', '10:05'))).toContain('was retracted');
  });
});
