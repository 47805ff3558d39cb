/** Calendars: what was planned, and accepted; never what was seen. */
import { describe, expect, it } from 'vitest';
import { googleEvent, graphEvent, meeting } from './calendar-samples.ts';
import { eventsOf, rejectionOf, signalOf } from './signals.ts';
import { dialectOf } from './vendors.ts';

const calendar = dialectOf('calendar');
const outlook = dialectOf('calendar', { owner: 'ana@example.com' });

const planned = (dialect: typeof calendar, event: object) =>
  eventsOf(dialect.translate(meeting(event))).map(({ type, occurredAt, data }) => [
    type,
    new Date(occurredAt).toISOString(),
    'actor' in data ? data.actor : undefined,
    'timedBy' in data ? data.timedBy : undefined,
  ]);

const PLAN = [
  ['MeetingStarted', '2026-03-02T13:00:00.000Z', 'ana@example.com', 'plan'],
  ['MeetingEnded', '2026-03-02T13:45:00.000Z', 'ana@example.com', 'plan'],
];

describe('a meeting that was accepted', () => {
  it.each([
    ["Google's", calendar, googleEvent()],
    [
      'of Google, organized by oneself',
      calendar,
      googleEvent({ attendees: undefined, organizer: { email: 'ana@example.com', self: true } }),
    ],
    ["Outlook's, in UTC", outlook, graphEvent()],
    [
      "Outlook's, in a zone",
      outlook,
      graphEvent({
        start: { dateTime: '2026-03-02T14:00:00.0000000', timeZone: 'Europe/Berlin' },
        end: { dateTime: '2026-03-02T14:45:00.0000000', timeZone: 'Europe/Berlin' },
      }),
    ],
  ])('%s is a plan', (_, dialect, event) => {
    expect(planned(dialect, event)).toEqual(PLAN);
  });

  it('is moved by a later word on the same facts', () => {
    const words = ['2026-02-20T09:00:00Z', '2026-02-21T09:00:00Z'].map((updated) =>
      eventsOf(calendar.translate(meeting(googleEvent({ updated })))),
    );
    expect(words.map(([start]) => [start?.vendorId, start?.revision])).toEqual([
      ['g1|ana@example.com', Date.UTC(2026, 1, 20, 9)],
      ['g1|ana@example.com', Date.UTC(2026, 1, 21, 9)],
    ]);
  });

  it('is taken back where it was cancelled or removed', () => {
    const gone = [
      calendar.translate(meeting({ kind: 'calendar#event', id: 'g1', status: 'cancelled' })),
      outlook.translate(meeting(graphEvent({ isCancelled: true }))),
      outlook.translate(meeting({ id: 'AAMkAD', '@removed': { reason: 'deleted' } })),
    ];
    expect(gone.map((translation) => eventsOf(translation).map(({ type }) => type))).toEqual([
      ['TimeRetracted'],
      ['TimeRetracted'],
      ['TimeRetracted'],
    ]);
  });

  it('is of somebody', () => {
    expect(rejectionOf(calendar.translate(meeting(graphEvent()))).message).toContain(
      'write owner under options',
    );
  });
});

describe('no working time', () => {
  it.each([
    [
      'declined',
      googleEvent({ attendees: [{ email: 'ana@example.com', self: true, responseStatus: 'declined' }] }),
    ],
    ['a whole day', googleEvent({ start: { date: '2026-03-02' }, end: { date: '2026-03-03' } })],
    ['shown as free', googleEvent({ transparency: 'transparent' })],
    ['out of office', googleEvent({ eventType: 'outOfOffice' })],
    ['not answered, in Outlook', graphEvent({ responseStatus: { response: 'notResponded' } })],
    ['a whole day, in Outlook', graphEvent({ isAllDay: true })],
  ])('is %s', (_, event) => {
    expect(outlook.translate(meeting(event)).status).toBe('ignored');
  });
});

it('a zone of Windows, and an hour that was twice, are told so', () => {
  const at = (dateTime: string, timeZone: string) =>
    rejectionOf(outlook.translate(meeting(graphEvent({ start: { dateTime, timeZone } }))));
  expect(at('2026-03-02T14:00:00.0000000', 'W. Europe Standard Time')).toMatchObject({ code: 'bad-time' });
  expect(at('2025-10-26T02:30:00.0000000', 'Europe/Berlin').message).toContain(
    'is not one instant in Europe/Berlin',
  );
});

it('a page of either is split', () => {
  const pages = [
    { kind: 'calendar#events', items: [googleEvent(), googleEvent({ id: 'g2' })] },
    { value: [graphEvent()] },
  ];
  expect(pages.map((page) => calendar.split?.(signalOf(JSON.stringify(page))).length)).toEqual([2, 1]);
});
