/** ServiceNow's tasks and visits: what each message tells, and when it says it was. */
import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../schemas/signal.ts';
import { factLines } from './fact-lines.ts';
import {
  INCIDENT,
  audited,
  fetched,
  inserted,
  paused,
  pushed,
  servicenowSamples,
  visit,
} from './servicenow-samples.ts';
import { eventsOf, rejectionOf, signalOf } from './signals.ts';
import { dialectOf } from './vendors.ts';

const servicenow = (options: object = {}): Dialect => dialectOf('servicenow', options);
const SHOWN = ['status', 'meaning', 'priority', 'location', 'group', 'customer'];
const REST = 'priority=3 location=X group=g77 customer=u900';

describe('a record that is pushed with what it was before', () => {
  it.each([
    [
      'inserted, an opening that was before its typing in',
      inserted(),
      [
        `2026-03-02 08:58:00 TicketOpened status=In Progress meaning=open ${REST}`,
        '2026-03-02 08:58:00 TicketAssigned u42',
      ],
    ],
    [
      'on hold, with its reason',
      pushed({}, { state: '3', hold_reason: '1' }),
      [
        `2026-03-02 12:00:00 TicketStatusChanged [On Hold] meaning=pending ${REST}`,
        '2026-03-02 12:00:00 TicketPended (Awaiting Caller)',
      ],
    ],
    [
      'on hold no more',
      pushed({ state: '3', hold_reason: '1' }),
      [
        `2026-03-02 12:00:00 TicketStatusChanged [In Progress] meaning=open ${REST}`,
        '2026-03-02 12:00:00 TicketResumed',
      ],
    ],
    [
      'resolved',
      pushed({}, { state: '6', resolved_at: '2026-03-02 12:00:00' }),
      [
        `2026-03-02 12:00:00 TicketStatusChanged [Resolved] meaning=resolved ${REST}`,
        '2026-03-02 12:00:00 TicketResolved',
      ],
    ],
    [
      'reopened',
      pushed({ state: '6' }),
      [
        `2026-03-02 12:00:00 TicketStatusChanged [In Progress] meaning=open ${REST}`,
        '2026-03-02 12:00:00 TicketReopened',
      ],
    ],
    [
      'of another priority and location',
      pushed({ priority: '1', location: 'Y' }),
      [`2026-03-02 12:00:00 TicketStatusChanged [In Progress] meaning=open ${REST}`],
    ],
    [
      'assigned to nobody',
      pushed({}, { assigned_to: '' }),
      ['2026-03-02 12:00:00 TicketAssigned unassigned'],
    ],
    [
      'deleted, when the script ran',
      pushed({}, {}, { operation: 'delete', at: '2026-03-02 13:00:00' }),
      ['2026-03-02 13:00:00 TicketClosed (deleted)'],
    ],
    [
      'deleted, and nobody says when',
      pushed({}, {}, { operation: 'delete' }),
      ['receipt TicketClosed (deleted)'],
    ],
  ])('%s', (_, signal, lines) => {
    expect(factLines(servicenow().translate(signal), SHOWN)).toEqual(lines);
  });

  it('is known by its count of changes, which is its place within a second too', () => {
    const [event] = eventsOf(servicenow().translate(pushed({ state: '1' })));
    expect(event).toMatchObject({ subject: 'ticket-inc1', vendorId: 'inc1/3', sequence: 3 });
  });
});

