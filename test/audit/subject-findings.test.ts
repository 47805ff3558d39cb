/** What is remarkable about a subject by itself, by numbers worked out by hand. */
import { describe, expect, it } from 'vitest';
import { linesOf } from './audited.ts';

const rulesWith = (audit: string, rule = ''): string => `
audit: ${audit}
rules:
  - { rule: call.talk, on: call, start: CallConnected, stop: CallEnded${rule} }
  - { rule: ticket.work, on: ticket, start: [TicketOpened, TicketReopened], stop: TicketResolved, unassigned: skip }
  - { rule: entry.manual, on: entry, stop: TimeEntered, missingStart: duration, backfill: { withinDays: 7 } }
`;
const USUAL = rulesWith('{}');

describe('a span is too long', () => {
  const callOf = (end: string): string => `
    time             | subject | event         | who
    2026-03-02 08:00 | call-1  | CallConnected | ANNA
    ${end}           | call-1  | CallEnded     | ANNA`;

  it('when it counts more than 8 h without a break, and not when it counts 8 h', async () => {
    expect(await linesOf('span-too-long', USUAL, callOf('2026-03-02 16:30'))).toEqual([
      '2026-03-02 08:00 ANNA call-1/call.talk#1@ANNA: 8:30:00 without a break, more than 8:00:00',
    ]);
    expect(await linesOf('span-too-long', USUAL, callOf('2026-03-02 16:00'))).toEqual([]);
  });

  it('by the rule set’s own limit', async () => {
    const strict = rulesWith('{ spanOver: 1h }');
    expect(await linesOf('span-too-long', strict, callOf('2026-03-02 09:15'))).toHaveLength(1);
    expect(await linesOf('span-too-long', strict, callOf('2026-03-02 09:00'))).toEqual([]);
  });

  it('only without a break: 5 h, a pause and 4 h are none', async () => {
    const paused = rulesWith('{}', ', pause: CallHeld, resume: CallResumed');
    const table = `
      time             | subject | event         | who
      2026-03-02 08:00 | call-1  | CallConnected | ANNA
      2026-03-02 13:00 | call-1  | CallHeld      | ANNA
      2026-03-02 13:10 | call-1  | CallResumed   | ANNA
      2026-03-02 17:10 | call-1  | CallEnded     | ANNA`;
    expect(await linesOf('span-too-long', paused, table)).toEqual([]);
    expect(await linesOf('span-too-long', USUAL, table)).toHaveLength(1);
  });

  it('when its rule had to cut it: 340 h at 10 h leave 330 h out (E30)', async () => {
    const cut = rulesWith('{ spanOver: 12h }', ', maxSpan: 10h');
    // 2026-03-02 08:00 and 340 h: 14 days and 4 h.
    expect(await linesOf('span-too-long', cut, callOf('2026-03-16 12:00'))).toEqual([
      '2026-03-02 08:00 ANNA call-1/call.talk#1@ANNA: cut at the maxSpan of call.talk: 330:00:00 beyond it do not count',
    ]);
  });

  it('but not of a ticket, which is open for days while people sleep', async () => {
    const table = `
      time             | subject  | event          | who
      2026-03-02 08:00 | ticket-1 | TicketOpened   | ANNA
      2026-03-05 08:00 | ticket-1 | TicketResolved | ANNA`;
    expect(await linesOf('span-too-long', USUAL, table)).toEqual([]);
  });
});

describe('an entry is late', () => {
  const entered = (recorded: string): string => `
    time             | recorded    | subject | event       | who  | duration
    2026-03-02 10:00 | ${recorded} | entry-1 | TimeEntered | ANNA | 30m`;

  it('typed on Wednesday 16:00 for Monday 10:00: 54 h (R8)', async () => {
    expect(await linesOf('late-entry', USUAL, entered('2026-03-04 16:00'))).toEqual([
      '2026-03-02 09:30 ANNA entry-1/entry.manual#1@ANNA: told 54:00:00 after it happened, later than 24:00:00',
    ]);
  });

  it('after a day, and not on the day itself', async () => {
    expect(await linesOf('late-entry', USUAL, entered('2026-03-03 10:00'))).toEqual([]);
    expect(await linesOf('late-entry', USUAL, entered('2026-03-03 10:01'))).toHaveLength(1);
  });

  it('and waits for an approval where the rule says so', async () => {
    expect(await linesOf('needs-approval', USUAL, entered('2026-03-12 10:00'))).toEqual([
      '2026-03-02 09:30 ANNA entry-1/entry.manual#1@ANNA: 0:30:00 declared, and counted only once somebody else approves it',
    ]);
  });
});

