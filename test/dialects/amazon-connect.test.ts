/** Amazon Connect: what contact events, contact records and agent events tell, and how a record corrects itself. */
import { describe, expect, it } from 'vitest';
import type { Dialect, Signal } from '../../schemas/signal.ts';
import {
  AGENT_ARN,
  agentEvent,
  contactDetail,
  contactEvent,
  contactIn,
  contactRecord,
  scriptedCall,
} from './amazon-connect-samples.ts';
import { factLines } from './fact-lines.ts';
import { eventsOf, rejectionOf, signalOf } from './signals.ts';
import { dialectOf } from './vendors.ts';

const connect: Dialect = dialectOf('amazon-connect');
const NOON = Date.UTC(2026, 2, 2, 12);

const linesOf = (signal: Signal, attributes: readonly string[] = []) =>
  factLines(connect.translate(signal), attributes);

const QUEUE_INFO = {
  queueArn: 'arn/queue/q-7',
  queueType: 'type',
  enqueueTimestamp: '2026-03-02T12:00:00.100Z',
};
const AGENT_INFO = { agentArn: AGENT_ARN, connectedToAgentTimestamp: '2026-03-02T12:00:12.345Z' };

describe('a contact event', () => {
  it.each([
    ['QUEUED', { queueInfo: QUEUE_INFO }, ['2026-03-02 12:00:00.100 CallQueued queue=q-7 direction=inbound']],
    [
      'CONNECTED_TO_AGENT',
      { queueInfo: QUEUE_INFO, agentInfo: AGENT_INFO },
      ['2026-03-02 12:00:12.345 CallConnected ana queue=q-7 direction=inbound'],
    ],
    [
      'DISCONNECTED',
      {
        queueInfo: QUEUE_INFO,
        agentInfo: AGENT_INFO,
        disconnectTimestamp: '2026-03-02T12:11:42.000Z',
        disconnectReason: 'AGENT_DISCONNECT',
      },
      ['2026-03-02 12:11:42 CallEnded (AGENT_DISCONNECT) queue=q-7 direction=inbound'],
    ],
    [
      'COMPLETED',
      {
        agentInfo: {
          ...AGENT_INFO,
          afterContactWorkStartTimestamp: '2026-03-02T12:11:42.000Z',
          afterContactWorkEndTimestamp: '2026-03-02T12:13:42.000Z',
          afterContactWorkDuration: 120,
        },
      },
      ['2026-03-02 12:13:42 CallWrappedUp ana 120s direction=inbound'],
    ],
    [
      'INITIATED',
      { initiationMethod: 'OUTBOUND', agentInfo: { agentArn: AGENT_ARN } },
      ['2026-03-02 11:59:00 CallDialed ana direction=outbound'],
    ],
  ])('%s', (eventType, detail, lines) => {
    expect(linesOf(contactEvent(eventType, detail), ['queue', 'direction'])).toEqual(lines);
  });

  it('is an abandonment where somebody was queued and reached nobody', () => {
    const at = { queueInfo: QUEUE_INFO, disconnectTimestamp: '2026-03-02T12:05:00.000Z' };
    expect(linesOf(contactEvent('DISCONNECTED', at))).toEqual([
      '2026-03-02 12:05:00 CallAbandoned',
      '2026-03-02 12:05:00 CallEnded',
    ]);
    // An agent who dialled and reached nobody abandoned no queue.
    expect(linesOf(contactEvent('DISCONNECTED', { ...at, initiationMethod: 'OUTBOUND' }))).toEqual([
      '2026-03-02 12:05:00 CallEnded',
    ]);
  });

  it.each([
    ['AgentInfo', { AgentInfo: { AgentArn: AGENT_ARN, ConnectedToAgentTimestamp: '2026-03-02T12:00:12Z' } }],
    ['AgentARN', { agentInfo: { agentARN: AGENT_ARN, connectedToAgentTimestamp: '2026-03-02T12:00:12Z' } }],
    [
      'Voice',
      { channel: 'Voice', agentInfo: { ...AGENT_INFO, connectedToAgentTimestamp: '2026-03-02T12:00:12Z' } },
    ],
    // A form of 2021 told no times of its own.
    ['no time but that of the envelope', { agentInfo: { agentArn: AGENT_ARN } }, '2026-03-02T12:00:12Z'],
  ])('may be written %s', (_, detail, time = '2026-03-02T12:00:30Z') => {
    expect(linesOf(contactEvent('CONNECTED_TO_AGENT', detail, { time }))).toEqual([
      '2026-03-02 12:00:12 CallConnected ana',
    ]);
  });

  it('may come without its envelope, and then without any time', () => {
    const bare = signalOf(JSON.stringify(contactDetail('CONNECTED_TO_AGENT', { agentInfo: AGENT_INFO })));
    expect(linesOf(bare)).toEqual(['2026-03-02 12:00:12.345 CallConnected ana']);
    const [event] = eventsOf(connect.translate(bare));
    expect(event).toMatchObject({ vendorId: 'c-1+CONNECTED_TO_AGENT' });
    expect(linesOf(signalOf(JSON.stringify(contactDetail('QUEUED'))))).toEqual(['receipt CallQueued']);
  });

  it("is about the contact, correlated with the chain's first, and identified by the envelope", () => {
    const [event] = eventsOf(connect.translate(contactEvent('QUEUED', { queueInfo: QUEUE_INFO })));
    expect(event).toMatchObject({ subject: 'call-c-1', correlation: 'c-0', vendorId: 'e-QUEUED' });
  });

  it('tells of its own step alone, whatever the other times in it are', () => {
    // In the official sample the queue and the agent come after the end.
    const signal = contactEvent('DISCONNECTED', {
      disconnectTimestamp: '2021-08-04T17:18:37.000Z',
      queueInfo: { enqueueTimestamp: '2021-08-04T17:29:04.000Z' },
      AgentInfo: { AgentArn: 'arn', connectedToAgentTimestamp: '2021-08-04T17:29:09.000Z' },
    });
    expect(linesOf(signal)).toEqual(['2021-08-04 17:18:37 CallEnded']);
  });
});

