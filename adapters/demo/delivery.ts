/** Delivery: the messages on the wire, with what goes wrong there: late, twice, and three that nobody can read. */
import { type InstantMs, shift } from '../../schemas/brand.ts';
import type { RejectionCode } from '../../schemas/signal.ts';
import { clock, MINUTE_MS, SECOND_MS, THURSDAY, timestamp, TUESDAY, WEDNESDAY } from './calendar.ts';
import type { Utterance } from './ledger.ts';
import { type Scene, seconds } from './scene.ts';

/** One message as it arrives: a CloudEvents 1.0 JSON text, and when. */
export interface Delivery {
  readonly raw: string;
  readonly receivedAtMs: InstantMs;
}

/** A message that has to end as a dead letter, and why. */
export interface BadSignal {
  readonly raw: string;
  readonly code: RejectionCode;
}

export interface Deliveries {
  /** In the order of arrival. */
  readonly arrived: readonly Delivery[];
  readonly late: number;
  readonly duplicates: number;
  readonly bad: readonly BadSignal[];
}

const LATE_SHARE = 0.03;
const DUPLICATE_SHARE = 0.02;

const wire = (
  type: string,
  subject: string,
  id: string,
  source: string,
  time: string,
  data: object,
): string =>
  JSON.stringify({
    specversion: '1.0',
    id,
    source,
    type,
    subject,
    time,
    datacontenttype: 'application/json',
    data,
  });

export const cloudEventText = ({ id, source, type, subject, atMs, data }: Utterance): string =>
  wire(type, subject, id, source, timestamp(atMs), data);

const BAD: readonly (BadSignal & { readonly receivedAtMs: InstantMs })[] = [
  {
    raw: '{"specversion":"1.0","id":"call-9001:2","source":"telephony","type":"CallConn',
    code: 'malformed',
    receivedAtMs: clock(TUESDAY, 10, 17),
  },
  {
    raw: wire('CallTeleported', 'call-9002', 'call-9002:1', 'telephony', timestamp(clock(WEDNESDAY, 13, 2)), {
      actor: 'jonas.weber',
    }),
    code: 'unknown-type',
    receivedAtMs: clock(WEDNESDAY, 13, 2),
  },
  {
    raw: wire('TicketResolved', 'ticket-9003', 'ticket-9003:4', 'helpdesk', '2026-11-31T09:14:00+01:00', {
      actor: 'yuki.tanaka',
    }),
    code: 'bad-time',
    receivedAtMs: clock(THURSDAY, 9, 14),
  },
];

/** Reference data always arrives in time and once: who is in which team has to be known first. */
const isReference = ({ type }: Utterance): boolean => type === 'PersonJoinedTeam';

export const deliver = (scene: Scene, utterances: readonly Utterance[]): Deliveries => {
  const arrivals: Delivery[] = BAD.map(({ raw, receivedAtMs }) => ({ raw, receivedAtMs }));
  let late = 0;
  let duplicates = 0;
  for (const utterance of utterances) {
    const raw = cloudEventText(utterance);
    const reliable = isReference(utterance);
    const isLate = !reliable && scene.random.chance(LATE_SHARE);
    const delayMs = isLate ? seconds(scene, 5 * 60, 4 * 3_600) : SECOND_MS;
    const receivedAtMs = shift(utterance.atMs, delayMs);
    arrivals.push({ raw, receivedAtMs });
    if (isLate) late += 1;
    if (reliable || !scene.random.chance(DUPLICATE_SHARE)) continue;
    arrivals.push({
      raw,
      receivedAtMs: shift(receivedAtMs, seconds(scene, 1, (20 * MINUTE_MS) / SECOND_MS)),
    });
    duplicates += 1;
  }
  const arrived = arrivals.toSorted((a, b) => a.receivedAtMs - b.receivedAtMs);
  return { arrived, late, duplicates, bad: BAD.map(({ raw, code }) => ({ raw, code })) };
};
