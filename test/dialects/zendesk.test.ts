/** Zendesk's tickets: what each message tells, and when it says it was. */
import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../schemas/signal.ts';
import { factLines } from './fact-lines.ts';
import { eventsOf, rejectionOf, signalOf } from './signals.ts';
import { dialectOf } from './vendors.ts';
import {
  zendeskAudit,
  zendeskBridge,
  zendeskEvent,
  zendeskMetric,
  zendeskSamples,
  zendeskTrigger,
} from './zendesk-samples.ts';

const zendesk = (options: object = {}): Dialect => dialectOf('zendesk', options);
const SHOWN = ['status', 'meaning', 'priority', 'group', 'customer'];
const change = (field_name: string, previous_value: unknown, value: unknown, id = 1) => ({
  id,
  type: 'Change',
  field_name,
  previous_value,
  value,
});

describe('an event webhook', () => {
  it.each([
    [
      'created',
      zendeskEvent('ticket.created', { detail: { status: 'NEW' } }),
      ['2026-03-02 12:00:00.987 TicketOpened status=new meaning=new priority=high group=77 customer=900'],
    ],
    [
      'created with an assignee',
      zendeskEvent('ticket.created', { detail: { assignee_id: '42', priority: null, group_id: '0' } }),
      [
        '2026-03-02 12:00:00.987 TicketOpened status=open meaning=open customer=900',
        '2026-03-02 12:00:00.987 TicketAssigned 42',
      ],
    ],
    [
      'open to pending',
      zendeskEvent('ticket.status_changed', { event: { previous: 'OPEN', current: 'PENDING' } }),
      [
        '2026-03-02 12:00:00.987 TicketStatusChanged [pending] meaning=pending priority=high group=77 customer=900',
        '2026-03-02 12:00:00.987 TicketPended (pending)',
      ],
    ],
    [
      'pending to on-hold, which the API writes hold: it waits as before',
      zendeskEvent('ticket.status_changed', { event: { previous: 'PENDING', current: 'HOLD' } }),
      [
        '2026-03-02 12:00:00.987 TicketStatusChanged [hold] meaning=pending priority=high group=77 customer=900',
      ],
    ],
    [
      'hold to open',
      zendeskEvent('ticket.status_changed', { event: { previous: 'HOLD', current: 'OPEN' } }),
      [
        '2026-03-02 12:00:00.987 TicketStatusChanged [open] meaning=open priority=high group=77 customer=900',
        '2026-03-02 12:00:00.987 TicketResumed',
      ],
    ],
    [
      'solved to open',
      zendeskEvent('ticket.status_changed', { event: { previous: 'SOLVED', current: 'OPEN' } }),
      [
        '2026-03-02 12:00:00.987 TicketStatusChanged [open] meaning=open priority=high group=77 customer=900',
        '2026-03-02 12:00:00.987 TicketReopened (open)',
      ],
    ],
    [
      'new to open is no step',
      zendeskEvent('ticket.status_changed', { event: { previous: 'NEW', current: 'OPEN' } }),
      ['2026-03-02 12:00:00.987 TicketStatusChanged [open] meaning=open priority=high group=77 customer=900'],
    ],
    [
      'assigned to nobody',
      zendeskEvent('ticket.agent_assignment_changed', { event: { previous: '42', current: null } }),
      ['2026-03-02 12:00:00.987 TicketAssigned unassigned'],
    ],
    [
      'another priority',
      zendeskEvent('ticket.priority_changed', {
        event: { previous: 'LOW', current: 'URGENT' },
        detail: { priority: 'URGENT', status: 'PENDING' },
      }),
      [
        '2026-03-02 12:00:00.987 TicketStatusChanged [pending] meaning=pending priority=urgent group=77 customer=900',
      ],
    ],
    [
      'deleted',
      zendeskEvent('ticket.soft_deleted', { detail: { status: 'DELETED' } }),
      [
        '2026-03-02 12:00:00.987 TicketStatusChanged [deleted] meaning=closed',
        '2026-03-02 12:00:00.987 TicketClosed (deleted)',
      ],
    ],
    [
      'undeleted while it is open',
      zendeskEvent('ticket.undeleted'),
      [
        '2026-03-02 12:00:00.987 TicketStatusChanged [open] meaning=open',
        '2026-03-02 12:00:00.987 TicketReopened',
      ],
    ],
    [
      'undeleted though it is solved: nobody works on it again',
      zendeskEvent('ticket.undeleted', { detail: { status: 'SOLVED' } }),
      ['2026-03-02 12:00:00.987 TicketStatusChanged [solved] meaning=resolved'],
    ],
  ])('%s', (_, signal, lines) => {
    expect(factLines(zendesk().translate(signal), SHOWN)).toEqual(lines);
  });

  it('is known by its id, its ticket by its number, and an action by its sequence', () => {
    const event = { previous: 'OPEN', current: 'SOLVED', meta: { sequence: { id: 'CE4A', position: 1 } } };
    const [first, second] = eventsOf(
      zendesk().translate(zendeskEvent('ticket.status_changed', { event, id: 'a8b9' })),
    );
    const known = { subject: 'ticket-5158', vendorId: 'a8b9', correlation: 'CE4A' };
    expect(first).toMatchObject(known);
    expect(second).toMatchObject(known);
  });

  it('says nothing of the priority at its moment where the ticket was changed again since', () => {
    const later = { updated_at: '2026-03-02T12:00:02Z', status: 'SOLVED' };
    const event = { previous: 'OPEN', current: 'PENDING' };
    expect(
      factLines(zendesk().translate(zendeskEvent('ticket.status_changed', { event, detail: later })), SHOWN),
    ).toEqual([
      '2026-03-02 12:00:00.987 TicketStatusChanged [pending] meaning=pending',
      '2026-03-02 12:00:00.987 TicketPended (pending)',
    ]);
    expect(zendesk().translate(zendeskEvent('ticket.priority_changed', { detail: later }))).toEqual({
      status: 'ignored',
      because: 'a ticket that was changed again since',
    });
  });

  it('has a word of another meaning where the options say so', () => {
    const statuses = { open: 'open', hold: 'open' };
    const event = { previous: 'OPEN', current: 'HOLD' };
    expect(
      factLines(zendesk({ statuses }).translate(zendeskEvent('ticket.status_changed', { event })), [
        'meaning',
      ]),
    ).toEqual(['2026-03-02 12:00:00.987 TicketStatusChanged [hold] meaning=open']);
  });
});

