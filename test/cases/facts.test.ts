/** The facts of a case: what each column of a table becomes. */
import { describe, expect, it } from 'vitest';
import { readFacts } from '../../adapters/cases/facts.ts';
import type { TickmarkEvent } from '../../schemas/event.ts';

const MINUTE_MS = 60_000;
const NINE = Date.UTC(2026, 2, 2, 9);

const read = (table: string, zone = 'UTC'): readonly TickmarkEvent[] => readFacts(table, zone).facts;
const dataOf = (table: string): unknown => read(table)[0]?.data;
const idsOf = (table: string, zone = 'UTC'): readonly string[] => read(table, zone).map(({ id }) => id);

describe('the time of a fact', () => {
  it('is local, on the day of the row above, or carries its offset', () => {
    // Berlin is at +01:00 in March: 09:00 there is 08:00 UTC.
    const facts = read(
      `
      time                   | subject | event
      2026-03-02 10:00       | call-1  | CallConnected
      10:00:30.250           | call-1  | CallHeld
      2026-03-02 09:05Z      | call-1  | CallResumed
      10:10+01:00            | call-1  | CallEnded
    `,
      'Europe/Berlin',
    );
    expect(facts.map(({ occurredAt }) => occurredAt - NINE)).toEqual([
      0,
      30_250,
      5 * MINUTE_MS,
      10 * MINUTE_MS,
    ]);
  });

  it('is when it was learned too, unless the table says when that was', () => {
    const facts = read(`
      time             | recorded         | subject | event
      2026-03-02 09:00 |                  | call-1  | CallConnected
      09:05            | 09:07            | call-1  | CallHeld
      09:10            | 2026-03-04 09:10 | call-1  | CallEnded
      09:20            |                  | call-2  | CallConnected
    `);
    expect(facts.map(({ recordedAt, occurredAt }) => recordedAt - occurredAt)).toEqual([
      0,
      2 * MINUTE_MS,
      2 * 24 * 60 * MINUTE_MS,
      0,
    ]);
    // The day of the row above is that of its time, not of its learning.
    expect(facts[3]?.occurredAt).toBe(NINE + 20 * MINUTE_MS);
  });
});

describe('a column', () => {
  it('is a field where the event has one of that name, and an attribute otherwise', () => {
    const [opened, changed] = read(`
      time             | subject  | event               | who  | status | tier
      2026-03-02 09:00 | ticket-1 | TicketOpened        |      | closed | gold
      09:01            | ticket-1 | TicketStatusChanged | mira | open   |
    `);
    expect(opened?.data).toEqual({ attributes: { status: 'closed', tier: 'gold' } });
    expect(changed?.data).toEqual({ actor: 'mira', status: 'open' });
  });

  it('duration is written as a duration', () => {
    expect(
      dataOf(`
      time             | subject | event       | who  | duration | by
      2026-03-02 09:00 | entry-1 | TimeEntered | mira | 1h30m    | noor
    `),
    ).toEqual({ actor: 'mira', durationMs: 90 * MINUTE_MS, by: 'noor' });
  });

  it('from and to are local times', () => {
    expect(
      dataOf(`
      time             | subject | event         | who  | effect | from  | to               | reason
      2026-03-02 12:00 | call-1  | TimeCorrected | mira | remove | 09:00 | 2026-03-02 09:30 | forgotten
    `),
    ).toEqual({
      actor: 'mira',
      effect: 'remove',
      fromMs: NINE,
      toMs: NINE + 30 * MINUTE_MS,
      reason: 'forgotten',
    });
  });

  it('over is written as shares of targets', () => {
    expect(
      dataOf(`
      time             | subject | event         | who  | over
      2026-03-02 12:00 | call-1  | TimeAllocated | mira | research 30%, follow up 70%
    `),
    ).toEqual({ actor: 'mira', over: { research: '30%', 'follow up': '70%' } });
  });

  it('evidence is a list of subjects, claimed a duration', () => {
    expect(
      dataOf(`
      time             | subject | event        | by   | text         | claimed | evidence
      2026-03-02 12:00 | call-1  | NoteAttached | mira | three issues | 90m     | ticket-1, ticket-2
    `),
    ).toEqual({
      by: 'mira',
      text: 'three issues',
      claimedMs: 90 * MINUTE_MS,
      evidence: ['ticket-1', 'ticket-2'],
    });
  });
});

