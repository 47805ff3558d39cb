/** What is said about a subject as a whole, and what cannot be said of it. */
import { describe, expect, it } from 'vitest';
import { allocate, approve, merge, note, retract } from '../../adapters/words/remark.ts';
import { historyOf } from '../../adapters/words/say.ts';
import type { EventLog } from '../../projections/ports.ts';
import { type SubjectId, actorId, subjectId } from '../../schemas/brand.ts';
import {
  ANNA,
  BEN,
  BOSS,
  CALL,
  NOON,
  callLog,
  fact,
  heard,
  logWith,
  refusal,
  sayAll,
  sayNow,
} from './stream.ts';

describe('every remark', () => {
  it('needs a subject that the log knows, and one that is work', async () => {
    const log = await logWith(fact('person-ANNA', 'PersonJoinedTeam', '09:00', { actor: 'ANNA', team: 'A' }));
    expect(await refusal(log, retract(CALL, { reason: 'gone' }, NOON))).toBe(
      'the log holds nothing about call-1; list what it holds: tickmark records',
    );
    expect(await refusal(log, note(subjectId('person-ANNA'), { text: 'a', by: BOSS }, NOON))).toBe(
      'person-ANNA is nothing that anybody works on',
    );
  });
});

describe('a retraction', () => {
  it('is said once, for whatever reason', async () => {
    const log = await callLog();
    await sayAll(log, retract(CALL, { reason: 'deleted' }, NOON));
    expect(await sayNow(log, retract(CALL, { reason: 'other' }, NOON))).toMatchObject({ status: 'known' });
    expect(await log.readStream(CALL)).toHaveLength(3);
  });
});

describe('an allocation', () => {
  const over = (shares: Record<string, string>, actor = ANNA) =>
    allocate(CALL, { actor, over: shares }, NOON);
  const [FIRST, OTHER] = [over({ research: '30%', rest: '70%' }), over({ research: '40%', rest: '60%' })];

  it('adds up to 100 %, and says by how much it does not', async () => {
    const log = await callLog();
    // 30 + 50 + 15 = 95
    expect(await refusal(log, over({ research: '30%', negotiation: '50%', followup: '15%' }))).toBe(
      'the shares add up to 95 % and must be 100 %: add 5 % to one of them',
    );
    expect(await refusal(log, over({ research: '30%', negotiation: '50%', followup: '20%' }))).toBe(
      'not refused: word',
    );
  });

  it('holds until the person says another; the first may be said again after that', async () => {
    const log = await callLog();
    await sayAll(log, FIRST, over({ research: '50%', rest: '50%' }, BEN));
    expect(await heard(log, FIRST)).toMatchObject({ status: 'known' });
    await sayAll(log, OTHER);
    expect(await heard(log, FIRST)).toMatchObject({ status: 'word' });
    await sayAll(log, FIRST);
    expect(await log.readStream(CALL)).toHaveLength(6);
  });
});

describe('an approval', () => {
  const by = (name: string) => approve(CALL, { actor: ANNA, by: actorId(name) }, NOON);

  it.each(['ANNA', 'anna'])('is not given by the person, here as %s', async (name) => {
    expect(await refusal(await callLog(), by(name))).toContain('cannot approve time of their own');
  });

  it('said twice is one, and two when there was more to approve in between', async () => {
    const log = await callLog();
    await sayAll(log, by('BOSS'), note(CALL, { text: 'seen', by: BOSS }, NOON));
    expect(await heard(log, by('BOSS'))).toMatchObject({ status: 'known' });
    await sayAll(log, allocate(CALL, { actor: ANNA, over: { all: '100%' } }, NOON));
    expect(await heard(log, by('BOSS'))).toMatchObject({ status: 'word' });
  });

  it('of what was retracted is refused', async () => {
    const log = await callLog();
    await sayAll(log, retract(CALL, { reason: 'gone' }, NOON));
    expect(await refusal(log, by('BOSS'))).toContain('there is nothing to approve');
  });
});

describe('a merger', () => {
  const [A, B, C] = [subjectId('ticket-1'), subjectId('ticket-2'), subjectId('ticket-3')];
  const opened = (subject: SubjectId) => fact(subject, 'TicketOpened', '09:00', { actor: 'ANNA' });
  const tickets = () => logWith(opened(A), opened(B), opened(C));
  const into = async (log: EventLog, subject: SubjectId, target: SubjectId) =>
    merge(subject, { into: target }, await historyOf(log, target), NOON);

  it('is said once, and of one target', async () => {
    const log = await tickets();
    await sayAll(log, await into(log, A, B));
    expect(await heard(log, await into(log, A, B))).toMatchObject({ status: 'known' });
    expect(await refusal(log, await into(log, A, C))).toBe('ticket-1 was merged into ticket-2 already');
  });

  it('does not go round in a circle, nor into what is gone itself', async () => {
    const log = await tickets();
    expect(await refusal(log, await into(log, A, A))).toBe('ticket-1 cannot be merged into itself');
    await sayAll(log, await into(log, A, B));
    expect(await refusal(log, await into(log, B, A))).toBe(
      'ticket-1 was merged into ticket-2 already: they are one',
    );
    expect(await refusal(log, await into(log, C, A))).toBe(
      'ticket-1 was itself merged into ticket-2: merge into ticket-2',
    );
  });

  it('joins only what is of one kind and in the log', async () => {
    const log = await tickets();
    expect(await refusal(log, await into(log, A, CALL))).toBe(
      'a ticket is no call: only subjects of one kind can be merged',
    );
    expect(await refusal(log, await into(log, A, subjectId('ticket-9')))).toContain(
      'the log holds nothing about ticket-9',
    );
  });
});
