/** Why a subject is not timed: the first clause that fails, with what it is and what it must be. */
import { describe, expect, it } from 'vitest';
import { answer, whyNot } from '../../engine/index.ts';
import { subjectId } from '../../schemas/brand.ts';
import { facts as readFacts, planOf } from '../support/scenario.ts';

/** `clause: failing` and the sentence; or the sentence of what is timed. */
const whyOf = (
  rules: string,
  table: string,
  { subject = 'ticket-1', rule }: { readonly subject?: string; readonly rule?: string } = {},
): readonly (readonly [clause: string, failing: string | undefined, says: string])[] => {
  const plan = planOf(rules);
  const all = readFacts(table);
  const own = subjectId(subject);
  const records = answer(plan, all).filter((record) => record.subject === own);
  const facts = all.filter((fact) => fact.subject === own);
  return whyNot({ plan, subject: own, facts, records }, rule).map((one) =>
    one.timed ? ['timed', undefined, one.says] : [one.clause, one.failing, one.says],
  );
};

const ruleWith = (more: string): string => `
rules:
  - { rule: ticket.work, on: ticket, start: TicketOpened, stop: TicketResolved${more} }
`;
const WORKED = `
  time             | subject  | event          | who  | type    | tier
  2026-03-02 09:00 | ticket-1 | TicketOpened   | ANNA | billing | silver
  2026-03-02 10:00 | ticket-1 | TicketResolved | ANNA |         |`;

describe('the first failing clause is', () => {
  it('none: it is timed', () => {
    expect(whyOf(ruleWith(''), WORKED)).toEqual([
      ['timed', undefined, 'it is timed: 1:00:00 in ticket-1/ticket.work#1@ANNA'],
    ]);
  });

  it('when: ticket.type ≠ support (N11)', () => {
    expect(whyOf(ruleWith(', when: { type: support }'), WORKED)).toEqual([
      ['when', 'ticket.type ≠ support', 'type is billing, must be support'],
    ]);
  });

  it('when, by the nearest of several alternatives and by what nobody has told', () => {
    const nearest = ', when: [{ type: support, tier: gold }, { type: billing, tier: gold }]';
    expect(whyOf(ruleWith(nearest), WORKED)).toEqual([
      ['when', 'ticket.tier ≠ gold', 'tier is silver, must be gold'],
    ]);
    expect(whyOf(ruleWith(', when: { region: [north, south] }'), WORKED)).toEqual([
      ['when', 'ticket.region ≠ north or south', 'nobody has told region, must be north or south'],
    ]);
    expect(whyOf(ruleWith(', when: { tier: { not: silver } }'), WORKED)).toEqual([
      ['when', 'ticket.tier = silver', 'tier is silver, must not be silver'],
    ]);
  });

  it('when, where the rule times only while it holds', () => {
    expect(whyOf(ruleWith(', when: { type: support }, onReassign: restart'), WORKED)).toEqual([
      [
        'when',
        'ticket.type ≠ support',
        'it never ran while the condition held: type is billing, must be support',
      ],
    ]);
  });

  it('the stronger rule of its group', () => {
    const rules = `
rules:
  - { rule: ticket.work, on: ticket, start: TicketOpened, stop: TicketResolved, oneOf: tickets }
  - { rule: ticket.gold, on: ticket, start: TicketOpened, stop: TicketResolved, oneOf: tickets, priority: 5 }
`;
    expect(whyOf(rules, WORKED)).toEqual([
      [
        'oneOf',
        'oneOf tickets: ticket.gold',
        'ticket.gold comes first among the rules of tickets and has it',
      ],
      ['timed', undefined, 'it is timed: 1:00:00 in ticket-1/ticket.gold#1@ANNA'],
    ]);
  });

  it('when, where a clock is carried and the rule was not in force at the start', () => {
    const rules = `
rules:
  - { rule: ticket.p1, on: ticket, start: TicketOpened, stop: TicketResolved, oneOf: p, onReassign: carry, when: { priority: P1 } }
  - { rule: ticket.rest, on: ticket, start: TicketReopened, stop: TicketResolved, oneOf: p, onReassign: carry, when: { priority: { not: P1 } } }
`;
    const table = `
      time             | subject  | event          | who  | priority
      2026-03-02 09:00 | ticket-1 | TicketOpened   | ANNA |
      2026-03-02 09:30 | ticket-1 | TicketAssigned | ANNA | P1
      2026-03-02 10:00 | ticket-1 | TicketResolved | ANNA |`;
    expect(whyOf(rules, table, { rule: 'ticket.p1' })).toEqual([
      [
        'when',
        'ticket.priority ≠ P1',
        'it never ran while the condition held: nobody has told priority, must be P1',
      ],
    ]);
    expect(whyOf(rules, table.replace('TicketOpened  ', 'TicketReopened'))).toEqual([
      ['timed', undefined, 'it is timed: 1:00:00 in ticket-1/ticket.p1#1@ANNA'],
      ['when', 'ticket.priority = P1', 'priority is P1, must not be P1'],
    ]);
  });

  it('validFrom or validUntil', () => {
    expect(whyOf(ruleWith(', validFrom: 2026-04-01'), WORKED)).toEqual([
      [
        'validFrom',
        '2026-03-02 < 2026-04-01',
        'it begins on 2026-03-02, and the rule is valid from 2026-04-01 on',
      ],
    ]);
    expect(whyOf(ruleWith(', validUntil: 2026-03-02'), WORKED)).toEqual([
      [
        'validUntil',
        '2026-03-02 ≥ 2026-03-02',
        'it begins on 2026-03-02, and the rule is valid until before 2026-03-02',
      ],
    ]);
  });

  it('actorKinds: a machine is no human', () => {
    const table = `
      time             | subject  | event          | who  | actorKind
      2026-03-02 09:00 | ticket-1 | TicketOpened   | BOT1 | bot
      2026-03-02 10:00 | ticket-1 | TicketResolved | BOT1 | bot`;
    expect(whyOf(ruleWith(''), table)).toEqual([['actorKinds', 'bot ≠ human', 'BOT1 is bot, must be human']]);
  });

  it('unassigned: nobody was named', () => {
    const table = `
      time             | subject  | event          | who
      2026-03-02 09:00 | ticket-1 | TicketOpened   |
      2026-03-02 10:00 | ticket-1 | TicketResolved |`;
    expect(whyOf(ruleWith(', unassigned: skip'), table)).toEqual([
      ['unassigned', 'nobody named', 'nobody was named for it, and the rule skips what is unassigned'],
    ]);
  });

  it('on: another kind of subject, where a rule is asked for by name', () => {
    const calls = `${ruleWith('')}  - { rule: call.talk, on: call, start: CallConnected, stop: CallEnded }\n`;
    expect(whyOf(calls, WORKED, { rule: 'call.talk' })).toEqual([
      ['on', 'ticket ≠ call', 'the rule times a call, and this is a ticket'],
    ]);
    expect(whyOf(calls, WORKED)).toHaveLength(1);
  });

  it('merged: another subject has its time', () => {
    const table = `
      time             | subject  | event          | who  | into
      2026-03-02 09:00 | ticket-1 | TicketOpened   | ANNA |
      2026-03-02 10:00 | ticket-1 | TicketResolved | ANNA |
      2026-03-02 11:00 | ticket-1 | SubjectMerged  |      | ticket-2`;
    expect(whyOf(ruleWith(''), table)).toEqual([
      ['merged', 'merged into ticket-2', 'it was merged into ticket-2, which has its time'],
    ]);
  });
});

