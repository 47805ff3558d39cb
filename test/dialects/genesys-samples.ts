/** Messages of Genesys Cloud, written after its SDKs' models: detail events, notifications, analytics details. */
import type { Signal } from '../../schemas/signal.ts';
import { signalOf } from './signals.ts';

const SECOND_MS = 1000;
const iso = (atMs: number): string => new Date(atMs).toISOString();
const json = (value: object): Signal => signalOf(JSON.stringify(value));

/** A detail event as a WebSocket sends it: `name` is the end of its topic. */
export const detailEvent = (name: string, eventTimeMs: number, body: object = {}): object => ({
  topicName: `v2.detail.events.conversation.conv-1.${name}`,
  version: '2',
  eventBody: {
    eventTime: eventTimeMs,
    conversationId: 'conv-1',
    participantId: 'p-1',
    sessionId: 's-1',
    mediaType: 'VOICE',
    provider: 'Edge',
    direction: 'INBOUND',
    ani: 'tel:+15555550100',
    dnis: 'tel:+15555550199',
    queueId: 'q-7',
    ...body,
  },
});

export const detailSignal = (name: string, eventTimeMs: number, body: object = {}): Signal =>
  json(detailEvent(name, eventTimeMs, body));

/** The same through EventBridge. */
export const bridged = (name: string, eventTimeMs: number, body: object = {}): Signal =>
  json({
    version: '0',
    id: 'e-1',
    'detail-type': `v2.detail.events.conversation.{id}.${name}`,
    source: 'aws.partner/genesys.com/cloud/org-1/tickmark',
    time: iso(eventTimeMs).replace(/\.\d+Z$/, 'Z'),
    detail: detailEvent(name, eventTimeMs, body),
  });

/** A notification about a user's calls: each participant with what it has of times. */
export const notification = (
  participants: readonly object[],
  topicName = 'v2.users.ana.conversations.calls',
): Signal => json({ topicName, version: '2', eventBody: { id: 'conv-1', participants }, metadata: {} });

export const participant = (purpose: string, changes: object = {}): object => ({
  id: `p-${purpose}`,
  purpose,
  state: 'connected',
  direction: 'inbound',
  held: false,
  wrapupRequired: true,
  ...(purpose === 'agent' ? { user: { id: 'ana' }, queue: { id: 'q-7' } } : {}),
  ...changes,
});

type Span = readonly [type: string, fromMs: number, toMs?: number, changes?: object];

export const segmentsOf = (...spans: readonly Span[]): readonly object[] =>
  spans.map(([segmentType, fromMs, toMs, changes]) => ({
    segmentType,
    segmentStart: iso(fromMs),
    segmentEnd: toMs === undefined ? undefined : iso(toMs),
    queueId: 'q-7',
    conference: false,
    ...changes,
  }));

export const session = (sessionId: string, segments: readonly object[], changes: object = {}): object => ({
  sessionId,
  mediaType: 'voice',
  direction: 'inbound',
  ani: 'tel:+15555550100',
  dnis: 'tel:+15555550199',
  segments,
  ...changes,
});

/** A conversation of the analytics, as a page of the query has it. */
export const details = (participants: readonly object[], changes: object = {}): object => ({
  conversationId: 'conv-1',
  conversationStart: '2026-03-02T12:00:00.000Z',
  conversationEnd: '2026-03-02T12:11:42.000Z',
  participants,
  ...changes,
});

const scriptedDetails = (at: (seconds: number) => number): object =>
  details(
    [
      {
        participantId: 'p-customer',
        purpose: 'customer',
        sessions: [session('s-c', segmentsOf(['interact', at(0), at(702), { disconnectType: 'endpoint' }]))],
      },
      {
        participantId: 'p-acd',
        purpose: 'acd',
        sessions: [session('s-q', segmentsOf(['interact', at(0), at(12), { disconnectType: 'transfer' }]))],
      },
      {
        participantId: 'p-agent',
        purpose: 'agent',
        userId: 'ana',
        sessions: [
          session(
            's-a',
            segmentsOf(
              ['alert', at(0), at(12)],
              ['interact', at(12), at(312)],
              ['hold', at(312), at(402)],
              ['interact', at(402), at(702), { disconnectType: 'peer' }],
              ['wrapup', at(702), at(822)],
            ),
            {
              metrics: [
                { name: 'tTalkComplete', value: 600_000 },
                { name: 'tHeldComplete', value: 90_000 },
                { name: 'tAcw', value: 120_000 },
              ],
            },
          ),
        ],
      },
    ],
    { conversationEnd: iso(at(702)) },
  );

/** The call of the scripted day: live by detail events, and the hold by the details that come after it. */
export const scriptedCall = (startMs: number): readonly Signal[] => {
  const at = (seconds: number): number => startMs + seconds * SECOND_MS;
  const agent = { userId: 'ana', sessionId: 's-a' };
  return [
    detailSignal('customer.start', at(0), { sessionId: 's-c' }),
    detailSignal('acd.start', at(0), { sessionId: 's-q' }),
    detailSignal('user.start', at(0), agent),
    detailSignal('acd.end', at(12), {
      sessionId: 's-q',
      acdOutcome: 'ANSWERED',
      answeredUserId: 'ana',
      connectedDurationMs: 12_000,
    }),
    detailSignal('user.end', at(702), {
      ...agent,
      disconnectType: 'PEER',
      alertingDurationMs: 12_000,
      interactingDurationMs: 600_000,
      heldDurationMs: 90_000,
    }),
    detailSignal('customer.end', at(702), { sessionId: 's-c', disconnectType: 'ENDPOINT' }),
    detailSignal('acw', at(822), { ...agent, wrapupCode: 'w-1', wrapupDurationMs: 120_000 }),
    json(scriptedDetails(at)),
  ];
};

export const genesysSamples: readonly Signal[] = [
  bridged('user.start', Date.UTC(2026, 2, 2, 12), { userId: 'ana' }),
  notification([
    participant('customer', { endTime: '2026-03-02T12:11:42.000Z' }),
    participant('agent', {
      startTime: '2026-03-02T12:00:00.000Z',
      connectedTime: '2026-03-02T12:00:12.000Z',
      held: true,
      startHoldTime: '2026-03-02T12:05:12.000Z',
    }),
  ]),
  ...scriptedCall(Date.UTC(2026, 2, 2, 12)),
];
