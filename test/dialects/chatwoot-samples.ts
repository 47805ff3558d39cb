/** Messages of Chatwoot, written after its webhook_listener.rb and event_data_presenter.rb (MIT), with invented people. */
import type { Signal } from '../../schemas/signal.ts';
import { signalOf } from './signals.ts';

/** An array of objects of one key each. */
export const changes = (values: Readonly<Record<string, readonly [unknown, unknown]>>): readonly object[] =>
  Object.entries(values).map(([name, [previous_value, current_value]]) => ({
    [name]: { previous_value, current_value },
  }));

/** The conversation 150, begun at 12:00 and changed at 13:00:00.230. */
export const chatwootSignal = (event: string, conversation: object = {}): Signal =>
  signalOf(
    JSON.stringify({
      event,
      id: 150,
      inbox_id: 3,
      status: 'open',
      channel: 'Channel::WebWidget',
      priority: null,
      timestamp: Date.UTC(2026, 2, 2, 11) / 1_000,
      created_at: Date.UTC(2026, 2, 2, 12) / 1_000,
      updated_at: Date.UTC(2026, 2, 2, 13) / 1_000 + 0.230_474,
      meta: { sender: { id: 812, type: 'contact' }, assignee: null, team: null },
      account: { id: 1 },
      ...conversation,
    }),
    { 'x-chatwoot-delivery': 'delivery-1' },
  );

export const chatwootSamples: readonly Signal[] = [
  chatwootSignal('conversation_created'),
  chatwootSignal('conversation_status_changed', {
    status: 'resolved',
    changed_attributes: changes({ status: ['open', 'resolved'] }),
  }),
  chatwootSignal('conversation_updated', { changed_attributes: changes({ assignee_id: [null, 7] }) }),
  chatwootSignal('message_created'),
];

const STEPS: readonly (readonly [afterS: number, before: string, after: string])[] = [
  [600, 'open', 'snoozed'],
  [1_200, 'snoozed', 'open'],
  [1_800, 'open', 'resolved'],
  [2_400, 'resolved', 'open'],
  [3_000, 'open', 'resolved'],
];

/** Opened, assigned to ana, snoozed, open again, resolved, reopened and resolved: Chatwoot has nothing after resolved. */
export const scriptedTicket = (startMs: number): readonly Signal[] => {
  const seconds = (afterS: number) => ({
    created_at: startMs / 1_000,
    updated_at: startMs / 1_000 + afterS,
  });
  return [
    chatwootSignal('conversation_created', seconds(0)),
    chatwootSignal('conversation_updated', {
      ...seconds(60),
      changed_attributes: changes({ assignee_id: [null, 'ana'] }),
    }),
    ...STEPS.map(([afterS, before, status]) =>
      chatwootSignal('conversation_status_changed', {
        ...seconds(afterS),
        status,
        changed_attributes: changes({ status: [before, status] }),
      }),
    ),
  ];
};