describe('ends that fit no start', () => {
  it('are orphans, with the event that was told', async () => {
    const table = `
      time             | subject | event     | who
      2026-03-02 10:30 | call-1  | CallEnded | ANNA`;
    expect(await linesOf('orphan-end', USUAL, table)).toEqual([
      '2026-03-02 10:30 ANNA call-1: CallEnded with nothing open: call.talk makes no record of it',
    ]);
  });

  it('are orphans as the first that is heard of a subject; with flag always, but not for who had left', async () => {
    const twice = `
      time             | subject | event         | who
      2026-03-02 10:00 | call-1  | CallConnected | ANNA
      10:10            | call-1  | CallEnded     | ANNA
      10:30            | call-1  | CallEnded     | ANNA`;
    const flagged = rulesWith('{}', ', missingStart: flag');
    expect(await linesOf('orphan-end', USUAL, twice)).toEqual([]);
    expect(await linesOf('orphan-end', rulesWith('{}', ', missingStart: duration'), twice)).toEqual([]);
    expect((await linesOf('orphan-end', flagged, twice)).map((line) => line.slice(0, 16))).toEqual([
      '2026-03-02 10:30',
    ]);
    const conference = `
      time             | subject | event      | who
      2026-03-02 10:00 | call-1  | CallJoined | ANNA
      10:00            | call-1  | CallJoined | BEN
      10:10            | call-1  | CallLeft   | ANNA
      10:30            | call-1  | CallEnded  |`;
    const each = `
rules:
  - { rule: call.each, on: call, per: participant, start: CallJoined, stop: [CallLeft, CallEnded], missingStart: flag }
`;
    expect(await linesOf('orphan-end', each, conference)).toEqual([]);
  });

  it('shortly before their start are a negative span of 2 s, counted 0 s (E21)', async () => {
    const table = `
      time                | subject | event         | who
      2026-03-02 10:00:02 | call-1  | CallConnected | ANNA
      2026-03-02 10:00:00 | call-1  | CallEnded     | ANNA`;
    expect(await linesOf('negative-span', USUAL, table)).toEqual([
      '2026-03-02 10:00:02 ANNA call-1/call.talk#1@ANNA: the end was told to lie 0:00:02 before the start; it counts 0 s',
    ]);
  });
});

describe('an end is supplied', () => {
  const FLAGGED = `
rules:
  - { rule: call.talk, on: call, start: CallConnected, stop: CallEnded, missingEnd: { cap: 1h, flag: true } }
  - { rule: timer.manual, on: timer, start: TimerStarted, stop: TimerStopped, missingEnd: { cap: 1h, flag: true } }
`;

  it('with all that it brought: 20 min before an outage of 20 min and 20 min after it', async () => {
    const table = `
      time             | subject     | event          | who
      2026-03-02 10:00 | call-1      | CallConnected  | ANNA
      10:20            | source-case | SourceWentDown |
      10:40            | source-case | SourceCameBack |
      12:00            | call-2      | CallConnected  | BEN
      12:10            | call-2      | CallEnded      |`;
    expect(await linesOf('end-supplied', FLAGGED, table)).toEqual([
      '2026-03-02 10:00 ANNA call-1/call.talk#1@ANNA: its end never came; the rule supplied it and with it 0:40:00',
    ]);
  });

  it('also where a person’s word began it', async () => {
    const table = `
      time             | subject | event         | who
      2026-03-02 10:00 | timer-1 | TimerStarted  | ANNA
      12:00            | call-2  | CallConnected | BEN
      12:10            | call-2  | CallEnded     |`;
    expect(await linesOf('end-supplied', FLAGGED, table)).toEqual([
      '2026-03-02 10:00 ANNA timer-1/timer.manual#1@ANNA: its end never came; the rule supplied it and with it 1:00:00',
    ]);
  });
});