describe('the same row', () => {
  it('is the same fact, however its time is written and whenever it was learned', () => {
    const [first, ...others] = idsOf(
      `
      time             | recorded | subject | event         | who
      2026-03-02 09:00 |          | call-1  | CallConnected | mira
      09:00            |          | call-1  | CallConnected | mira
      08:00Z           | 11:00    | call-1  | CallConnected | mira
    `,
      'Europe/Berlin',
    );
    expect(others).toEqual([first, first]);
  });

  it('is another fact with another id', () => {
    const ids = idsOf(`
      time             | subject | event         | id
      2026-03-02 09:00 | call-1  | CallConnected | a
      09:00            | call-1  | CallConnected | b
    `);
    expect(new Set(ids).size).toBe(2);
  });

  it('at another time is another fact of the same id', () => {
    const ids = idsOf(`
      time             | subject | event         | id
      2026-03-02 09:00 | call-1  | CallConnected | a
      10:00            | call-1  | CallConnected | a
    `);
    expect(new Set(ids).size).toBe(2);
  });

  it('is another word about the same fact, where the table has revisions', () => {
    const [first, later, alone] = read(`
      time             | subject | event         | id | revision
      2026-03-02 09:00 | call-1  | CallConnected | a  |
      10:00            | call-1  | CallConnected | a  | 2
      11:00            | call-1  | CallConnected |    |
    `);
    expect(first).not.toHaveProperty('fact');
    expect(later).toMatchObject({ fact: first?.id, revision: 2 });
    expect(new Set([first?.id, later?.id, alone?.id]).size).toBe(3);
  });
});

describe('a table that cannot be read says', () => {
  const row = (header: string, cells: string): string =>
    `time | subject | event ${header}\n2026-03-02 09:00 | call-1 | ${cells}`;

  it.each([
    [
      'the event that was meant',
      row('', 'CallConectd'),
      'row 1: unknown event type "CallConectd" (did you mean CallConnected?)',
    ],
    [
      'the columns that it needs',
      'time | subject\n09:00 | call-1',
      'row 1: the facts need the columns event',
    ],
    [
      'how a duration is written',
      row('| duration', 'CallEnded | 1 day'),
      'row 1: not a duration: "1 day"; write 90s, 30m or 1h30m',
    ],
    [
      'how shares are written',
      row('| who | over', 'TimeAllocated | mira | research'),
      'row 1: not shares: "research"; write research 30%, negotiation 50%, follow-up 20%',
    ],
    [
      'what the event knows',
      row('| tier', 'TimeRetracted | gold'),
      'row 1: TimeRetracted says nothing of tier; it knows reason, by',
    ],
    [
      'which field is wrong',
      row('', 'CallTransferred'),
      'row 1: CallTransferred cannot be read: data.actor: ',
    ],
    [
      'that a row is short',
      'time | subject | event\n09:00 | call-1',
      'a row has 2 cells, the header 3: 09:00 | call-1',
    ],
    [
      'that the first time has no date',
      'time | subject | event\n09:00 | call-1 | CallEnded',
      'row 1: the first time needs a date: "09:00"',
    ],
    [
      'that a time is none',
      'time | subject | event\nnine | call-1 | CallEnded',
      'row 1: not a time: "nine"; write 2026-03-02 09:00',
    ],
  ])('%s', (_, table, message) => expect(() => read(table)).toThrow(message));

  it('that the clocks show a time twice, or never', () => {
    const at = (time: string) => `time | subject | event\n${time} | call-1 | CallEnded`;
    expect(() => read(at('2026-10-25 02:30'), 'Europe/Berlin')).toThrow('is two times in Europe/Berlin');
    expect(() => read(at('2026-03-29 02:30'), 'Europe/Berlin')).toThrow('is no time in Europe/Berlin');
  });
});
