/** Freshdesk: what a rule's body tells, without a time of its own. */
import { describe, expect, it } from 'vitest';
import { factLines } from './fact-lines.ts';
import { freshdeskSignal } from './freshdesk-samples.ts';
import { eventsOf, rejectionOf } from './signals.ts';
import { dialectOf } from './vendors.ts';

const freshdesk = dialectOf('freshdesk');

describe('a body', () => {
  it.each([
    [
      freshdeskSignal('{ticket_action:created}'),
      ['receipt TicketOpened status=Open meaning=open customer=bob@example.com'],
    ],
    [
      freshdeskSignal('{ticket_action:created}', {
        ticket_agent_email: 'ana@example.com',
        requester_email: '',
      }),
      ['receipt TicketOpened status=Open meaning=open', 'receipt TicketAssigned ana@example.com'],
    ],
    [
      freshdeskSignal('{status:{from:4,to:6}}', { ticket_status: 'Waiting on Customer' }),
      [
        'receipt TicketStatusChanged [Waiting on Customer] meaning=pending',
        'receipt TicketPended (Waiting on Customer)',
      ],
    ],
    [
      freshdeskSignal('{status:{from:6,to:2}}'),
      ['receipt TicketStatusChanged [Open] meaning=open', 'receipt TicketResumed'],
    ],
    [
      freshdeskSignal('{status:{from:4,to:2}}'),
      ['receipt TicketStatusChanged [Open] meaning=open', 'receipt TicketReopened (Open)'],
    ],
    [
      freshdeskSignal('{priority:{from:1,to:2},status:{from:2,to:5}}', { ticket_status: 'Closed' }),
      ['receipt TicketStatusChanged [Closed] meaning=closed', 'receipt TicketClosed (Closed)'],
    ],
    [freshdeskSignal('{responder_id:{from:7,to:}}'), ['receipt TicketAssigned unassigned']],
    [
      freshdeskSignal('{responder_id:{from:,to:7}}', { ticket_agent_name: 'Ana' }),
      ['receipt TicketAssigned Ana'],
    ],
  ])('%#', (signal, facts) => {
    expect(factLines(freshdesk.translate(signal), ['status', 'meaning', 'customer'])).toEqual(facts);
  });

  it('without its trigger tells the status, and the step only where it is certain', () => {
    expect(factLines(freshdesk.translate(freshdeskSignal(undefined)))).toEqual([
      'receipt TicketStatusChanged [Open]',
    ]);
    expect(factLines(freshdesk.translate(freshdeskSignal(undefined, { ticket_status: 'Pending' })))).toEqual([
      'receipt TicketStatusChanged [Pending]',
      'receipt TicketPended (Pending)',
    ]);
  });

  it('that comes twice is two facts: there is no id to know it by', () => {
    const ids = [1_772_445_600_000, 1_772_445_601_000].flatMap((at) =>
      eventsOf(freshdesk.translate(freshdeskSignal('{ticket_action:created}', {}, at))).map(
        ({ vendorId }) => vendorId,
      ),
    );
    expect(new Set(ids).size).toBe(2);
  });

  it('about a note moves no clock', () => {
    expect(freshdesk.translate(freshdeskSignal('{note_type:public}')).status).toBe('ignored');
  });

  it('that tells neither a trigger nor a status is kept', () => {
    expect(rejectionOf(freshdesk.translate(freshdeskSignal(undefined, { ticket_status: '' }))).code).toBe(
      'missing-field',
    );
  });
});
