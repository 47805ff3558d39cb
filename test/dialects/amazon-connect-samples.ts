/** Messages of Amazon Connect, written after the administrator guide: contact events, contact records, agent events. */
import type { Signal } from '../../schemas/signal.ts';
import { signalOf } from './signals.ts';

const INSTANCE = 'arn:aws:connect:eu-central-1:123456789012:instance/i-1';
export const AGENT_ARN = `${INSTANCE}/agent/ana`;
const QUEUE_ARN = `${INSTANCE}/queue/q-7`;
const SECOND_MS = 1000;

const iso = (atMs: number): string => new Date(atMs).toISOString();
/** Records have whole seconds. */
const isoSeconds = (atMs: number): string => iso(atMs).replace(/\.\d+Z$/, 'Z');

const json = (value: object): Signal => signalOf(JSON.stringify(value));

/** What a contact event of 12:00 has at every step; a test adds the rest. */
export const contactDetail = (eventType: string, detail: object = {}): object => ({
  eventType,
  contactId: 'c-1',
  initialContactId: 'c-0',
  previousContactId: 'c-0',
  channel: 'VOICE',
  instanceArn: INSTANCE,
  initiationMethod: 'INBOUND',
  initiationTimestamp: '2026-03-02T11:59:00.000Z',
  ...detail,
});

export const contactEvent = (eventType: string, detail: object = {}, envelope: object = {}): Signal =>
  json({
    version: '0',
    id: `e-${eventType}`,
    'detail-type': 'Amazon Connect Contact Event',
    source: 'aws.connect',
    account: '123456789012',
    time: '2026-03-02T12:00:30Z',
    region: 'eu-central-1',
    detail: contactDetail(eventType, detail),
    ...envelope,
  });

/** A record of 12:00:42 in the queue, 12:00:49 connected, 12:01:22 disconnected, 12:01:54 cleared: 7, 33 and 32 s. */
export const contactRecord = (changes: object = {}, agent: object = {}): Signal =>
  json({
    AWSAccountId: '123456789012',
    AWSContactTraceRecordFormatVersion: '2017-03-10',
    Agent: {
      ARN: AGENT_ARN,
      AfterContactWorkDuration: 32,
      AfterContactWorkEndTimestamp: '2026-03-02T12:01:54Z',
      AfterContactWorkStartTimestamp: '2026-03-02T12:01:22Z',
      AgentInteractionDuration: 33,
      ConnectedToAgentTimestamp: '2026-03-02T12:00:49Z',
      CustomerHoldDuration: 0,
      HierarchyGroups: null,
      NumberOfHolds: 0,
      Username: 'somebody',
      ...agent,
    },
    Channel: 'VOICE',
    ContactId: 'c-1',
    CustomerEndpoint: { Address: '+15555550100', Type: 'TELEPHONE_NUMBER' },
    DisconnectReason: 'CUSTOMER_DISCONNECT',
    DisconnectTimestamp: '2026-03-02T12:01:22Z',
    InitialContactId: null,
    InitiationMethod: 'INBOUND',
    InitiationTimestamp: '2026-03-02T11:59:38Z',
    LastUpdateTimestamp: '2026-03-02T12:03:02Z',
    NextContactId: null,
    Queue: {
      ARN: QUEUE_ARN,
      DequeueTimestamp: '2026-03-02T12:00:49Z',
      Duration: 7,
      EnqueueTimestamp: '2026-03-02T12:00:42Z',
      Name: 'BasicQueue',
    },
    ...changes,
  });

/** A contact as it stands with an agent, in a state since some moment. */
export const contactIn = (state: string, sinceMs: number, changes: object = {}): object => ({
  Channel: 'VOICE',
  ConnectedToAgentTimestamp: null,
  ContactId: 'c-1',
  InitialContactId: null,
  InitiationMethod: 'INBOUND',
  Queue: { ARN: QUEUE_ARN, Name: 'BasicQueue' },
  QueueTimestamp: null,
  State: state,
  StateStartTimestamp: iso(sinceMs),
  ...changes,
});

export const agentEvent = (
  atMs: number,
  before: readonly object[],
  after: readonly object[],
  changes: object = {},
): Signal =>
  json({
    AWSAccountId: '123456789012',
    AgentARN: AGENT_ARN,
    CurrentAgentSnapshot: { AgentStatus: { Name: 'Available' }, Contacts: after },
    EventId: `e-${atMs}`,
    EventTimestamp: iso(atMs),
    EventType: 'STATE_CHANGE',
    InstanceARN: INSTANCE,
    PreviousAgentSnapshot: { AgentStatus: { Name: 'Available' }, Contacts: before },
    Version: '2019-05-25',
    ...changes,
  });

/** The call of the scripted day: the queue out of a contact event, the rest out of the agent's events, then the record. */
export const scriptedCall = (startMs: number): readonly Signal[] => {
  const at = (seconds: number): number => startMs + seconds * SECOND_MS;
  const ringing = contactIn('CONNECTING', at(0));
  const connected = contactIn('CONNECTED', at(12));
  // Hold does not change since when the contact has its state.
  const held = contactIn('CONNECTED_ONHOLD', at(12));
  const ended = contactIn('ENDED', at(702));
  return [
    contactEvent('QUEUED', { queueInfo: { queueArn: QUEUE_ARN, enqueueTimestamp: iso(at(0)) } }),
    agentEvent(at(0), [], [ringing]),
    agentEvent(at(12), [ringing], [connected]),
    agentEvent(at(312), [connected], [held]),
    agentEvent(at(402), [held], [connected]),
    agentEvent(at(702), [connected], [ended]),
    agentEvent(at(822), [ended], []),
    contactRecord(
      {
        DisconnectTimestamp: isoSeconds(at(702)),
        InitiationTimestamp: isoSeconds(at(0)),
        LastUpdateTimestamp: isoSeconds(at(900)),
        Queue: {
          Name: 'BasicQueue',
          EnqueueTimestamp: isoSeconds(at(0)),
          DequeueTimestamp: isoSeconds(at(12)),
          Duration: 12,
        },
      },
      {
        ConnectedToAgentTimestamp: isoSeconds(at(12)),
        AgentInteractionDuration: 600,
        CustomerHoldDuration: 90,
        NumberOfHolds: 1,
        AfterContactWorkStartTimestamp: isoSeconds(at(702)),
        AfterContactWorkEndTimestamp: isoSeconds(at(822)),
        AfterContactWorkDuration: 120,
      },
    ),
  ];
};

export const amazonConnectSamples: readonly Signal[] = [
  contactEvent('INITIATED'),
  contactEvent('CONNECTED_TO_AGENT', {
    AgentInfo: { AgentArn: AGENT_ARN, connectedToAgentTimestamp: '2026-03-02T12:00:12.345Z' },
  }),
  contactEvent('DISCONNECTED', { disconnectTimestamp: '2026-03-02T12:11:42.000Z' }),
  contactRecord(),
  ...scriptedCall(Date.UTC(2026, 2, 2, 12)),
];
