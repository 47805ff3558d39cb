/** HubSpot: tickets by the stage of their pipeline and their owner. */
import { describe, expect, it } from 'vitest';
import { factLines } from './fact-lines.ts';
import { hubspotEvent, hubspotSignal, stage } from './hubspot-samples.ts';
import { eventsOf, signalOf } from './signals.ts';
import { dialectOf } from './vendors.ts';

const hubspot = dialectOf('hubspot');

describe('an event of a ticket', () => {
  it.each([
    [hubspotSignal('creation'), ['2026-03-02 10:00:00 TicketOpened']],
    [
      stage('2'),
      ['2026-03-02 10:00:00 TicketStatusChanged [2] meaning=pending', '2026-03-02 10:00:00 TicketPended'],
    ],
    // Before it was waiting, or closed, or new: HubSpot does not say, and we do not guess.
    [stage('3'), ['2026-03-02 10:00:00 TicketStatusChanged [3] meaning=open']],
    [
      stage('4'),
      ['2026-03-02 10:00:00 TicketStatusChanged [4] meaning=closed', '2026-03-02 10:00:00 TicketClosed'],
    ],
    [
      hubspotSignal('propertyChange', { propertyName: 'hubspot_owner_id', propertyValue: '75514748' }),
      ['2026-03-02 10:00:00 TicketAssigned 75514748'],
    ],
    [
      hubspotSignal('propertyChange', { propertyName: 'hubspot_owner_id', propertyValue: '' }),
      ['2026-03-02 10:00:00 TicketAssigned unassigned'],
    ],
    [hubspotSignal('deletion'), ['2026-03-02 10:00:00 TicketClosed (deleted)']],
    [
      hubspotSignal('x', { subscriptionType: 'ticket.creation', objectTypeId: undefined }),
      ['2026-03-02 10:00:00 TicketOpened'],
    ],
  ])('%#', (signal, facts) => {
    expect(factLines(hubspot.translate(signal), ['meaning'])).toEqual(facts);
  });

  it('keeps its id however often it is tried, and shares it with no other of its batch', () => {
    const idOf = (fields: object): string =>
      eventsOf(hubspot.translate(hubspotSignal('creation', fields)))[0]?.vendorId ?? '';
    expect(idOf({ attemptNumber: 3 })).toBe(idOf({}));
    expect(idOf({ objectId: 180_585 })).not.toBe(idOf({}));
  });
});

it('a delivery is split, so that one bad event does not hold the others', () => {
  const delivery = signalOf(
    JSON.stringify([hubspotEvent('creation'), { subscriptionType: 'object.creation', objectTypeId: '0-5' }]),
  );
  const statuses = hubspot.split?.(delivery).map((signal) => hubspot.translate(signal).status);
  expect(statuses).toEqual(['events', 'rejected']);
});

it('what is no ticket is left out', () => {
  expect(hubspot.translate(hubspotSignal('creation', { objectTypeId: '0-48' }))).toEqual({
    status: 'ignored',
    because: 'an object of the type 0-48',
  });
});
