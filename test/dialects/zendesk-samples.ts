/** Messages of Zendesk, written after its documentation of ticket events, EventBridge and audits, with invented tickets. */
import type { Signal } from '../../schemas/signal.ts';
import { signalOf } from './signals.ts';

const DETAIL = {
  id: '5158',
  status: 'OPEN',
  priority: 'HIGH',
  group_id: '77',
  requester_id: '900',
  assignee_id: null,
  created_at: '2026-03-02T12:00:00Z',
  updated_at: '2026-03-02T12:00:00Z',
  via: { channel: 'web_service' },
};

interface Parts {
  readonly detail?: object;
  readonly event?: object;
  readonly time?: string;
  readonly id?: string;
}

/** An event webhook about the ticket 5158, at noon if nothing else is said. */
export const zendeskEvent = (
  name: string,
  { detail = {}, event = {}, time = '2026-03-02T12:00:00.987654321Z', id = name }: Parts = {},
): Signal =>
  signalOf(
    JSON.stringify({
      account_id: 1,
      detail: { ...DETAIL, ...detail },
      event,
      id,
      subject: 'zen:ticket:5158',
      time,
      type: `zen:event-type:${name}`,
      zendesk_event_version: '2022-11-06',
    }),
  );

/** The same through the connector to EventBridge, which writes ids as numbers and words small. */
export const zendeskBridge = (name: string, event: object = {}, ticket: object = {}): Signal =>
  signalOf(
    JSON.stringify({
      version: '0',
      id: `bridge ${name}`,
      'detail-type': `Support Ticket: ${name}`,
      source: 'aws.partner/zendesk.com/1/default',
      time: '2026-03-02T12:00:48Z',
      detail: {
        ticket_event: {
          meta: {
            version: '1.0',
            occurred_at: '2026-03-02T12:00:45.465719851Z',
            sequence: { id: 'CE4A', position: 1, total: 1 },
          },
          type: name,
          ...event,
          ticket: {
            id: 5158,
            status: 'open',
            priority: 'low',
            group_id: 77,
            requester_id: 900,
            assignee_id: null,
            updated_at: '2026-03-02T12:00:45.789534301Z',
            via: { channel: 'web' },
            ...ticket,
          },
        },
      },
    }),
  );

export const zendeskAudit = (events: readonly object[], audit: object = {}): Signal =>
  signalOf(
    JSON.stringify({
      id: 31,
      ticket_id: 5158,
      created_at: '2026-03-02T12:00:00Z',
      author_id: 900,
      via: { channel: 'web' },
      events,
      ...audit,
    }),
  );

export const zendeskTrigger = (body: object = {}): Signal =>
  signalOf(
    JSON.stringify({
      tickmark: 'zendesk-trigger',
      change: 'status',
      ticket: '5158',
      status: 'Pending',
      priority: 'Normal',
      group: 'Support',
      assignee: '42',
      requester: '900',
      created_at: '2026-03-02T12:00:00Z',
      updated_at: '2026-03-02T13:00:00Z',
      ...body,
    }),
  );

export const zendeskMetric = signalOf(
  JSON.stringify({
    id: 1,
    ticket_id: 5158,
    metric: 'agent_work_time',
    instance_id: 1,
    type: 'activate',
    time: '2026-03-02T12:00:00Z',
  }),
);

export const zendeskSamples: readonly Signal[] = [
  zendeskEvent('ticket.created'),
  zendeskEvent('ticket.status_changed', { event: { previous: 'OPEN', current: 'SOLVED' } }),
  zendeskEvent('ticket.soft_deleted'),
  zendeskBridge('Agent Assignment Changed', { previous: 41, current: 42 }),
  zendeskAudit([{ id: 1, type: 'Change', field_name: 'status', value: 'hold', previous_value: 'open' }]),
  zendeskTrigger(),
  zendeskMetric,
];

const STEPS: readonly (readonly [afterS: number, name: string, event: object])[] = [
  [0, 'ticket.created', {}],
  [60, 'ticket.agent_assignment_changed', { previous: null, current: 'ana' }],
  [600, 'ticket.status_changed', { previous: 'OPEN', current: 'PENDING' }],
  [1_200, 'ticket.status_changed', { previous: 'PENDING', current: 'OPEN' }],
  [1_800, 'ticket.status_changed', { previous: 'OPEN', current: 'SOLVED' }],
  [2_400, 'ticket.status_changed', { previous: 'SOLVED', current: 'OPEN' }],
  [3_000, 'ticket.status_changed', { previous: 'OPEN', current: 'SOLVED' }],
  [3_600, 'ticket.status_changed', { previous: 'SOLVED', current: 'CLOSED' }],
];

/** Opened, assigned to ana, pending, open again, resolved, reopened, resolved and closed. */
export const scriptedTicket = (startMs: number): readonly Signal[] =>
  STEPS.map(([afterS, name, event]) => {
    const time = new Date(startMs + afterS * 1_000).toISOString();
    return zendeskEvent(name, { event, time, id: `scripted ${afterS}`, detail: { updated_at: time } });
  });