describe('an event through EventBridge', () => {
  it.each([
    [
      zendeskBridge('Agent Assignment Changed', { previous: 235323, current: 235324 }),
      ['2026-03-02 12:00:45.465 TicketAssigned 235324'],
    ],
    [
      zendeskBridge('Status Changed', { previous: 'open', current: 'solved' }),
      [
        '2026-03-02 12:00:45.465 TicketStatusChanged [solved] meaning=resolved priority=low group=77 customer=900',
        '2026-03-02 12:00:45.465 TicketResolved (solved)',
      ],
    ],
    [
      zendeskBridge('Ticket Created', {}, { assignee_id: 42 }),
      [
        '2026-03-02 12:00:45.465 TicketOpened status=open meaning=open priority=low group=77 customer=900',
        '2026-03-02 12:00:45.465 TicketAssigned 42',
      ],
    ],
    [
      zendeskBridge('Ticket Soft Deleted'),
      [
        '2026-03-02 12:00:45.465 TicketStatusChanged [deleted] meaning=closed',
        '2026-03-02 12:00:45.465 TicketClosed (deleted)',
      ],
    ],
  ])('%#', (signal, lines) => {
    expect(factLines(zendesk().translate(signal), SHOWN)).toEqual(lines);
  });
});

describe('an audit', () => {
  it('that creates tells all that it created', () => {
    const created = (field_name: string, value: unknown) => ({ type: 'Create', field_name, value });
    const signal = zendeskAudit([
      { id: 9, type: 'Comment', body: 'Hello' },
      created('status', 'open'),
      created('priority', 'high'),
      created('group_id', '77'),
      created('requester_id', '900'),
      created('assignee_id', '42'),
      created('tags', ['vip']),
    ]);
    expect(factLines(zendesk().translate(signal), SHOWN)).toEqual([
      '2026-03-02 12:00:00 TicketOpened status=open meaning=open priority=high group=77 customer=900',
      '2026-03-02 12:00:00 TicketAssigned 42',
    ]);
  });

  it('holds several changes of one time, each with an id and a place of its own', () => {
    const signal = zendeskAudit([
      change('status', 'open', 'pending', 1),
      change('assignee_id', '42', null, 2),
      change('status', 'pending', 'solved', 3),
    ]);
    expect(factLines(zendesk().translate(signal), SHOWN)).toEqual([
      '2026-03-02 12:00:00 TicketStatusChanged [pending] meaning=pending',
      '2026-03-02 12:00:00 TicketPended (pending)',
      '2026-03-02 12:00:00 TicketAssigned unassigned',
      '2026-03-02 12:00:00 TicketStatusChanged [solved] meaning=resolved',
      '2026-03-02 12:00:00 TicketResolved (solved)',
    ]);
    const ids = eventsOf(zendesk().translate(signal)).map(
      ({ vendorId, sequence }) => `${vendorId} ${sequence}`,
    );
    expect(ids).toEqual(['audit/31/1 0', 'audit/31/1 0', 'audit/31/2 1', 'audit/31/3 2', 'audit/31/3 2']);
  });

  it('comes alone, wrapped, or many on a page', () => {
    const one = zendeskAudit([change('status', 'open', 'pending')]);
    const wrapped = signalOf(`{"audit":${one.raw}}`);
    expect(zendesk().translate(wrapped)).toEqual(zendesk().translate(one));
    const page = signalOf(`{"count":2,"audits":[${one.raw}, ${one.raw}],"next_page":null}`);
    expect(
      zendesk()
        .split?.(page)
        .map(({ raw }) => raw),
    ).toEqual([one.raw, one.raw]);
  });
});