describe('nothing begins', () => {
  it('where no start came, and the answer says what did', () => {
    const table = `
      time             | subject  | event          | who
      2026-03-02 09:00 | ticket-1 | TicketAssigned | ANNA
      2026-03-02 10:00 | ticket-1 | TicketResolved | ANNA`;
    expect(whyOf(ruleWith(''), table)).toEqual([
      ['start', 'no TicketOpened', 'no TicketOpened among its 2 facts (TicketAssigned, TicketResolved)'],
    ]);
  });

  it('where people only spoke of it', () => {
    const table = `
      time             | subject  | event        | text | by
      2026-03-02 09:00 | ticket-1 | NoteAttached | hard | ANNA`;
    const silence = ['no fact', 'nothing happened to it: people only spoke of its time'] as const;
    expect(whyOf(ruleWith(''), table)).toEqual([['start', ...silence]]);
    const level = '\nrules:\n  - { rule: ticket.work, on: ticket, runWhile: { tier: gold } }\n';
    expect(whyOf(level, table)).toEqual([['runWhile', ...silence]]);
  });

  const startOf = (start: string): string => `
rules:
  - { rule: ticket.work, on: ticket, start: ${start}, stop: TicketResolved }
`;

  it('where a field of the nearest start is another', () => {
    const start =
      '[{ event: TicketOpened, where: { type: support, tier: gold } }, { event: TicketOpened, where: { tier: gold } }]';
    expect(whyOf(startOf(start), WORKED)).toEqual([
      ['start', 'ticket.tier ≠ gold', 'TicketOpened came, but its tier is silver, must be gold'],
    ]);
  });

  it('where what must have come before did not', () => {
    expect(whyOf(startOf('{ event: TicketOpened, after: TicketAssigned }'), WORKED)).toEqual([
      ['start', 'no TicketAssigned', 'TicketOpened came with no TicketAssigned before it'],
    ]);
  });

  it('where a field never changed', () => {
    expect(whyOf(startOf('{ changed: tier, to: gold }'), WORKED)).toEqual([
      ['start', 'ticket.tier unchanged to gold', 'tier never changed to gold'],
    ]);
  });

  it('where the level that it runs in never held', () => {
    const rules = '\nrules:\n  - { rule: ticket.work, on: ticket, runWhile: { tier: gold } }\n';
    expect(whyOf(rules, WORKED)).toEqual([
      [
        'runWhile',
        'ticket.tier ≠ gold',
        'after TicketResolved, where it comes nearest, tier is silver, must be gold',
      ],
    ]);
  });

  it('where an end tells no length', () => {
    const rules =
      '\nrules:\n  - { rule: ticket.reported, on: ticket, stop: TicketResolved, missingStart: duration }\n';
    expect(whyOf(rules, WORKED)).toEqual([
      ['stop', 'durationMs untold', 'TicketResolved came, but tells no length'],
    ]);
  });
});

