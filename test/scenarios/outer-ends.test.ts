/** Outer ends: what a policy takes out begins and ends by the facts of its stretch, and says apart why it does not count. */
import { describe, expect, it } from 'vitest';
import { answer, compile } from '../../engine/index.ts';
import type { Because, TimeRecord } from '../../schemas/record.ts';
import { facts, given, planOf } from '../support/scenario.ts';

/** `clause EventType`, or the clause alone where it rests on no fact. */
const told = (table: string) => {
  const types = new Map(facts(table).map(({ id, type }) => [id, type]));
  return (because: Because | undefined): string =>
    because === undefined
      ? 'nothing'
      : [because.clause, ...(because.event === undefined ? [] : [types.get(because.event)])].join(' ');
};

/** Of each subtraction: why, by what it was opened and closed, and for what it does not count. */
const subtractedUnder = (table: string, rules: string, place = 0): readonly (readonly string[])[] => {
  const name = told(table);
  const record = given(table).under(rules).records[place];
  return (record?.subtracted ?? []).map(({ reason, opened, closed, by }) => [
    reason,
    name(opened),
    name(closed),
    name(by),
  ]);
};

const TICKET = `
  time             | subject  | event          | who | team
  2026-03-02 08:00 | ticket-1 | TicketOpened   | TOM |
  18:00            | ticket-1 | TicketResolved | TOM |
`;
const rule = (rest: string): string => `
calendars:
  office: { hours: { mon: ["09:00-17:00"] } }
rules:
  - { rule: ticket.work, on: ticket, start: TicketOpened, stop: TicketResolved${rest} }
`;

describe('a ticket from 08:00 to 18:00', () => {
  it('under office hours begins by its opening and ends by its solution, off the calendar at both ends', () => {
    expect(subtractedUnder(TICKET, rule(', calendar: office'))).toEqual([
      ['off-calendar', 'start TicketOpened', 'calendar', 'calendar'],
      ['off-calendar', 'calendar', 'stop TicketResolved', 'calendar'],
    ]);
  });

  it('that is retracted keeps its own ends, and names the retraction apart', () => {
    const table = `${TICKET}\n2026-03-03 09:00 | ticket-1 | TimeRetracted | |\n`.replaceAll(
      '| team',
      '| reason',
    );
    const words = table.replace('TimeRetracted | |', 'TimeRetracted | | a test');
    expect(subtractedUnder(words, rule(''))).toEqual([
      ['retracted', 'start TicketOpened', 'stop TicketResolved', 'retraction TimeRetracted'],
    ]);
  });

  it('of somebody who joins an exempt team at noon is exempt from that fact on', () => {
    const table = `${TICKET}12:00 | person-TOM | PersonJoinedTeam | TOM | trainees\n`;
    const moved = `${table}13:00 | person-TOM | PersonJoinedTeam | TOM | desk\n`;
    const exempt = rule(', exempt: { when: { team: trainees } }');
    expect(subtractedUnder(table, exempt)).toEqual([
      ['exempt', 'exempt.when PersonJoinedTeam', 'stop TicketResolved', 'exempt.when PersonJoinedTeam'],
    ]);
    // The second membership ends it: 12:00 to 13:00, by two facts of one type.
    const [gap] = given(moved).under(exempt).records[0]?.subtracted ?? [];
    expect(gap?.opened.event).not.toBe(gap?.closed.event);
    expect(told(moved)(gap?.closed)).toBe('exempt.when PersonJoinedTeam');
  });

  it('and shorter than the shortest names the clause apart from its ends', () => {
    expect(subtractedUnder(TICKET, rule(', minSpan: 11h'))).toEqual([
      ['under-minimum', 'start TicketOpened', 'stop TicketResolved', 'minSpan'],
    ]);
  });

  it('is answered as it was by the engine before: the calendar at every end, and nothing apart', () => {
    const compiled = compile(planOf(rule(', calendar: office')).ruleSet, 1);
    if (!compiled.ok) throw new Error('the rules do not compile');
    const name = told(TICKET);
    const [record] = answer(compiled.plan, facts(TICKET));
    expect(record?.subtracted.map(({ opened, closed, by }) => [opened, closed, by].map(name))).toEqual([
      ['calendar', 'calendar', 'nothing'],
      ['calendar', 'calendar', 'nothing'],
    ]);
  });
});

describe('two tickets that are one', () => {
  it('count their common time once, until the fact that closed the first (E27)', () => {
    const table = `
      time             | subject  | event          | who | into     | reason
      2026-03-02 10:00 | ticket-1 | TicketOpened   | ANN |          |
      10:30            | ticket-1 | TicketResolved | ANN |          |
      10:25            | ticket-2 | TicketOpened   | ANN |          |
      10:45            | ticket-2 | TicketResolved | ANN |          |
      10:50            | ticket-2 | SubjectMerged  |     | ticket-1 | same
    `;
    const [first] = facts(table).filter(({ type }) => type === 'TicketResolved');
    const [gap] = given(table).under(rule('')).records[1]?.subtracted ?? [];
    expect(gap && [gap.opened, gap.closed].map(told(table))).toEqual([
      'start TicketOpened',
      'merged TicketResolved',
    ]);
    expect(gap?.closed.event).toBe(first?.id);
  });
});

describe('a call that another one closes in its first instant', () => {
  it('counts 0 s and names the other one', () => {
    const table = `
      time             | subject | event         | who
      2026-03-02 11:50 | call-1  | CallConnected | KIM
      11:50            | call-2  | CallConnected | KIM
      12:00            | call-2  | CallEnded     |
    `;
    const records: readonly TimeRecord[] = given(table).under(`
      rules:
        - { rule: call.talk, on: call, start: CallConnected, stop: CallEnded, missingEnd: { closeAt: nextStart, cap: 2h } }
    `).records;
    expect(records.map(({ countedMs, tail }) => [countedMs, tail?.closed])).toEqual([
      [0, { clause: 'missingEnd.closeAt nextStart', record: 'call-2/call.talk#1@KIM' }],
      [600_000, undefined],
    ]);
  });
});
