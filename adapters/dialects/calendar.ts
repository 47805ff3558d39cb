/**
 * The dialect `calendar`: events of Google Calendar and of Outlook (Microsoft Graph), one person's calendar a source.
 *
 * | event                                             | facts                                               |
 * | ------------------------------------------------- | --------------------------------------------------- |
 * | a meeting that the person accepted or organizes   | MeetingStarted, MeetingEnded, `timedBy: plan`       |
 * | the same with other times                         | the same two facts, as a later word (`revision`)    |
 * | cancelled, or removed                             | TimeRetracted: it counts nothing                    |
 * | declined, not answered, all day, shown as free    | none                                                |
 *
 * Source: developers.google.com/calendar, Events; learn.microsoft.com/graph, resource type event. A calendar tells what
 * was planned: nobody has seen the meeting happen, so that its time is `declared`. Google's `updated` and Graph's
 * `lastModifiedDateTime` order the words about one event. A meeting that lies ahead is not taken in before it is over:
 * read the past days, every day. Graph writes naive times with a zone apart: ask for UTC (its default), or a name of the
 * IANA. Titles are nobody's business and not kept.
 */
import { z } from 'zod';
import { instantMs } from '../../schemas/brand.ts';
import type { Signal, Translation } from '../../schemas/signal.ts';
import { type Fact, told } from './reading/facts.ts';
import { isoInstant, issueOf, maybe, text } from './reading/fields.ts';
import { readIso } from './reading/iso.ts';
import { splitPage } from './reading/json-members.ts';
import type { Zones } from './reading/local-zone.ts';
import { ignored, readJson, rejected } from './reading/message.ts';
import { quote } from './reading/quote.ts';
import { subjectOf } from './reading/subject.ts';
import { vendor } from './reading/vendor.ts';

const Options = z.strictObject({
  owner: text.optional().describe('whose calendar it is; Google tells it, Outlook does not'),
});
type Options = z.infer<typeof Options>;

const address = z.looseObject({
  email: maybe(text),
  self: z.boolean().optional(),
  responseStatus: maybe(text),
});

const Google = z.looseObject({
  id: text,
  status: maybe(text),
  updated: maybe(isoInstant),
  transparency: maybe(text),
  eventType: maybe(text),
  start: maybe(z.looseObject({ dateTime: maybe(isoInstant), date: maybe(text) })),
  end: maybe(z.looseObject({ dateTime: maybe(isoInstant), date: maybe(text) })),
  organizer: maybe(address),
  attendees: maybe(z.array(address)),
});
type Google = z.infer<typeof Google>;

const naive = z.looseObject({ dateTime: text, timeZone: maybe(text) });

const graphWith = (zones: Zones) => {
  const at = naive.transform(({ dateTime, timeZone = 'UTC' }, context) => {
    const instant = instantOf(zones, dateTime, timeZone);
    if (typeof instant === 'number') return instantMs(instant);
    context.issues.push({ ...issueOf('bad-time', instant), input: dateTime });
    return z.NEVER;
  });
  return z.looseObject({
    id: text,
    iCalUId: maybe(text),
    lastModifiedDateTime: maybe(isoInstant),
    isAllDay: z.boolean().optional(),
    isCancelled: z.boolean().optional(),
    isOrganizer: z.boolean().optional(),
    showAs: maybe(text),
    responseStatus: maybe(z.looseObject({ response: maybe(text) })),
    start: maybe(at),
    end: maybe(at),
    '@removed': z.unknown().optional(),
  });
};
type Graph = z.infer<ReturnType<typeof graphWith>>;

const instantOf = (zones: Zones, dateTime: string, zone: string): number | string => {
  const iso = readIso(dateTime);
  if (typeof iso === 'string') return `${quote(dateTime)} ${iso}`;
  if (iso.offsetMs !== undefined) return iso.localMs - iso.offsetMs;
  if (zone === 'UTC') return iso.localMs;
  const instants = knownInstants(zones, zone, iso.localMs);
  if (instants === undefined) return `the zone ${quote(zone)} is none of the IANA: ask Graph for UTC`;
  const [only, second] = instants;
  if (only === undefined || second !== undefined)
    return `${quote(dateTime)} is not one instant in ${zone}: ask Graph for UTC`;
  return only;
};

