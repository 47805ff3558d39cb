/** Samples for the store contracts: events, records and rows, whole and easy to vary. */
import { createHash } from 'node:crypto';
import {
  actorId,
  durationMs,
  type EventId,
  eventId,
  instantMs,
  isoWeek,
  localDate,
  recordId,
  subjectId,
} from '../../schemas/brand.ts';
import type { Finding } from '../../schemas/audit.ts';
import type { StoredEvent, TickmarkEvent } from '../../schemas/event.ts';
import type { Piece, TimeRecord } from '../../schemas/record.ts';
import type { PersonDay, PersonWeek, Tally } from '../../schemas/report.ts';
import type { DeadLetter } from '../../schemas/signal.ts';

/** A UUID, version 5 in form, for any text. */
export const idOf = (text: string): EventId => {
  const hex = createHash('sha1').update(text).digest('hex');
  return eventId(
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`,
  );
};

type Ended = Extract<TickmarkEvent, { readonly type: 'CallEnded' }>;

/** Event number `n` of the subject. */
export const sampleEvent = (n: number, subject = 'call-1', over: Partial<Ended> = {}): Ended => ({
  id: idOf(`${subject} ${n}`),
  source: 'bank-1999',
  subject: subjectId(subject),
  type: 'CallEnded',
  occurredAt: instantMs(918_000_000_000 + n),
  recordedAt: instantMs(1_800_000_000_000),
  dialect: 'eventlog@1',
  signalHash: 'a'.repeat(64),
  data: { actor: actorId('AVI'), attributes: { queue: 'PS' } },
  ...over,
});

export const sampleEvents = (from: number, to: number, subject = 'call-1'): readonly Ended[] =>
  Array.from({ length: to - from }, (_, at) => sampleEvent(from + at, subject));

export const collect = async <Row>(pages: AsyncIterable<readonly Row[]>): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for await (const page of pages) rows.push(...page);
  return rows;
};

export const positionsOf = (events: readonly StoredEvent[]): readonly number[] =>
  events.map((stored) => stored.position);

export const sampleGrades = {
  observed: durationMs(60_000),
  inferred: durationMs(0),
  declared: durationMs(0),
  assumed: durationMs(0),
  unknown: durationMs(0),
};

interface RecordSketch {
  readonly subject?: string;
  readonly actor?: string;
  readonly measure?: string;
  readonly kind?: string;
  readonly from?: number;
  readonly to?: number;
  /** When the tail begins; a record without one is closed. */
  readonly tail?: number;
  readonly closesAt?: number;
  /** When absent: running with a tail, closed without one. */
  readonly status?: TimeRecord['status'];
  readonly attributes?: TimeRecord['attributes'];
}

export const sampleRecord = (id: string, sketch: RecordSketch = {}): TimeRecord => {
  const {
    subject = 'call-1',
    actor = 'AVI',
    measure = 'work',
    kind = 'call',
    from = 0,
    to = 60_000,
  } = sketch;
  const { tail, closesAt, attributes = { queue: 'PS' } } = sketch;
  const { status = tail === undefined ? 'closed' : 'running' } = sketch;
  const opened = { clause: 'start', event: idOf(id) };
  const span = { fromMs: instantMs(from), toMs: instantMs(to), opened, closed: { clause: 'stop' } };
  return {
    id: recordId(id),
    subject: subjectId(subject),
    kind,
    rule: 'call.talk',
    measure,
    actor: actorId(actor),
    cycle: 1,
    status,
    method: 'auto',
    fromMs: instantMs(from),
    toMs: instantMs(to),
    countedMs: durationMs(to - from),
    roundedMs: durationMs(to - from),
    gradesMs: sampleGrades,
    spans: [{ ...span, grade: 'observed' }],
    subtracted: [],
    ...(tail === undefined
      ? {}
      : {
          tail: {
            state: 'running',
            fromMs: instantMs(tail),
            opened,
            ...(closesAt === undefined ? {} : { closesAtMs: instantMs(closesAt) }),
          },
        }),
    attributes,
    facts: 2,
  };
};

export const samplePiece = (record: TimeRecord, day: string, from: number, to: number): Piece => ({
  record: record.id,
  actor: record.actor,
  day: localDate(day),
  fromMs: instantMs(from),
  toMs: instantMs(to),
  first: true,
  roundingMs: durationMs(0),
  grade: 'observed',
  rule: record.rule,
  kind: record.kind,
  measure: record.measure,
  method: 'auto',
});

export const sampleTally = (sumMs: number): Tally => ({
  records: 1,
  overlapping: 0,
  sumMs: durationMs(sumMs),
  unionMs: durationMs(sumMs),
  roundedMs: durationMs(sumMs),
  gradesMs: sampleGrades,
  attributedMs: durationMs(sumMs),
  methodsMs: {
    auto: durationMs(sumMs),
    manual: durationMs(0),
    preset: durationMs(0),
    adjustment: durationMs(0),
  },
});

export const sampleDay = (actor: string, day: string, measure = 'work', sumMs = 60_000): PersonDay => ({
  actor: actorId(actor),
  day: localDate(day),
  measure,
  team: null,
  all: sampleTally(sumMs),
  kinds: { call: sampleTally(sumMs) },
});

export const sampleWeek = (actor: string, week: string, measure = 'work'): PersonWeek => {
  const none = durationMs(0);
  const all = {
    daysMs: [none, none, none, none, none, none, durationMs(60_000)] satisfies PersonWeek['all']['daysMs'],
    tally: sampleTally(60_000),
  };
  return { actor: actorId(actor), week: isoWeek(week), measure, team: 'north', all, kinds: { call: all } };
};

interface FindingSketch {
  readonly at?: number;
  readonly code?: Finding['code'];
  readonly record?: string;
  readonly event?: EventId;
  readonly detail?: string;
}

export const sampleFinding = (subject: string, sketch: FindingSketch = {}): Finding => {
  const { at = 0, code = 'overlap', record, event, detail = 'two at once' } = sketch;
  return {
    code,
    actor: actorId('AVI'),
    atMs: instantMs(at),
    subject: subjectId(subject),
    ...(record === undefined ? {} : { record: recordId(record) }),
    ...(event === undefined ? {} : { event }),
    detail,
  };
};

interface LetterSketch {
  readonly receivedAt?: number;
  readonly origin?: string;
  readonly line?: number;
  readonly raw?: string;
  readonly message?: string;
}

export const sampleLetter = (id: string, sketch: LetterSketch = {}): DeadLetter => {
  const { receivedAt = 1000, origin, line, raw = 'a;b', message = 'three columns belong here' } = sketch;
  return {
    id,
    signal: {
      source: 'bank-1999',
      dialect: 'eventlog',
      receivedAt: instantMs(receivedAt),
      ...(line === undefined ? {} : { line }),
      ...(origin === undefined ? {} : { origin }),
      raw,
    },
    rejection: { code: 'malformed', message },
    receivedAt: instantMs(receivedAt),
    status: 'waiting',
  };
};
