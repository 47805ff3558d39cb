/** Events of Google Calendar and of Microsoft Graph, after their documentation. */
import type { Signal } from '../../schemas/signal.ts';
import { signalOf } from './signals.ts';

/** A meeting of 2 March 2026, 14:00 to 14:45 in Berlin, that ana accepted. */
export const googleEvent = (changes: object = {}): object => ({
  kind: 'calendar#event',
  id: 'g1',
  status: 'confirmed',
  updated: '2026-02-20T09:00:00.000Z',
  summary: 'nobody keeps this',
  start: { dateTime: '2026-03-02T14:00:00+01:00', timeZone: 'Europe/Berlin' },
  end: { dateTime: '2026-03-02T14:45:00+01:00', timeZone: 'Europe/Berlin' },
  organizer: { email: 'bo@example.com' },
  attendees: [
    { email: 'bo@example.com', responseStatus: 'accepted' },
    { email: 'ana@example.com', self: true, responseStatus: 'accepted' },
  ],
  ...changes,
});

export const graphEvent = (changes: object = {}): object => ({
  '@odata.etag': 'W/"x"',
  id: 'AAMkAD',
  iCalUId: '040000008200E00074C5B7101A82E008',
  lastModifiedDateTime: '2026-02-20T09:00:00Z',
  isAllDay: false,
  isCancelled: false,
  isOrganizer: false,
  showAs: 'busy',
  responseStatus: { response: 'accepted', time: '2026-02-20T09:00:00Z' },
  start: { dateTime: '2026-03-02T13:00:00.0000000', timeZone: 'UTC' },
  end: { dateTime: '2026-03-02T13:45:00.0000000', timeZone: 'UTC' },
  ...changes,
});

export const meeting = (event: object): Signal => signalOf(JSON.stringify(event));

export const calendarSamples: readonly Signal[] = [
  meeting(googleEvent()),
  meeting(googleEvent({ status: 'cancelled' })),
  meeting(graphEvent()),
  meeting(graphEvent({ showAs: 'free' })),
];
