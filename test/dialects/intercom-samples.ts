/** Notifications of Intercom, after its webhook models; and the scripted ticket. */
import type { Signal } from '../../schemas/signal.ts';
import { signalOf } from './signals.ts';

const START_S = 1_772_445_600; // 2026-03-02 10:00:00 UTC

export const notification = (
  topic: string,
  item: object,
  created_at: number = START_S,
  id = `notif_${topic}_${created_at}`,
): Signal =>
  signalOf(
    JSON.stringify({
      type: 'notification_event',
      id,
      topic,
      created_at,
      delivery_attempts: 1,
      data: {
        type: 'notification_event_data',
        item: { type: 'ticket', id: '215472629311235', created_at: START_S, ...item },
      },
    }),
  );

const part = (created_at: number, previous_ticket_state: string, ticket_state: string) => ({
  part_type: 'ticket_state_updated_by_admin',
  previous_ticket_state,
  ticket_state,
  created_at,
});

/** Among older parts, and not at the end: the newest counts. */
export const stateUpdate = (created_at: number, from: string, to: string): Signal =>
  notification(
    'ticket.state.updated',
    { ticket_parts: { ticket_parts: [part(created_at, from, to), part(created_at - 1, to, from)] } },
    created_at + 1,
  );

export const intercomSamples: readonly Signal[] = [
  notification('ticket.created', { ticket_state: { category: 'submitted' } }),
  stateUpdate(START_S, 'in_progress', 'waiting_on_customer'),
  notification('conversation.admin.assigned', { admin_assignee_id: 9608799 }),
  notification('conversation.admin.noted', {}),
];

export const scriptedTicket = (startMs: number): readonly Signal[] => {
  const at = (seconds: number): number => startMs / 1_000 + seconds;
  return [
    notification('ticket.created', { created_at: at(0), ticket_state: { category: 'in_progress' } }, at(0)),
    notification('ticket.admin.assigned', { admin_assignee_id: 'ana' }, at(60)),
    stateUpdate(at(600), 'in_progress', 'waiting_on_customer'),
    stateUpdate(at(1_200), 'waiting_on_customer', 'in_progress'),
    stateUpdate(at(1_800), 'in_progress', 'resolved'),
    stateUpdate(at(2_400), 'resolved', 'in_progress'),
    stateUpdate(at(3_000), 'in_progress', 'resolved'),
    notification('ticket.closed', {}, at(3_600)),
  ];
};
