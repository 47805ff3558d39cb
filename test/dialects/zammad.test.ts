/** Zammad's tickets: what a picture of one tells, and what it does not. */
import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../schemas/signal.ts';
import { factLines } from './fact-lines.ts';
import { eventsOf, rejectionOf, signalOf } from './signals.ts';
import { dialectOf } from './vendors.ts';
import { zammadSignal } from './zammad-samples.ts';

const zammad = (options: object = {}): Dialect => dialectOf('zammad', options);
const SHOWN = ['number', 'meaning', 'priority', 'group', 'customer'];
const OPENED = '2026-03-02 12:00:00.282 TicketOpened number=10081';
const REST = 'priority=2 normal group=Desk customer=8';

describe('a ticket', () => {
  it.each([
    ['open', 'open'],
    ['pending reminder', 'pending'],
    ['pending close', 'pending'],
    ['closed', 'resolved'],
    ['merged', 'closed'],
  ])('that is %s tells its status and no step', (state, meaning) => {
    expect(factLines(zammad().translate(zammadSignal({ state })), SHOWN)).toEqual([
      OPENED,
      `2026-03-02 13:00:00.333 TicketStatusChanged [${state}] meaning=${meaning} ${REST}`,
      '2026-03-02 13:00:00.333 TicketAssigned 5',
    ]);
  });

  it('of the user 1 is nobody’s', () => {
    expect(factLines(zammad().translate(zammadSignal({ owner_id: 1 }))).at(-1)).toBe(
      '2026-03-02 13:00:00.333 TicketAssigned unassigned',
    );
  });

  it('in a state of which nobody says what it means tells the state alone', () => {
    expect(factLines(zammad().translate(zammadSignal({ state: 'at the vendor' })), SHOWN)[1]).toBe(
      `2026-03-02 13:00:00.333 TicketStatusChanged [at the vendor] ${REST}`,
    );
  });

  it('tells the same opening each time, and is known by when it was changed', () => {
    const first = eventsOf(zammad().translate(zammadSignal()));
    const second = eventsOf(
      zammad().translate(
        zammadSignal({ state: 'closed', customer_id: 9, updated_at: '2026-03-02T14:00:00.000Z' }),
      ),
    );
    expect(second[0]).toEqual(first[0]);
    expect(first[1]).toMatchObject({
      subject: 'ticket-81',
      vendorId: `81/${Date.UTC(2026, 2, 2, 13, 0, 0, 333)}`,
    });
  });
});

describe('what cannot be understood', () => {
  it.each([
    [signalOf('{'), 'malformed', 'not JSON'],
    [signalOf('{"message":"a payload of our own"}'), 'missing-field', 'ticket is absent or empty'],
    [zammadSignal({ state: null }), 'missing-field', 'ticket.state is absent or empty'],
    [zammadSignal({ updated_at: 'today' }), 'bad-time', 'ticket.updated_at: "today" is not written like'],
  ])('%#', (signal, code, message) => {
    const rejection = rejectionOf(zammad().translate(signal));
    expect(rejection.code).toBe(code);
    expect(rejection.message).toContain(message);
  });
});
