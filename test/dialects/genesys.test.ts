/** Genesys Cloud: what detail events, notifications and analytics details tell of a call, and that they agree. */
import { describe, expect, it } from 'vitest';
import type { Dialect, Signal } from '../../schemas/signal.ts';
import { factLines } from './fact-lines.ts';
import {
  bridged,
  detailEvent,
  detailSignal,
  details,
  notification,
  participant,
  scriptedCall,
  segmentsOf,
  session,
} from './genesys-samples.ts';
import { eventsOf, rejectionOf, signalOf } from './signals.ts';
import { dialectOf } from './vendors.ts';

const genesys = (options: object = {}): Dialect => dialectOf('genesys', options);
const NOON = Date.UTC(2026, 2, 2, 12);
const at = (seconds: number): number => NOON + seconds * 1000;

const linesOf = (signal: Signal, attributes: readonly string[] = [], options: object = {}) =>
  factLines(genesys(options).translate(signal), attributes);
const json = (value: object): Signal => signalOf(JSON.stringify(value));

const ANA = { userId: 'ana' };
const CALL = 'queue=q-7 customer=+15555550100 direction=inbound';

describe('a detail event', () => {
  it.each([
    ['acd.start', {}, [`2026-03-02 12:00:00 CallQueued ${CALL}`]],
    [
      'acd.end',
      { acdOutcome: 'ANSWERED', answeredUserId: 'ana', connectedDurationMs: 12_850 },
      [`2026-03-02 12:00:00 CallConnected ana 12.85s ${CALL}`],
    ],
    [
      'acd.end',
      { acdOutcome: 'ABANDON', connectedDurationMs: 12_850 },
      [`2026-03-02 12:00:00 CallAbandoned 12.85s ${CALL}`],
    ],
    // It is sent when the telephone rings.
    ['user.start', ANA, [`2026-03-02 12:00:00 CallOffered ana ${CALL}`]],
    ['customer.end', { disconnectType: 'ENDPOINT' }, [`2026-03-02 12:00:00 CallEnded (ENDPOINT) ${CALL}`]],
    ['acw', { ...ANA, wrapupDurationMs: 14_220 }, [`2026-03-02 12:00:00 CallWrappedUp ana 14.22s ${CALL}`]],
  ])('%s %#', (name, body, lines) => {
    expect(linesOf(detailSignal(name, NOON, body), ['queue', 'customer', 'direction'])).toEqual(lines);
  });

  it('calls the far end of an outbound call the customer', () => {
    const body = { direction: 'OUTBOUND', ani: 'tel:+15555550199', dnis: 'tel:+15555550100' };
    expect(linesOf(detailSignal('customer.end', NOON, body), ['customer', 'direction'])).toEqual([
      '2026-03-02 12:00:00 CallEnded customer=+15555550100 direction=outbound',
    ]);
  });

  it('is the same through EventBridge and on a WebSocket', () => {
    expect(genesys().translate(bridged('user.start', NOON, ANA))).toEqual(
      genesys().translate(detailSignal('user.start', NOON, ANA)),
    );
  });

  it('is identified by its session, its name and its time', () => {
    const [event] = eventsOf(genesys().translate(detailSignal('user.start', NOON, ANA)));
    expect(event).toMatchObject({ subject: 'call-conv-1', vendorId: 's-1+user.start+1772452800000' });
  });
});

describe('the end of a user', () => {
  const end = (body: object) => linesOf(detailSignal('user.end', at(702), { ...ANA, ...body }));

  it('tells when the talk began: 600 s of talk and 90 s on hold before it', () => {
    const lengths = { alertingDurationMs: 12_000, interactingDurationMs: 600_000, heldDurationMs: 90_000 };
    expect(end(lengths)).toEqual([
      '2026-03-02 12:00:12 CallConnected ana',
      '2026-03-02 12:11:42 CallLeft ana 600s',
    ]);
  });

  it('tells when an outbound call was contacted and dialled: 5 s and 20 s before 677 s of talk', () => {
    const lengths = {
      contactingDurationMs: 5_000,
      dialingDurationMs: 20_000,
      interactingDurationMs: 677_000,
    };
    expect(end({ direction: 'OUTBOUND', ...lengths })).toEqual([
      '2026-03-02 12:00:00 CallContacting ana',
      '2026-03-02 12:00:05 CallDialed ana',
      '2026-03-02 12:00:25 CallConnected ana',
      '2026-03-02 12:11:42 CallLeft ana 677s',
    ]);
  });

  it('who did nothing but ring missed the call', () => {
    expect(end({ disconnectType: 'CLIENT', alertingDurationMs: 8_000 })).toEqual([
      '2026-03-02 12:11:42 CallMissed ana (CLIENT) 8s',
    ]);
  });

  it('that tells no lengths tells no more than the end', () => {
    expect(end({})).toEqual(['2026-03-02 12:11:42 CallLeft ana']);
  });
});