const knownInstants = (zones: Zones, zone: string, localMs: number): readonly number[] | undefined => {
  try {
    return zones.toInstants(zone, localMs);
  } catch {
    return undefined;
  }
};

/** What both calendars tell of one event, in one shape. */
interface Meeting {
  readonly id: string;
  readonly actor: string | undefined;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly changed: number | undefined;
  readonly isGone: boolean;
  readonly isBusy: boolean;
  readonly isAccepted: boolean;
  readonly organizer: string | undefined;
}

const googleMeeting = (event: Google, { owner }: Options): Meeting => {
  const own = event.attendees?.find(({ self }) => self === true);
  const isOrganizer = event.organizer?.self === true;
  return {
    id: event.id,
    actor: owner ?? own?.email ?? (isOrganizer ? event.organizer?.email : undefined),
    from: event.start?.dateTime,
    to: event.end?.dateTime,
    changed: event.updated,
    isGone: event.status === 'cancelled',
    isBusy:
      event.transparency !== 'transparent' &&
      (event.eventType === undefined || event.eventType === 'default'),
    isAccepted:
      own === undefined ? isOrganizer || event.attendees === undefined : own.responseStatus === 'accepted',
    organizer: event.organizer?.email,
  };
};

const ATTENDING = new Set(['accepted', 'organizer']);

const graphMeeting = (event: Graph, { owner }: Options): Meeting => ({
  id: event.iCalUId ?? event.id,
  actor: owner,
  from: event.isAllDay === true ? undefined : event.start,
  to: event.isAllDay === true ? undefined : event.end,
  changed: event.lastModifiedDateTime,
  isGone: event.isCancelled === true || event['@removed'] !== undefined,
  isBusy: event.showAs === undefined || event.showAs === 'busy',
  isAccepted: event.isOrganizer === true || ATTENDING.has(event.responseStatus?.response ?? ''),
  organizer: undefined,
});

const retracted = ({ id, changed }: Meeting, signal: Signal): Translation =>
  told([
    {
      type: 'TimeRetracted',
      id: `${id}|cancelled`,
      subject: subjectOf('meeting', id),
      at: changed ?? signal.receivedAt,
      said: { reason: 'the meeting was cancelled' },
    },
  ]);

const tell = (meeting: Meeting, signal: Signal): Translation => {
  if (meeting.isGone) return retracted(meeting, signal);
  if (!meeting.isAccepted) return ignored('a meeting that the person did not accept');
  if (!meeting.isBusy) return ignored('time that is shown as free, or no meeting');
  const { id, from, to, actor, changed, organizer } = meeting;
  if (from === undefined || to === undefined) return ignored('a whole day: it tells no working time');
  if (actor === undefined)
    return rejected('missing-field', 'nobody says whose calendar it is: write owner under options');
  if (to < from)
    return rejected('end-before-start', `the meeting ends ${(from - to) / 1_000} s before it starts`);
  const common: Omit<Fact, 'type' | 'at'> = {
    // Everybody's calendar has a copy of its own.
    id: `${id}|${actor}`,
    subject: subjectOf('meeting', id),
    revision: changed,
    said: { actor, timedBy: 'plan', attributes: { organizer } },
  };
  return told([
    { ...common, type: 'MeetingStarted', at: from, sequence: 0 },
    { ...common, type: 'MeetingEnded', at: to, sequence: 1 },
  ]);
};

const isGraph = (raw: string): boolean =>
  /"(iCalUId|lastModifiedDateTime|@removed|@odata\.[a-zA-Z]+)"\s*:/.test(raw);

export const calendar = vendor({
  name: 'calendar',
  options: Options,
  numbers: [],
  make: (options, zones) => {
    const Graph = graphWith(zones);
    const translate = (signal: Signal): Translation => {
      if (isGraph(signal.raw)) {
        const read = readJson(signal.raw, Graph);
        return read.status === 'rejected' ? read : tell(graphMeeting(read.message, options), signal);
      }
      const read = readJson(signal.raw, Google);
      return read.status === 'rejected' ? read : tell(googleMeeting(read.message, options), signal);
    };
    return { name: 'calendar', version: 1, split: splitPage('items', 'value'), translate };
  },
});