describe('a record has no counterpart', () => {
  const AUDIT = rulesWith('{ counterpartWithin: 15m, counterpartTypes: [TicketReopened, TicketResumed] }');
  const ticket = (reply: string): string => `
    time             | subject  | event          | who
    2026-03-02 08:00 | ticket-1 | TicketOpened   | ANNA
    ${reply}
    2026-03-02 12:00 | ticket-1 | TicketResolved | ANNA`;

  it('when 4 h have no signal of the customer (R36)', async () => {
    expect(await linesOf('no-counterpart', AUDIT, ticket(''))).toEqual([
      '2026-03-02 08:00 ANNA ticket-1/ticket.work#1@ANNA: 4:00:00 counted, and none of TicketReopened, TicketResumed within 0:15:00 of it',
    ]);
  });

  it('but has one within, and up to 15 minutes away', async () => {
    for (const time of ['2026-03-02 10:00', '2026-03-02 07:45', '2026-03-02 12:15'])
      expect(await linesOf('no-counterpart', AUDIT, ticket(`${time} | ticket-1 | TicketResumed |`))).toEqual(
        [],
      );
    for (const time of ['2026-03-02 07:44', '2026-03-02 12:16'])
      expect(
        await linesOf('no-counterpart', AUDIT, ticket(`${time} | ticket-1 | TicketResumed |`)),
      ).toHaveLength(1);
  });

  it('only where the rule set asks, and of kinds that can have one', async () => {
    expect(await linesOf('no-counterpart', USUAL, ticket(''))).toEqual([]);
    const calls = rulesWith('{ counterpartWithin: 15m, counterpartTypes: [EmailReceived] }');
    expect(await linesOf('no-counterpart', calls, ticket(''))).toEqual([]);
  });
});