describe('a notification', () => {
  const agent = participant('agent', {
    startTime: '2026-03-02T12:00:00.083Z',
    connectedTime: '2026-03-02T12:00:12.200Z',
  });

  it('tells what each participant has of times', () => {
    const over = participant('agent', {
      startTime: '2026-03-02T12:00:00.083Z',
      connectedTime: '2026-03-02T12:00:12.200Z',
      endTime: '2026-03-02T12:11:42.101Z',
      startAcwTime: '2026-03-02T12:11:42.101Z',
      endAcwTime: '2026-03-02T12:13:42.321Z',
    });
    const signal = notification([
      participant('customer', { connectedTime: '2026-03-02T11:59:50Z', endTime: '2026-03-02T12:11:42.084Z' }),
      participant('ivr', { connectedTime: '2026-03-02T11:59:51Z', endTime: '2026-03-02T11:59:58Z' }),
      participant('acd', { queue: { id: 'q-7' }, connectedTime: '2026-03-02T11:59:58.469Z' }),
      over,
    ]);
    expect(linesOf(signal, ['queue'])).toEqual([
      '2026-03-02 12:11:42.084 CallEnded',
      '2026-03-02 11:59:58.469 CallQueued queue=q-7',
      '2026-03-02 12:00:00.083 CallOffered ana queue=q-7',
      '2026-03-02 12:00:12.200 CallConnected ana queue=q-7',
      '2026-03-02 12:11:42.101 CallLeft ana queue=q-7',
      '2026-03-02 12:13:42.321 CallWrappedUp ana queue=q-7',
    ]);
  });

  it('who was never connected missed the call', () => {
    const rung = participant('agent', {
      startTime: '2026-03-02T12:00:00.715Z',
      endTime: '2026-03-02T12:00:08.806Z',
      disconnectType: 'transfer.noanswer',
    });
    expect(linesOf(notification([rung]))).toEqual([
      '2026-03-02 12:00:00.715 CallOffered ana',
      '2026-03-02 12:00:08.806 CallMissed ana',
    ]);
  });

  it('tells nothing of a participant without a name', () => {
    const nobody = participant('agent', { user: null, endTime: '2026-03-02T12:11:42Z' });
    expect(linesOf(notification([nobody, agent]))).toEqual([
      '2026-03-02 12:00:00.083 CallOffered ana',
      '2026-03-02 12:00:12.200 CallConnected ana',
    ]);
  });

  it('repeats its facts: the same in every later one', () => {
    const first = eventsOf(genesys().translate(notification([agent])));
    const later = participant('agent', {
      startTime: '2026-03-02T12:00:00.083Z',
      connectedTime: '2026-03-02T12:00:12.200Z',
      endTime: '2026-03-02T12:11:42.101Z',
      disconnectType: 'peer',
    });
    expect(eventsOf(genesys().translate(notification([later]))).slice(0, 2)).toEqual(first);
  });

  it('about conversations has the state on their calls, and is about other media too', () => {
    const topic = 'v2.users.ana.conversations';
    const calling = {
      id: 'p-agent',
      purpose: 'agent',
      userId: 'ana',
      queueId: 'q-7',
      startTime: '2026-03-02T12:00:00Z',
      calls: [
        { state: 'connected', direction: 'inbound', held: false, connectedTime: '2026-03-02T12:00:12Z' },
      ],
    };
    expect(linesOf(notification([calling], topic), ['queue', 'direction'])).toEqual([
      '2026-03-02 12:00:00 CallOffered ana queue=q-7 direction=inbound',
      '2026-03-02 12:00:12 CallConnected ana queue=q-7 direction=inbound',
    ]);
    expect(genesys().translate(notification([{ ...calling, calls: [] }], topic))).toEqual({
      status: 'ignored',
      because: 'a notification that tells nothing new of a call',
    });
  });

  const onHold = participant('agent', {
    connectedTime: '2026-03-02T12:00:12Z',
    held: true,
    startHoldTime: '2026-03-02T12:05:12Z',
  });

  it('says nothing of hold where the details tell it', () => {
    expect(linesOf(notification([onHold]))).toEqual(['2026-03-02 12:00:12 CallConnected ana']);
  });

  it('tells a hold with its beginning, and that it is over by receipt, where it is asked to', () => {
    const options = { holds: 'notifications' };
    expect(linesOf(notification([onHold]), [], options)).toEqual([
      '2026-03-02 12:00:12 CallConnected ana',
      '2026-03-02 12:05:12 CallHeld ana',
    ]);
    expect(linesOf(notification([agent]), [], options)).toEqual([
      '2026-03-02 12:00:00.083 CallOffered ana',
      '2026-03-02 12:00:12.200 CallConnected ana',
      'receipt CallResumed ana',
    ]);
  });
});

