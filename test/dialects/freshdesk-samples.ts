/** What Freshdesk's automation rules send, after zulip's examples; and the scripted ticket. */
import { instantMs } from '../../schemas/brand.ts';
import type { Signal } from '../../schemas/signal.ts';
import { RECEIVED_AT, signalOf } from './signals.ts';

export const freshdeskSignal = (
  triggered: string | undefined,
  body: object = {},
  atMs: number = RECEIVED_AT,
): Signal => ({
  ...signalOf(
    JSON.stringify({
      freshdesk_webhook: {
        triggered_event: triggered,
        ticket_id: '11',
        ticket_status: 'Open',
        ticket_priority: 'Low',
        requester_email: 'bob@example.com',
        ...body,
      },
    }),
  ),
  receivedAt: instantMs(atMs),
});

export const freshdeskSamples: readonly Signal[] = [
  freshdeskSignal('{ticket_action:created}'),
  freshdeskSignal('{status:{from:4,to:6}}', { ticket_status: 'Waiting on Customer' }),
  freshdeskSignal('{responder_id:{from:,to:7}}', { ticket_agent_email: 'ana@example.com' }),
  freshdeskSignal('{note_type:public}'),
];

/** Timed by receipt, as each message comes at once. */
export const scriptedTicket = (startMs: number): readonly Signal[] => {
  const at = (seconds: number, triggered: string, body: object = {}) =>
    freshdeskSignal(triggered, { ticket_agent_email: 'ana', ...body }, startMs + seconds * 1_000);
  return [
    at(0, '{ticket_action:created}', { ticket_agent_email: '' }),
    at(60, '{responder_id:{from:,to:7}}'),
    at(600, '{status:{from:2,to:6}}', { ticket_status: 'Waiting on Customer' }),
    at(1_200, '{status:{from:6,to:2}}'),
    at(1_800, '{status:{from:2,to:4}}', { ticket_status: 'Resolved' }),
    at(2_400, '{status:{from:4,to:2}}'),
    at(3_000, '{status:{from:2,to:4}}', { ticket_status: 'Resolved' }),
    at(3_600, '{status:{from:4,to:5}}', { ticket_status: 'Closed' }),
  ];
};