describe('a claim is off', () => {
  const RULES = rulesWith('{}');
  /** Tickets of 30:00, 29:12 and 29:00: 88:12 together. */
  const tickets = (subjects: readonly [string, string, string]): string => `
    2026-03-02 09:00:00 | ${subjects[0]} | TicketOpened   | ANNA | | |
    2026-03-02 09:30:00 | ${subjects[0]} | TicketResolved | ANNA | | |
    2026-03-02 10:00:00 | ${subjects[1]} | TicketOpened   | ANNA | | |
    2026-03-02 10:29:12 | ${subjects[1]} | TicketResolved | ANNA | | |
    2026-03-02 11:00:00 | ${subjects[2]} | TicketOpened   | ANNA | | |
    2026-03-02 11:29:00 | ${subjects[2]} | TicketResolved | ANNA | | |`;
  const note = (rows: string, claimed: string, evidence = ''): string => `
    time | subject | event | who | claimed | by | text | evidence
    ${rows
      .trim()
      .split('\n')
      .map((row) => `${row} |`)
      .join('\n')}
    2026-03-02 12:00:00 | ticket-1 | NoteAttached | | ${claimed} | ANNA | 3 issues, 30 min each | ${evidence}`;
  const three = tickets(['ticket-1', 'ticket-2', 'ticket-3']);
  const one = tickets(['ticket-1', 'ticket-1', 'ticket-1']);

  it('by 1:48 when 90:00 are claimed and three tickets show 88:12 (R27)', async () => {
    expect(await linesOf('claim-off', RULES, note(three, '90m', 'ticket-1, ticket-2, ticket-3'))).toEqual([
      '2026-03-02 12:00 ANNA ticket-1: claimed 1:30:00, observed 1:28:12 on 3 subjects: 0:01:48 more than the signals show',
    ]);
  });

  it('when its evidence is the ticket itself, in three cycles', async () => {
    expect(await linesOf('claim-off', RULES, note(one, '90m'))).toEqual([
      '2026-03-02 12:00 ANNA ticket-1: claimed 1:30:00, observed 1:28:12: 0:01:48 more than the signals show',
    ]);
  });

  describe('about tickets that were merged', () => {
    /** 60 min of ticket-2, which is ticket-1 since 14:00, and 60 min of ticket-1 itself. */
    const merged = (note: string): string => `
      time             | subject  | event          | who  | claimed | by   | text | evidence           | into
      2026-03-02 10:00 | ticket-2 | TicketOpened   | ANNA |         |      |      |                    |
      11:00            | ticket-2 | TicketResolved |      |         |      |      |                    |
      11:00            | ticket-1 | TicketOpened   | ANNA |         |      |      |                    |
      12:00            | ticket-1 | TicketResolved |      |         |      |      |                    |
      12:00            | ticket-9 | TicketOpened   | ANNA |         |      |      |                    |
      12:10            | ticket-9 | TicketResolved |      |         |      |      |                    |
      ${note}
      14:00            | ticket-2 | SubjectMerged  |      |         |      |      |                    | ticket-1`;

    it('by the time of the one that is left, once', async () => {
      const elsewhere = (claimed: string, evidence: string): string =>
        merged(`13:00 | ticket-9 | NoteAttached | | ${claimed} | ANNA | both | ${evidence} |`);
      expect(await linesOf('claim-off', RULES, elsewhere('2h', 'ticket-2'))).toEqual([]);
      expect(await linesOf('claim-off', RULES, elsewhere('2h', 'ticket-2, ticket-1'))).toEqual([]);
      expect(await linesOf('claim-off', RULES, elsewhere('3h', 'ticket-2, ticket-1'))).toEqual([
        '2026-03-02 13:00 ANNA ticket-9: claimed 3:00:00, observed 2:00:00: 1:00:00 more than the signals show',
      ]);
    });

    it('also where the note stands on the one that is gone', async () => {
      const gone = (claimed: string, evidence: string): string =>
        merged(`13:00 | ticket-2 | NoteAttached | | ${claimed} | ANNA | it | ${evidence} |`);
      expect(await linesOf('claim-off', RULES, gone('10m', 'ticket-9'))).toEqual([]);
      expect(await linesOf('claim-off', RULES, gone('30m', 'ticket-9'))).toEqual([
        '2026-03-02 13:00 ANNA ticket-1: claimed 0:30:00, observed 0:10:00: 0:20:00 more than the signals show',
      ]);
      expect(await linesOf('claim-off', RULES, gone('2h', ''))).toEqual([]);
      expect(await linesOf('claim-off', RULES, gone('1h', 'ticket-1, ticket-2'))).toEqual([
        '2026-03-02 13:00 ANNA ticket-1: claimed 1:00:00, observed 2:00:00: 1:00:00 less than the signals show',
      ]);
    });
  });

  it('downwards too, and not by less than a minute', async () => {
    expect(await linesOf('claim-off', RULES, note(one, '80m'))).toEqual([
      '2026-03-02 12:00 ANNA ticket-1: claimed 1:20:00, observed 1:28:12: 0:08:12 less than the signals show',
    ]);
    // 88:12 and 88:00 are 12 s apart; of ticket-1 alone 30:00 was observed.
    expect(await linesOf('claim-off', RULES, note(three, '88m', 'ticket-1, ticket-2, ticket-3'))).toEqual([]);
    expect(await linesOf('claim-off', RULES, note(three, '30m'))).toEqual([]);
  });
});

describe('a correction under a rule that is not there', () => {
  const corrected = (rule: string, effect: string): string => `
    time             | subject | event         | who  | rule        | effect    | from             | to               | reason
    2026-03-02 09:00 | call-1  | CallConnected | ANNA |             |           |                  |                  |
    2026-03-02 09:30 | call-1  | CallEnded     | ANNA |             |           |                  |                  |
    2026-03-02 10:00 | call-1  | TimeCorrected | ANNA | ${rule}     | ${effect} | 2026-03-02 09:30 | 2026-03-02 09:40 | forgot it`;

  it('is told, because it changes nothing', async () => {
    expect(await linesOf('rule-gone', USUAL, corrected('call.gone', 'add'))).toEqual([
      '2026-03-02 09:30 ANNA call-1: no rule call.gone here: what was added counts nowhere',
    ]);
    expect(await linesOf('rule-gone', USUAL, corrected('call.gone', 'remove'))).toEqual([
      '2026-03-02 09:30 ANNA call-1: no rule call.gone here: nothing was removed',
    ]);
  });

  it('of another kind of subject is told, too', async () => {
    expect(await linesOf('rule-gone', USUAL, corrected('ticket.work', 'add'))).toHaveLength(1);
  });

  it('is nothing remarkable where the rule is there', async () => {
    expect(await linesOf('rule-gone', USUAL, corrected('call.talk', 'add'))).toEqual([]);
  });
});
