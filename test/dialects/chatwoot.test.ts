/** Chatwoot's conversations: what each event tells, and when it says it was. */
import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../schemas/signal.ts';
import { changes, chatwootSignal } from './chatwoot-samples.ts';
import { factLines } from './fact-lines.ts';
import { eventsOf, rejectionOf, signalOf } from './signals.ts';
import { dialectOf } from './vendors.ts';

const chatwoot = (options: object = {}): Dialect => dialectOf('chatwoot', options);
const SHOWN = ['status', 'meaning', 'priority', 'group', 'customer', 'inbox'];
const ISO = '2026-03-02T12:59:59.155Z';

describe('a conversation', () => {
  it.each([
    [
      'created',
      chatwootSignal('conversation_created', {
        priority: 'high',
        meta: { sender: { id: 812 }, team: { id: 2 } },
      }),
      [
        '2026-03-02 12:00:00 TicketOpened status=open meaning=open priority=high group=2 customer=812 inbox=3',
      ],
    ],
    [
      'created, and told as an update whose id was null: no step from the open that nobody saw',
      chatwootSignal('conversation_updated', {
        status: 'pending',
        changed_attributes: changes({ id: [null, 150], status: ['open', 'pending'] }),
      }),
      ['2026-03-02 12:00:00 TicketOpened status=pending meaning=pending customer=812 inbox=3'],
    ],
    [
      'resolved',
      chatwootSignal('conversation_status_changed', {
        status: 'resolved',
        changed_attributes: changes({ status: ['open', 'resolved'] }),
      }),
      [
        '2026-03-02 13:00:00.230 TicketStatusChanged [resolved] meaning=resolved',
        '2026-03-02 13:00:00.230 TicketResolved (resolved)',
      ],
    ],
    [
      'opened by assigning it, of which there is no conversation_status_changed (chatwoot#9277)',
      chatwootSignal('conversation_updated', {
        changed_attributes: changes({ assignee_id: [null, 7], status: ['pending', 'open'] }),
      }),
      [
        '2026-03-02 13:00:00.230 TicketStatusChanged [open] meaning=open',
        '2026-03-02 13:00:00.230 TicketResumed',
        '2026-03-02 13:00:00.230 TicketAssigned 7',
      ],
    ],
    [
      'snoozed when the list of changes says, rather than when the conversation was changed last',
      chatwootSignal('conversation_updated', {
        status: 'snoozed',
        changed_attributes: changes({ status: ['open', 'snoozed'], updated_at: [null, ISO] }),
      }),
      [
        '2026-03-02 12:59:59.155 TicketStatusChanged [snoozed] meaning=pending',
        '2026-03-02 12:59:59.155 TicketPended (snoozed)',
      ],
    ],
    [
      'reopened',
      chatwootSignal('conversation_status_changed', {
        changed_attributes: changes({ status: ['resolved', 'open'] }),
      }),
      [
        '2026-03-02 13:00:00.230 TicketStatusChanged [open] meaning=open',
        '2026-03-02 13:00:00.230 TicketReopened (open)',
      ],
    ],
    [
      'whose status was changed, and nobody says from what',
      chatwootSignal('conversation_status_changed', { status: 'resolved' }),
      [
        '2026-03-02 13:00:00.230 TicketStatusChanged [resolved] meaning=resolved',
        '2026-03-02 13:00:00.230 TicketResolved (resolved)',
      ],
    ],
    [
      'of another priority and team',
      chatwootSignal('conversation_updated', {
        changed_attributes: changes({ priority: [null, 'urgent'], team_id: [null, 2] }),
      }),
      ['2026-03-02 13:00:00.230 TicketStatusChanged [open] meaning=open priority=urgent group=2'],
    ],
    [
      'that nobody has any more',
      chatwootSignal('conversation_updated', { changed_attributes: changes({ assignee_id: [7, null] }) }),
      ['2026-03-02 13:00:00.230 TicketAssigned unassigned'],
    ],
    [
      'without any time of the change: its last activity is none',
      chatwootSignal('conversation_status_changed', {
        status: 'resolved',
        updated_at: undefined,
        changed_attributes: changes({ status: ['open', 'resolved'] }),
      }),
      ['receipt TicketStatusChanged [resolved] meaning=resolved', 'receipt TicketResolved (resolved)'],
    ],
  ])('%s', (_, signal, lines) => {
    expect(factLines(chatwoot().translate(signal), SHOWN)).toEqual(lines);
  });

  it('tells a change of status that comes as two events once', () => {
    const change = { status: 'resolved', changed_attributes: changes({ status: ['open', 'resolved'] }) };
    expect(chatwoot().translate(chatwootSignal('conversation_updated', change))).toEqual(
      chatwoot().translate(chatwootSignal('conversation_status_changed', change)),
    );
  });

  it('is created once, and the word of conversation_created is the higher one', () => {
    const [update] = eventsOf(
      chatwoot().translate(
        chatwootSignal('conversation_updated', { changed_attributes: changes({ id: [null, 150] }) }),
      ),
    );
    const [created] = eventsOf(chatwoot().translate(chatwootSignal('conversation_created')));
    expect(update).toMatchObject({ subject: 'ticket-150', vendorId: '150/created' });
    expect(created).toEqual({ ...update, revision: 1 });
  });

  it('without a time is known by its delivery', () => {
    const [event] = eventsOf(
      chatwoot().translate(chatwootSignal('conversation_status_changed', { updated_at: null })),
    );
    expect(event?.vendorId).toBe('delivery/delivery-1');
  });

  it('that a bot takes is no person’s', () => {
    const signal = chatwootSignal('conversation_updated', {
      changed_attributes: changes({ assignee_id: [null, 7] }),
      meta: { assignee: { id: 7 }, assignee_type: 'AgentBot' },
    });
    expect(eventsOf(chatwoot().translate(signal))[0]?.data).toEqual({ actor: '7', actorKind: 'bot' });
  });
});

describe('what moves no clock', () => {
  it.each([
    [chatwootSignal('message_created'), 'the event message_created: it changes no conversation'],
    [
      chatwootSignal('conversation_updated', { changed_attributes: changes({ labels: [[], ['billing']] }) }),
      'an update of neither status, priority, team nor assignee',
    ],
    [
      chatwootSignal('conversation_updated', { changed_attributes: null }),
      'an update of neither status, priority, team nor assignee',
    ],
  ])('%#', (signal, because) => {
    expect(chatwoot().translate(signal)).toEqual({ status: 'ignored', because });
  });
});

describe('what cannot be understood', () => {
  it.each([
    [signalOf('{'), 'malformed', 'not JSON'],
    [signalOf('{"id":1}'), 'missing-field', 'event is absent or empty'],
    [
      chatwootSignal('conversation_status_changed', { status: null }),
      'missing-field',
      'status is absent or empty',
    ],
    [
      chatwootSignal('conversation_created', { created_at: 1_763_177_714_000 }),
      'bad-time',
      'created_at: "1763177714000" read as seconds',
    ],
    [
      chatwootSignal('conversation_updated', { changed_attributes: { status: ['open', 'resolved'] } }),
      'invalid-event',
      'changed_attributes: ',
    ],
  ])('%#', (signal, code, message) => {
    const rejection = rejectionOf(chatwoot().translate(signal));
    expect(rejection.code).toBe(code);
    expect(rejection.message).toContain(message);
  });
});