describe('the body that we offer for triggers', () => {
  it.each([
    [
      'created',
      zendeskTrigger({ change: 'created', status: 'New' }),
      [
        '2026-03-02 12:00:00 TicketOpened status=new meaning=new priority=normal group=Support customer=900',
        '2026-03-02 12:00:00 TicketAssigned 42',
      ],
    ],
    [
      'a status, as screens write it',
      zendeskTrigger({ status: 'On-hold' }),
      [
        '2026-03-02 13:00:00 TicketStatusChanged [hold] meaning=pending priority=normal group=Support customer=900',
        '2026-03-02 13:00:00 TicketPended (hold)',
      ],
    ],
    [
      'open, and nobody says what it was before',
      zendeskTrigger({ status: 'Open', priority: '', group: '' }),
      ['2026-03-02 13:00:00 TicketStatusChanged [open] meaning=open customer=900'],
    ],
    [
      'assigned to nobody',
      zendeskTrigger({ change: 'assigned', assignee: '' }),
      ['2026-03-02 13:00:00 TicketAssigned unassigned'],
    ],
  ])('%s', (_, signal, lines) => {
    expect(factLines(zendesk().translate(signal), SHOWN)).toEqual(lines);
  });
});

describe('what moves no clock', () => {
  it.each([
    [zendeskEvent('ticket.comment_added'), "a ticket's comment_added: it moves no clock"],
    [zendeskEvent('ticket.merged'), "a ticket's merged: it moves no clock"],
    [zendeskEvent('user.active_changed'), 'an event about no ticket'],
    [zendeskBridge('Tags Changed'), "a ticket's tags_changed: it moves no clock"],
    [zendeskMetric, "a ticket metric event: Zendesk's own measure of the same"],
    [
      zendeskAudit([change('subject', 'a', 'b'), change('priority', 'low', 'high')]),
      'an audit that changes neither status nor assignee',
    ],
    [signalOf('{"audits":[],"next_page":null}'), 'a page with nothing on it'],
  ])('%#', (signal, because) => {
    expect(zendesk().translate(signal)).toEqual({ status: 'ignored', because });
  });
});

describe('what cannot be understood', () => {
  it.each([
    [signalOf('{'), 'malformed', 'not JSON'],
    [signalOf('{"type":"End User Comment","ticketID":"12345"}'), 'unknown-type', 'type, detail-type and'],
    [zendeskEvent('ticket.status_changed'), 'missing-field', 'event.current is absent or empty'],
    [
      zendeskEvent('ticket.created', { time: '2026-03-02T12:00:00' }),
      'bad-time',
      'time: "2026-03-02T12:00:00" names no offset',
    ],
    [zendeskTrigger({ updated_at: '' }), 'missing-field', 'updated_at is absent or empty'],
    [zendeskTrigger({ change: 'closed' }), 'invalid-event', 'change: '],
    [zendeskAudit([], { created_at: null }), 'missing-field', 'created_at is absent or empty'],
  ])('%#', (signal, code, message) => {
    const rejection = rejectionOf(zendesk().translate(signal));
    expect(rejection.code).toBe(code);
    expect(rejection.message).toContain(message);
  });

  it('is not a page that nobody has cut, whose audits would be lost', () => {
    const page = signalOf(`{"audits":[${zendeskAudit([]).raw}]}`);
    expect(rejectionOf(zendesk().translate(page)).code).toBe('unknown-type');
  });
});

describe('a second delivery', () => {
  it('tells the same, whenever it comes', () => {
    for (const signal of zendeskSamples) {
      const later = { ...signal, receivedAt: signal.receivedAt + 60_000 } as typeof signal;
      expect(zendesk().translate(later)).toEqual(zendesk().translate(signal));
    }
  });
});