describe('a record that was fetched', () => {
  it('tells its opening, its status without a step, and who has it', () => {
    expect(factLines(servicenow().translate(fetched({ state: '3' })), SHOWN)).toEqual([
      '2026-03-02 08:58:00 TicketOpened',
      `2026-03-02 12:00:00 TicketStatusChanged [On Hold] meaning=pending ${REST}`,
      '2026-03-02 12:00:00 TicketAssigned u42',
    ]);
  });

  it('tells its end when ServiceNow says it was, however late it is fetched', () => {
    const closed = { state: '7', resolved_at: '2026-03-02 10:30:00', closed_at: '2026-03-02 11:45:00' };
    expect(factLines(servicenow().translate(fetched(closed)))).toEqual([
      '2026-03-02 08:58:00 TicketOpened',
      '2026-03-02 12:00:00 TicketStatusChanged [Closed]',
      '2026-03-02 12:00:00 TicketAssigned u42',
      '2026-03-02 10:30:00 TicketResolved',
      '2026-03-02 11:45:00 TicketClosed',
    ]);
  });

  it('that is open again says nothing of an end that was', () => {
    const types = eventsOf(servicenow().translate(fetched({ resolved_at: '2026-03-02 10:30:00' }))).map(
      ({ type }) => type,
    );
    expect(types).toEqual(['TicketOpened', 'TicketStatusChanged', 'TicketAssigned']);
  });

  it('tells the same opening each time, and the record of the insert a higher word', () => {
    const openings = [fetched(), fetched({ sys_mod_count: '9', state: '7', priority: '1' }), inserted()].map(
      (signal) => eventsOf(servicenow().translate(signal))[0],
    );
    expect(openings[1]).toEqual(openings[0]);
    expect(openings[2]).toMatchObject({ vendorId: openings[0]?.vendorId, revision: 1 });
  });

  it('has links and pairs of values for cells, alone or on a page', () => {
    const one = fetched();
    const linked = fetched({
      state: { display_value: 'In Progress', value: '2' },
      assigned_to: { link: 'https://x.service-now.com/api/now/table/sys_user/u42', value: 'u42' },
    });
    expect(servicenow().translate(linked)).toEqual(servicenow().translate(one));
    expect(servicenow().translate(signalOf(`{"result":${one.raw}}`))).toEqual(servicenow().translate(one));
    const page = signalOf(`{"result":[${one.raw},${linked.raw}]}`);
    expect(
      servicenow()
        .split?.(page)
        .map(({ raw }) => raw),
    ).toEqual([one.raw, linked.raw]);
  });
});

describe('a row of sys_audit', () => {
  it.each([
    [
      audited('state', '2', '3'),
      [
        '2026-03-02 12:00:00 TicketStatusChanged [On Hold] meaning=pending',
        '2026-03-02 12:00:00 TicketPended',
      ],
    ],
    [
      audited('state', '3', '2'),
      [
        '2026-03-02 12:00:00 TicketStatusChanged [In Progress] meaning=open',
        '2026-03-02 12:00:00 TicketResumed',
      ],
    ],
    [
      audited('state', '2', '8'),
      [
        '2026-03-02 12:00:00 TicketStatusChanged [Canceled] meaning=closed',
        '2026-03-02 12:00:00 TicketClosed',
      ],
    ],
    [
      audited('state', 'Active', 'Awaiting User Info'),
      [
        '2026-03-02 12:00:00 TicketStatusChanged [Awaiting User Info] meaning=pending',
        '2026-03-02 12:00:00 TicketPended',
      ],
    ],
    [audited('assigned_to', 'u1', 'u42'), ['2026-03-02 12:00:00 TicketAssigned u42']],
    [audited('assigned_to', 'u42', ''), ['2026-03-02 12:00:00 TicketAssigned unassigned']],
  ])('%#', (signal, lines) => {
    expect(factLines(servicenow().translate(signal), SHOWN)).toEqual(lines);
  });

  it('is known by its own id, and has its place among those of a second', () => {
    const [event] = eventsOf(servicenow().translate(audited('state', '2', '3')));
    expect(event).toMatchObject({ subject: 'ticket-inc1', vendorId: 'audit/aud1', sequence: 4 });
  });

  it('has the words of an instance that numbers its states otherwise', () => {
    const options = { states: { '20': 'With vendor' }, statuses: { 'with vendor': 'pending' } };
    expect(factLines(servicenow(options).translate(audited('state', '1', '20')))).toEqual([
      '2026-03-02 12:00:00 TicketStatusChanged [With vendor]',
      '2026-03-02 12:00:00 TicketPended',
    ]);
  });
});