describe('a contact record', () => {
  it('tells the whole contact, with what the vendor measured', () => {
    expect(linesOf(contactRecord(), ['queue', 'customer'])).toEqual([
      '2026-03-02 12:00:42 CallQueued queue=BasicQueue customer=+15555550100',
      '2026-03-02 12:00:49 CallConnected ana 7s queue=BasicQueue customer=+15555550100',
      '2026-03-02 12:01:22 CallEnded (CUSTOMER_DISCONNECT) 33s queue=BasicQueue customer=+15555550100',
      '2026-03-02 12:01:54 CallWrappedUp ana 32s queue=BasicQueue customer=+15555550100',
    ]);
  });

  it('corrects itself: the copy that was updated last has the highest revision', () => {
    const early = contactRecord(
      { LastUpdateTimestamp: '2026-03-02T12:01:30Z' },
      {
        AfterContactWorkStartTimestamp: null,
        AfterContactWorkEndTimestamp: null,
        AfterContactWorkDuration: null,
      },
    );
    const types = (signal: Signal) =>
      eventsOf(connect.translate(signal)).map(({ type, revision, vendorId }) => [vendorId, type, revision]);
    // 12:01:30 and 12:03:02 in milliseconds since 1970.
    expect(types(early)).toEqual([
      ['c-1', 'CallQueued', 1_772_452_890_000],
      ['c-1', 'CallConnected', 1_772_452_890_000],
      ['c-1', 'CallEnded', 1_772_452_890_000],
    ]);
    expect(types(contactRecord())).toEqual([
      ['c-1', 'CallQueued', 1_772_452_982_000],
      ['c-1', 'CallConnected', 1_772_452_982_000],
      ['c-1', 'CallEnded', 1_772_452_982_000],
      ['c-1', 'CallWrappedUp', 1_772_452_982_000],
    ]);
  });

  it('is the same however often it is delivered', () => {
    expect(connect.translate(contactRecord())).toEqual(connect.translate(contactRecord()));
  });

  it('has no agent where the customer gave up in the queue', () => {
    const signal = contactRecord({
      Agent: null,
      DisconnectTimestamp: '2026-03-02T12:00:50Z',
      Queue: {
        Name: 'BasicQueue',
        EnqueueTimestamp: '2026-03-02T12:00:42Z',
        DequeueTimestamp: '2026-03-02T12:00:49Z',
        Duration: 7,
      },
    });
    expect(linesOf(signal)).toEqual([
      '2026-03-02 12:00:42 CallQueued',
      '2026-03-02 12:00:49 CallAbandoned 7s',
      '2026-03-02 12:00:50 CallEnded (CUSTOMER_DISCONNECT)',
    ]);
  });

  it('begins with dialling where the agent called', () => {
    const signal = contactRecord({ InitiationMethod: 'OUTBOUND', Queue: null });
    expect(linesOf(signal, ['direction'])[0]).toBe('2026-03-02 11:59:38 CallDialed ana direction=outbound');
  });

  it('may come out of a pipe from Kinesis, in base64', () => {
    const record = contactRecord();
    const piped = signalOf(
      JSON.stringify({
        partitionKey: 'c-1',
        sequenceNumber: '49',
        data: Buffer.from(record.raw).toString('base64'),
      }),
    );
    expect(connect.translate(piped)).toEqual(connect.translate(record));
  });
});