describe('the details of a conversation', () => {
  const ofAgent = (segments: readonly object[], changes: object = {}) =>
    details([{ purpose: 'agent', userId: 'ana', sessions: [session('s-a', segments, changes)] }]);

  it('tell both ends of a hold', () => {
    const segments = segmentsOf(
      ['alert', at(0), at(12)],
      ['interact', at(12), at(312)],
      ['hold', at(312), at(402)],
      ['interact', at(402), at(702), { disconnectType: 'peer' }],
      ['wrapup', at(702), at(822)],
    );
    const metrics = [
      { name: 'tTalkComplete', value: 600_000 },
      { name: 'tAcw', value: 120_000 },
    ];
    expect(linesOf(json(ofAgent(segments, { metrics })), ['queue'])).toEqual([
      '2026-03-02 12:00:00 CallOffered ana queue=q-7',
      '2026-03-02 12:13:42 CallWrappedUp ana 120s queue=q-7',
      '2026-03-02 12:00:12 CallConnected ana queue=q-7',
      '2026-03-02 12:05:12 CallHeld ana',
      '2026-03-02 12:06:42 CallResumed ana',
      '2026-03-02 12:11:42 CallLeft ana 600s queue=q-7',
    ]);
  });

  it.each([
    [
      'a hold that ends with the call is not resumed',
      segmentsOf(['interact', at(12), at(312)], ['hold', at(312), at(402), { disconnectType: 'peer' }]),
      ['12:00:12 CallConnected ana', '12:05:12 CallHeld ana', '12:06:42 CallLeft ana'],
    ],
    [
      'segments come in any order',
      segmentsOf(
        ['hold', at(312), at(402)],
        ['interact', at(402), at(702), { disconnectType: 'peer' }],
        ['interact', at(12), at(312)],
      ),
      [
        '12:00:12 CallConnected ana',
        '12:05:12 CallHeld ana',
        '12:06:42 CallResumed ana',
        '12:11:42 CallLeft ana',
      ],
    ],
    [
      'what still lasts has not ended',
      segmentsOf(['alert', at(0), at(12)], ['interact', at(12)]),
      ['12:00:00 CallOffered ana', '12:00:12 CallConnected ana'],
    ],
    [
      'nor has a session between two segments',
      segmentsOf(['interact', at(12), at(312)]),
      ['12:00:12 CallConnected ana'],
    ],
    [
      'who only rang missed the call',
      segmentsOf(['alert', at(0), at(8), { disconnectType: 'client' }]),
      ['12:00:00 CallOffered ana', '12:00:08 CallMissed ana (client)'],
    ],
    [
      'an outbound call is contacted and dialled first',
      segmentsOf(['contacting', at(0), at(5)], ['dialing', at(5), at(25)], ['interact', at(25)]),
      ['12:00:00 CallContacting ana', '12:00:05 CallDialed ana', '12:00:25 CallConnected ana'],
    ],
  ])('%s', (_, segments, lines) => {
    expect(linesOf(json(ofAgent(segments)))).toEqual(lines.map((line) => `2026-03-02 ${line}`));
  });

  it('tell nothing of a participant without a name', () => {
    const nobody = session('s-n', segmentsOf(['interact', at(12), at(702), { disconnectType: 'peer' }]));
    expect(genesys().translate(json(details([{ purpose: 'agent', sessions: [nobody] }])))).toEqual({
      status: 'ignored',
      because: 'the details of a conversation without a call',
    });
  });

  it('tell the queue, an abandonment, and the end once the conversation has one', () => {
    const queue = session('s-q', segmentsOf(['interact', at(0), at(40), { disconnectType: 'peer' }]), {
      metrics: [{ name: 'tAbandon', value: 40_000 }],
    });
    const customer = session('s-c', segmentsOf(['interact', at(-9), at(40), { disconnectType: 'endpoint' }]));
    const participants = [
      { purpose: 'customer', sessions: [customer] },
      { purpose: 'acd', sessions: [queue] },
    ];
    expect(linesOf(json(details(participants)))).toEqual([
      '2026-03-02 12:00:40 CallEnded (endpoint)',
      '2026-03-02 12:00:00 CallQueued',
      '2026-03-02 12:00:40 CallAbandoned 40s',
    ]);
    expect(linesOf(json(details(participants, { conversationEnd: null })))).toEqual([
      '2026-03-02 12:00:00 CallQueued',
      '2026-03-02 12:00:40 CallAbandoned 40s',
    ]);
  });

  it('say nothing of hold where the notifications tell it', () => {
    const segments = segmentsOf(
      ['interact', at(12), at(312)],
      ['hold', at(312), at(402)],
      ['interact', at(402)],
    );
    expect(linesOf(json(ofAgent(segments)), [], { holds: 'notifications' })).toEqual([
      '2026-03-02 12:00:12 CallConnected ana',
    ]);
  });

  it('come in pages, each conversation a signal of its own', () => {
    const page = json({
      conversations: [details([]), ofAgent(segmentsOf(['interact', at(12)]))],
      totalHits: 2,
    });
    expect(
      genesys()
        .split?.(page)
        .map((signal) => genesys().translate(signal).status),
    ).toEqual(['ignored', 'events']);
  });
});