describe('a visit', () => {
  it('tells every time that it has where nobody says what was before', () => {
    const closed = { work_end: '2026-03-02 10:00:00', state: '3' };
    expect(factLines(servicenow().translate(visit(closed)), ['number', 'customer'])).toEqual([
      '2026-03-02 08:10:00 VisitTravelStarted u42 number=WOT0010001 customer=c1',
      '2026-03-02 09:00:00 VisitCheckedIn u42 number=WOT0010001 customer=c1',
      '2026-03-02 10:00:00 VisitCheckedOut u42 number=WOT0010001 customer=c1',
    ]);
  });

  it('tells what is new, and a time that was corrected as a later word on the same fact', () => {
    const started = visit({}, { work_start: '' });
    const corrected = visit({ work_start: '2026-03-02 09:05:00', sys_mod_count: '6' }, {});
    const [first] = eventsOf(servicenow().translate(started));
    const [second] = eventsOf(servicenow().translate(corrected));
    expect(factLines(servicenow().translate(corrected))).toEqual(['2026-03-02 09:05:00 VisitCheckedIn u42']);
    expect(first).toMatchObject({ vendorId: 'wot1/work_start', revision: 5, subject: 'visit-wot1' });
    expect(second).toMatchObject({ vendorId: 'wot1/work_start', revision: 6 });
  });

  it('is paused and resumed by the two buttons', () => {
    expect(
      [paused('pause', '2026-03-02 09:20:00'), paused('resume', '2026-03-02 09:30:00')].flatMap((signal) =>
        factLines(servicenow().translate(signal)),
      ),
    ).toEqual(['2026-03-02 09:20:00 VisitPaused u42', '2026-03-02 09:30:00 VisitResumed u42']);
  });

  it('begins on arrival where the options name its column', () => {
    const options = { visits: { checkedIn: 'u_onsite' } };
    const arrived = visit({ u_onsite: '2026-03-02 08:52:00' }, {});
    expect(factLines(servicenow(options).translate(arrived))).toEqual([
      '2026-03-02 08:52:00 VisitCheckedIn u42',
    ]);
  });

  it('is cancelled once', () => {
    expect(factLines(servicenow().translate(visit({ state: '7' }, {})))).toEqual([
      '2026-03-02 10:00:05 VisitCancelled u42',
    ]);
    expect(servicenow().translate(visit({ state: '7' }, { state: '7' })).status).toBe('ignored');
  });
});

describe('what moves no clock', () => {
  it.each([
    [pushed({ number: 'INC1' }), 'a change that moves no clock'],
    [visit({}, {}), 'a visit of which no time is new'],
    [audited('priority', '3', '1'), 'an audited field other than state and assigned_to'],
    // The older name of the same field: told once, by the newer.
    [audited('incident_state', '2', '3'), 'an audited field other than state and assigned_to'],
    [audited('state', '2', ''), 'a state that was emptied'],
    [audited('state', '2', '3', { tablename: 'cmdb_ci' }), 'an audited table that holds no tickets'],
    [fetched({ sys_class_name: 'cmdb_ci' }), 'a record of a table that holds no tickets'],
    [paused('pause', '2026-03-02 09:20:00', { table: 'incident' }), 'a pause of a record that is no visit'],
    [signalOf('{"result":[]}'), 'a page with nothing on it'],
  ])('%#', (signal, because) => {
    expect(servicenow().translate(signal)).toEqual({ status: 'ignored', because });
  });
});

describe('what cannot be understood', () => {
  it.each([
    [signalOf('['), 'malformed', 'not JSON'],
    [signalOf('{"sys_id":"x"}'), 'unknown-type', 'neither a row of sys_audit'],
    [signalOf(`{"result":[${JSON.stringify(INCIDENT)}]}`), 'unknown-type', 'neither a row of sys_audit'],
    [
      // An export in the format of somebody's screen.
      fetched({ opened_at: '29/2/2016 01:23' }),
      'bad-time',
      'opened_at: "29/2/2016 01:23" is not written like',
    ],
    [
      fetched({ sys_updated_on: '', sys_created_on: '' }),
      'missing-field',
      'sys_updated_on is absent or empty',
    ],
    [
      audited('state', '2', '3', { sys_created_on: '' }),
      'missing-field',
      'sys_created_on is absent or empty',
    ],
    [paused('pause', ''), 'missing-field', 'at is absent or empty'],
  ])('%#', (signal, code, message) => {
    const rejection = rejectionOf(servicenow().translate(signal));
    expect(rejection.code).toBe(code);
    expect(rejection.message).toContain(message);
  });
});

describe('a second delivery', () => {
  it('tells the same, whenever it comes', () => {
    for (const signal of servicenowSamples) {
      const later = { ...signal, receivedAt: signal.receivedAt + 60_000 } as typeof signal;
      expect(servicenow().translate(later)).toEqual(servicenow().translate(signal));
    }
  });
});