describe('an agent event', () => {
  const [ringing, connected, held, ended] = [
    contactIn('CONNECTING', NOON),
    contactIn('CONNECTED', NOON + 12_000),
    contactIn('CONNECTED_ONHOLD', NOON + 12_000),
    contactIn('ENDED', NOON + 702_000),
  ];

  it.each([
    ['it rings', [], [ringing], ['2026-03-02 12:00:00 CallOffered ana queue=BasicQueue']],
    ['it is connected', [ringing], [connected], ['2026-03-02 12:00:12 CallConnected ana queue=BasicQueue']],
    // 12:20 is the time of the event: since when the contact has its state is not changed by hold.
    ['it is held', [connected], [held], ['2026-03-02 12:20:00 CallHeld ana queue=BasicQueue']],
    ['it goes on', [held], [connected], ['2026-03-02 12:20:00 CallResumed ana queue=BasicQueue']],
    ['it is over', [held], [ended], ['2026-03-02 12:11:42 CallEnded queue=BasicQueue']],
    ['it is cleared', [ended], [], ['2026-03-02 12:20:00 CallWrappedUp ana queue=BasicQueue']],
    [
      'it is over and cleared at once',
      [connected],
      [],
      [
        '2026-03-02 12:20:00 CallEnded queue=BasicQueue',
        '2026-03-02 12:20:00 CallWrappedUp ana queue=BasicQueue',
      ],
    ],
    [
      'nobody took it',
      [ringing],
      [contactIn('MISSED', NOON + 20_000)],
      ['2026-03-02 12:00:20 CallMissed ana (MISSED) queue=BasicQueue'],
    ],
  ])('%s', (_, before, after, lines) => {
    expect(linesOf(agentEvent(NOON + 1_200_000, before, after), ['queue'])).toEqual(lines);
  });

  it('tells what changed of each contact', () => {
    const other = (state: string) => contactIn(state, NOON + 30_000, { ContactId: 'c-2' });
    const signal = agentEvent(NOON + 30_000, [connected, other('CONNECTING')], [held, other('CONNECTED')]);
    expect(eventsOf(connect.translate(signal)).map(({ subject, type }) => [subject, type])).toEqual([
      ['call-c-1', 'CallHeld'],
      ['call-c-2', 'CallConnected'],
    ]);
  });

  it('dials where the agent called', () => {
    const dialled = contactIn('CONNECTING', NOON, { InitiationMethod: 'OUTBOUND' });
    expect(linesOf(agentEvent(NOON, [], [dialled]))).toEqual(['2026-03-02 12:00:00 CallDialed ana']);
  });
});