describe('a delivery', () => {
  it('may be an array of notifications', () => {
    const batch = json([detailEvent('acd.start', NOON), detailEvent('user.start', NOON, ANA)]);
    expect(
      genesys()
        .split?.(batch)
        .flatMap((signal) => linesOf(signal)),
    ).toEqual(['2026-03-02 12:00:00 CallQueued', '2026-03-02 12:00:00 CallOffered ana']);
  });
});

describe('what moves no clock', () => {
  it.each([
    [detailSignal('customer.start', NOON), 'the detail event customer.start: it moves no clock'],
    [detailSignal('flow.outcome', NOON), 'the detail event flow.outcome: it moves no clock'],
    [detailSignal('wrapup', NOON, ANA), 'the detail event wrapup: it moves no clock'],
    [
      detailSignal('user.start', NOON, { ...ANA, direction: 'OUTBOUND' }),
      'the detail event user.start: it moves no clock',
    ],
    [
      detailSignal('acd.end', NOON, { acdOutcome: 'FLOW_OUT' }),
      'the detail event acd.end: it moves no clock',
    ],
    [detailSignal('acd.start', NOON, { mediaType: 'CHAT' }), 'a conversation of the medium chat: no call'],
    [notification([], 'channel.metadata'), 'a topic that is about no conversation'],
    [notification([], 'v2.users.ana.presence'), 'a topic that is about no conversation'],
    [json({ totalHits: 0 }), 'a page without a conversation'],
    [json({ conversations: [], totalHits: 0 }), 'a page without a conversation'],
    [json(details([])), 'the details of a conversation without a call'],
  ])('%#', (signal, because) => {
    expect(genesys().translate(signal)).toEqual({ status: 'ignored', because });
  });
});

describe('what cannot be understood', () => {
  it.each([
    [signalOf('{'), 'malformed', 'not JSON'],
    [signalOf('{"eventTime": 1}'), 'unknown-type', 'neither topicName, detail nor conversationId'],
    [detailSignal('user.start', NOON), 'missing-field', 'userId is absent or empty'],
    // Seconds where milliseconds are meant would lie in January 1970.
    [detailSignal('acd.start', NOON / 1000), 'bad-time', 'probably seconds'],
    [
      detailSignal('acd.start', NOON, { conversationId: null }),
      'missing-field',
      'conversationId is absent or empty',
    ],
    [
      notification([participant('agent', { connectedTime: 'soon' })]),
      'bad-time',
      'participants.0.connectedTime: "soon"',
    ],
  ])('%#', (signal, code, message) => {
    const rejection = rejectionOf(genesys().translate(signal));
    expect(rejection.code).toBe(code);
    expect(rejection.message).toContain(message);
  });
});

describe('a day of one call', () => {
  it('is told live, and its hold by the details', () => {
    const told = scriptedCall(NOON).flatMap((signal) => {
      const translation = genesys().translate(signal);
      return translation.status === 'events' ? factLines(translation) : [];
    });
    expect([...new Set(told)].toSorted()).toEqual([
      '2026-03-02 12:00:00 CallOffered ana',
      '2026-03-02 12:00:00 CallQueued',
      '2026-03-02 12:00:12 CallConnected ana',
      '2026-03-02 12:00:12 CallConnected ana 12s',
      '2026-03-02 12:05:12 CallHeld ana',
      '2026-03-02 12:06:42 CallResumed ana',
      '2026-03-02 12:11:42 CallEnded (ENDPOINT)',
      '2026-03-02 12:11:42 CallEnded (endpoint)',
      '2026-03-02 12:11:42 CallLeft ana 600s',
      '2026-03-02 12:13:42 CallWrappedUp ana 120s',
    ]);
  });
});