describe('it begins and is kept from a record', () => {
  const STATUS = `
    time             | subject  | event               | who  | status
    2026-03-02 08:00 | ticket-1 | TicketStatusChanged | ANNA | closed
    2026-03-02 09:00 | ticket-1 | TicketOpened        | ANNA |
    2026-03-02 10:00 | ticket-1 | TicketResolved      | ANNA |`;

  it('by a level stop that holds', () => {
    const rules = ruleWith('').replace(
      'stop: TicketResolved',
      'stop: [TicketResolved, { while: { status: closed } }]',
    );
    expect(whyOf(rules, STATUS)).toEqual([
      ['stop', 'status is closed', 'a start came while the rule must not run: status is closed'],
    ]);
    const only = ruleWith('').replace('stop: TicketResolved', 'stop: { while: { status: closed } }');
    expect(whyOf(only, STATUS).map(([clause]) => clause)).toEqual(['stop']);
  });

  it('by a cancel, an event or a level', () => {
    const table = `
      time             | subject | event          | who
      2026-03-02 09:00 | visit-1 | VisitCheckedIn | ANNA
      2026-03-02 09:30 | visit-1 | VisitCancelled | ANNA`;
    const rules =
      '\nrules:\n  - { rule: visit.on-site, on: visit, start: VisitCheckedIn, stop: VisitCheckedOut, cancel: VisitCancelled }\n';
    expect(whyOf(rules, table, { subject: 'visit-1' })).toEqual([
      ['cancel', 'VisitCancelled', 'VisitCancelled dropped it'],
    ]);
    expect(whyOf(ruleWith(', cancel: { while: { status: closed } }'), STATUS)).toEqual([
      ['cancel', 'status is closed', 'the rule drops what it has while status is closed'],
    ]);
  });

  it('by a runWhile that does not hold', () => {
    expect(whyOf(ruleWith(', runWhile: { status: open }, whenFalse: cancel'), STATUS)).toEqual([
      ['runWhile', 'ticket.status ≠ open', 'it started and could not run: status is closed, must be open'],
    ]);
  });

  it('where it has clocks for participants only and nobody is named', () => {
    const table = `
      time             | subject  | event          | who
      2026-03-02 09:00 | ticket-1 | TicketOpened   |
      2026-03-02 10:00 | ticket-1 | TicketResolved |`;
    expect(whyOf(ruleWith(', per: participant'), table).map(([clause]) => clause)).toEqual(['per']);
  });

  it('by several clauses at once: the one that acts first is named', () => {
    const rules = ruleWith(', cancel: { while: { status: closed } }').replace(
      'stop: TicketResolved',
      'stop: [TicketResolved, { while: { status: closed } }]',
    );
    expect(whyOf(rules, STATUS).map(([clause]) => clause)).toEqual(['stop']);
  });
});

describe('a record is there and counts nothing', () => {
  it('while it runs', () => {
    const table = `
      time             | subject  | event        | who
      2026-03-02 09:00 | ticket-1 | TicketOpened | ANNA`;
    expect(whyOf(ruleWith(''), table)).toEqual([
      [
        'tail',
        'still running',
        'ticket-1/ticket.work#1@ANNA is still running: it counts once its end is known',
      ],
    ]);
  });

  it('where all of it lies off the calendar', () => {
    const rules = `
calendars: { office: { hours: { mon: ['13:00-17:00'] } } }
${ruleWith(', calendar: office').trim()}
`;
    expect(whyOf(rules, WORKED)).toEqual([
      [
        'subtracted',
        '1:00:00 off-calendar',
        'all of ticket-1/ticket.work#1@ANNA is subtracted: 1:00:00 off-calendar',
      ],
    ]);
  });

  it('where it was too short, or taken back', () => {
    expect(whyOf(ruleWith(', minSpan: 2h'), WORKED).map(([, failing]) => failing)).toEqual([
      '1:00:00 under-minimum',
    ]);
    const table = `
      time             | subject  | event          | who  | reason
      2026-03-02 09:00 | ticket-1 | TicketOpened   | ANNA |
      2026-03-02 10:00 | ticket-1 | TicketResolved | ANNA |
      2026-03-02 11:00 | ticket-1 | TimeRetracted  |      | spam`;
    expect(whyOf(ruleWith(''), table).map(([clause]) => clause)).toEqual(['retraction']);
  });

  it('where its parts are missing', () => {
    const rules = `${ruleWith(', when: { type: support }')}  - { rule: ticket.all, on: ticket, measure: all, of: ticket.work }\n`;
    expect(whyOf(rules, WORKED, { rule: 'ticket.all' })).toEqual([
      ['of', 'no record of ticket.work', 'it is made of ticket.work, and there is no record of ticket.work'],
    ]);
  });
});
