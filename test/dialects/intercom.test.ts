/** Intercom: tickets by their states, conversations by what admins do with them. */
import { describe, expect, it } from 'vitest';
import { factLines } from './fact-lines.ts';
import { notification, stateUpdate } from './intercom-samples.ts';
import { eventsOf } from './signals.ts';
import { dialectOf } from './vendors.ts';

const intercom = dialectOf('intercom');
const AT = 1_772_446_200; // 2026-03-02 10:10:00 UTC

describe('a notification', () => {
  it.each([
    [
      notification('ticket.created', {
        ticket_state: { category: 'submitted' },
        contacts: { contacts: [{ id: 'c1' }] },
      }),
      ['2026-03-02 10:00:00 TicketOpened status=submitted meaning=new customer=c1'],
    ],
    [
      stateUpdate(AT, 'in_progress', 'waiting_on_customer'),
      [
        '2026-03-02 10:10:00 TicketStatusChanged [waiting_on_customer] meaning=pending',
        '2026-03-02 10:10:00 TicketPended (waiting_on_customer)',
      ],
    ],
    [
      stateUpdate(AT, 'resolved', 'in_progress'),
      [
        '2026-03-02 10:10:00 TicketStatusChanged [in_progress] meaning=open',
        '2026-03-02 10:10:00 TicketReopened (in_progress)',
      ],
    ],
    [
      notification('ticket.admin.assigned', { admin_assignee_id: '9608799' }, AT),
      ['2026-03-02 10:10:00 TicketAssigned 9608799'],
    ],
    [
      notification('ticket.admin.assigned', { admin_assignee_id: '0' }, AT),
      ['2026-03-02 10:10:00 TicketAssigned unassigned'],
    ],
    [notification('conversation.admin.snoozed', {}, AT), ['2026-03-02 10:10:00 TicketPended']],
    [notification('conversation.admin.unsnoozed', {}, AT), ['2026-03-02 10:10:00 TicketResumed']],
    [notification('conversation.admin.closed', {}, AT), ['2026-03-02 10:10:00 TicketResolved']],
    [notification('conversation.admin.opened', {}, AT), ['2026-03-02 10:10:00 TicketReopened']],
  ])('%#', (signal, facts) => {
    expect(factLines(intercom.translate(signal), ['status', 'meaning', 'customer'])).toEqual(facts);
  });

  it('of an update from a state to the same state is no change', () => {
    expect(intercom.translate(stateUpdate(AT, 'submitted', 'submitted'))).toEqual({
      status: 'ignored',
      because: 'an update from a state to the same state',
    });
  });

  it('is known by its own id, and a conversation is no ticket of the same number', () => {
    const [ticket] = eventsOf(intercom.translate(notification('ticket.closed', { id: '7' }, AT, 'notif_1')));
    const [conversation] = eventsOf(
      intercom.translate(notification('conversation.admin.closed', { id: '7' })),
    );
    expect(ticket).toMatchObject({ vendorId: 'notif_1', subject: 'ticket-7' });
    expect(conversation?.subject).toBe('ticket-conversation+7');
  });
});
