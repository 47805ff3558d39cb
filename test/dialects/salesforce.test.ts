/** Salesforce: cases, logged calls and service appointments, from what was changed and nothing else. */
import { describe, expect, it } from 'vitest';
import { factLines } from './fact-lines.ts';
import { change } from './salesforce-samples.ts';
import { eventsOf, rejectionOf } from './signals.ts';
import { dialectOf } from './vendors.ts';

const salesforce = dialectOf('salesforce');
const USER = '005300000000002';

describe('a change', () => {
  it.each([
    [
      change('Case', 'CREATE', { Status: 'New', Priority: 'High', OwnerId: USER }),
      [
        '2026-03-02 10:00:00 TicketOpened status=New meaning=new',
        `2026-03-02 10:00:00 TicketAssigned ${USER}`,
      ],
    ],
    [
      change('Case', 'UPDATE', { OwnerId: '00G300000000001' }),
      ['2026-03-02 10:00:00 TicketAssigned unassigned'],
    ],
    [
      change('Case', 'UPDATE', { Status: 'On Hold' }),
      [
        '2026-03-02 10:00:00 TicketStatusChanged [On Hold] meaning=pending',
        '2026-03-02 10:00:00 TicketPended (On Hold)',
      ],
    ],
    [
      change('Case', 'UPDATE', { Status: 'Working' }),
      ['2026-03-02 10:00:00 TicketStatusChanged [Working] meaning=open'],
    ],
    [change('Case', 'DELETE'), ['2026-03-02 10:00:00 TicketClosed (deleted)']],
    [
      change('Task', 'CREATE', {
        CallDurationInSeconds: 300,
        OwnerId: USER,
        CompletedDateTime: '2026-03-02T09:30:00Z',
      }),
      [`2026-03-02 09:30:00 TimeEntered ${USER} (a call that was logged in Salesforce) 300s`],
    ],
    [
      change('ServiceAppointment', 'UPDATE', {
        ActualStartTime: '2026-03-02T08:00:00.000+0000',
        ActualEndTime: 1_772_444_700_000,
        ActualDuration: 105,
      }),
      [
        '2026-03-02 08:00:00 VisitCheckedIn 005300000000001',
        '2026-03-02 09:45:00 VisitCheckedOut 005300000000001 6300s',
      ],
    ],
    [
      change('ServiceAppointment', 'UPDATE', { Status: 'Canceled' }),
      ['2026-03-02 10:00:00 VisitCancelled (Canceled)'],
    ],
  ])('%#', (signal, facts) => {
    expect(factLines(salesforce.translate(signal), ['status', 'meaning'])).toEqual(facts);
  });

  it('of several records is a fact for each', () => {
    const both = change('Case', 'UPDATE', { OwnerId: USER }, { recordIds: ['5001', '5002'] });
    const events = eventsOf(salesforce.translate(both));
    expect(events.map(({ subject }) => subject)).toEqual(['ticket-5001', 'ticket-5002']);
    expect(new Set(events.map(({ vendorId }) => vendorId)).size).toBe(2);
  });

  it('of a visit that was edited is a later word on the same fact', () => {
    const words = [1_772_445_600_000, 1_772_449_200_000].map((commitTimestamp) =>
      change(
        'ServiceAppointment',
        'UPDATE',
        { ActualStartTime: '2026-03-02T08:00:00Z' },
        { commitTimestamp, sequenceNumber: commitTimestamp },
      ),
    );
    const [first, second] = words.flatMap((signal) => eventsOf(salesforce.translate(signal)));
    expect(second?.vendorId).toBe(first?.vendorId);
    expect([first?.revision, second?.revision]).toEqual([1_772_445_600_000, 1_772_449_200_000]);
  });

  it('that Salesforce itself could not tell is kept, with what to read again', () => {
    const rejection = rejectionOf(salesforce.translate(change('Case', 'GAP_UPDATE')));
    expect(rejection.code).toBe('missing-field');
    expect(rejection.message).toContain('read Case 5003000000D8cuI again');
  });

  it('of a call that names nobody is kept', () => {
    expect(
      rejectionOf(salesforce.translate(change('Task', 'UPDATE', { CallDurationInSeconds: 300 }))).code,
    ).toBe('missing-field');
  });
});