describe('what moves no clock', () => {
  const connected = contactIn('CONNECTED', NOON);
  it.each([
    [contactEvent('INITIATED'), 'the contact event INITIATED: it moves no clock'],
    [contactEvent('CONTACT_DATA_UPDATED'), 'the contact event CONTACT_DATA_UPDATED: it moves no clock'],
    [
      contactEvent('COMPLETED', { agentInfo: AGENT_INFO }),
      'a contact without after contact work is completed',
    ],
    [contactEvent('QUEUED', { channel: 'CHAT' }), 'a contact of the channel CHAT: no call'],
    [
      contactEvent('QUEUED', {}, { 'detail-type': 'AWS API Call via CloudTrail' }),
      'the event AWS API Call via CloudTrail: it is about no contact',
    ],
    [contactRecord({ Channel: 'TASK' }), 'a contact of the channel TASK: no call'],
    [agentEvent(NOON, [connected], [connected]), 'an agent event in which no call changes'],
    [
      agentEvent(NOON, [], [connected], { EventType: 'HEART_BEAT' }),
      'the agent event HEART_BEAT: it moves no clock',
    ],
  ])('%#', (signal, because) => {
    expect(connect.translate(signal)).toEqual({ status: 'ignored', because });
  });
});

describe('what cannot be understood', () => {
  it.each([
    // The official sample has a comma too many.
    [signalOf('{"detail": {"eventType": "QUEUED",}}'), 'malformed', 'not JSON'],
    [signalOf('{"hello": 1}'), 'unknown-type', 'neither a contact event'],
    [contactEvent('QUEUED', { contactId: null }), 'missing-field', 'contactId is absent or empty'],
    [
      contactEvent('QUEUED', { queueInfo: { enqueueTimestamp: 'noon' } }),
      'bad-time',
      'queueInfo.enqueueTimestamp: "noon" is not written like',
    ],
    [contactRecord({ LastUpdateTimestamp: null }), 'missing-field', 'LastUpdateTimestamp is absent or empty'],
  ])('%#', (signal, code, message) => {
    const rejection = rejectionOf(connect.translate(signal));
    expect(rejection.code).toBe(code);
    expect(rejection.message).toContain(message);
  });
});

describe('a delivery', () => {
  it('may hold several messages, each a signal of its own', () => {
    const batch = signalOf(`[${contactEvent('QUEUED').raw}, ${contactRecord().raw}]`);
    expect(connect.split?.(batch).map(({ raw }) => raw)).toEqual([
      contactEvent('QUEUED').raw,
      contactRecord().raw,
    ]);
  });
});

describe('a day of one call', () => {
  it('is told from the queue to the wrap-up, and once more by the record', () => {
    expect(scriptedCall(NOON).flatMap((signal) => linesOf(signal))).toEqual([
      '2026-03-02 12:00:00 CallQueued',
      '2026-03-02 12:00:00 CallOffered ana',
      '2026-03-02 12:00:12 CallConnected ana',
      '2026-03-02 12:05:12 CallHeld ana',
      '2026-03-02 12:06:42 CallResumed ana',
      '2026-03-02 12:11:42 CallEnded',
      '2026-03-02 12:13:42 CallWrappedUp ana',
      '2026-03-02 12:00:00 CallQueued',
      '2026-03-02 12:00:12 CallConnected ana 12s',
      '2026-03-02 12:11:42 CallEnded (CUSTOMER_DISCONNECT) 600s',
      '2026-03-02 12:13:42 CallWrappedUp ana 120s',
    ]);
  });
});
