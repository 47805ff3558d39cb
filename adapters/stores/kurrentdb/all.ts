/** Pages of the whole log: where they begin, what they leave out, and when they end. */
import type { Position } from '@eventstore/db-client';
import type { StoredEvent } from '../../../schemas/event.ts';
import type { Access } from './access.ts';
import { KurrentdbFailure } from './failure.ts';
import { follow } from './follow.ts';
import { lastOfAll, recordAt } from './read.ts';
import { type Recorded, storedEventOf, wholeNumber } from './recorded.ts';
import { eventStreamPattern, streamOfName } from './stream-name.ts';

interface Start {
  readonly after: Position | undefined;
  /** The record that begins exactly at the place asked for: following begins behind it. */
  readonly first: Recorded | undefined;
}

const BEGINNING: Start = { after: undefined, first: undefined };

const exactly = (position: number): Position => ({ commit: BigInt(position), prepare: BigInt(position) });

/**
 * A server can begin only where a record begins, and positions have gaps. Whoever goes on asks for the position after one
 * that it was given; whoever checks asks for one that it was given. For any other position the log is read from its
 * beginning, and what comes before is left out.
 */
const startAt = async (access: Access, from: number, last: Recorded | undefined): Promise<Start> => {
  if (from === 0 || !last?.position) return BEGINNING;
  if (from > last.position.commit) return { after: last.position, first: undefined };
  if ((await recordAt(access, from - 1)) !== 'nowhere') return { after: exactly(from - 1), first: undefined };
  const first = await recordAt(access, from);
  return first === 'nowhere' ? BEGINNING : { after: first?.position ?? exactly(from), first };
};

export interface Course {
  readonly from: number;
  readonly pageSize: number;
  /** The last record of the log as the course began. */
  readonly last: Recorded | undefined;
}

/** Our own event in a record, if the course wants it. */
const storedIn = (
  { settings: { namespace } }: Access,
  from: number,
): ((record: Recorded) => readonly StoredEvent[]) => {
  const ours = new RegExp(eventStreamPattern(namespace));
  return (record) => {
    if (!ours.test(record.streamId)) return [];
    const stored = storedEventOf(streamOfName(namespace, record.streamId), record);
    return stored && stored.position >= from ? [stored] : [];
  };
};

/** What one catch holds for us. */
interface Found {
  readonly events: readonly StoredEvent[];
  /** The log was read up to here, also where nothing was ours. */
  readonly until: number;
  readonly caughtUp: boolean;
  /** Nothing more will come at once: a page may be handed over before it is full. */
  readonly pausing: boolean;
}

async function* foundFrom(access: Access, { from, last }: Course): AsyncGenerator<Found> {
  const { after, first } = await startAt(access, from, last);
  const stored = storedIn(access, from);
  if (first) yield { events: stored(first), until: from, caughtUp: false, pausing: false };
  for await (const { records, caughtUp, catchingUp, place } of follow(access, after))
    yield {
      events: records.flatMap(stored),
      until: place ? wholeNumber(place.commit) : -1,
      caughtUp,
      pausing: !catchingUp || records.length === 0,
    };
}

/** Until it is closed: full pages while there is a past, and then whatever has come. */
export async function* asTheyCome(
  access: Access,
  course: Omit<Course, 'last'>,
): AsyncGenerator<readonly StoredEvent[]> {
  const last = course.from === 0 ? undefined : await lastOfAll(access);
  let page: StoredEvent[] = [];
  for await (const { events, pausing } of foundFrom(access, { ...course, last })) {
    for (const event of events) {
      page.push(event);
      if (page.length < course.pageSize) continue;
      yield page;
      page = [];
    }
    if (page.length === 0 || !pausing) continue;
    yield page;
    page = [];
  }
}

/** Up to the last record that there was, in full pages. Being closed before is a failure: it would look like the end. */
export async function* upToNow(access: Access, course: Course): AsyncGenerator<readonly StoredEvent[]> {
  const end = course.last?.position ? wholeNumber(course.last.position.commit) : -1;
  if (course.from > end) return;
  let page: StoredEvent[] = [];
  for await (const { events, until, caughtUp } of foundFrom(access, course)) {
    for (const event of events) {
      if (event.position > end) break;
      page.push(event);
      if (page.length < course.pageSize) continue;
      yield page;
      page = [];
    }
    if (!caughtUp && until < end) continue;
    if (page.length > 0) yield page;
    return;
  }
  throw new KurrentdbFailure('closed', 'the event log is closed');
}
