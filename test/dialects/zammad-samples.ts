/** The default payload of Zammad's webhooks, written anew after its fields (the documentation's own is AGPL-3). */
import type { Signal } from '../../schemas/signal.ts';
import { signalOf } from './signals.ts';

const PERSON = { active: true, role_ids: [2], out_of_office: false };

/** The ticket 81, opened at 12:00 and changed at 13:00, as it is after that. */
export const zammadSignal = (ticket: object = {}): Signal =>
  signalOf(
    JSON.stringify({
      ticket: {
        id: 81,
        number: '10081',
        state: 'open',
        state_id: 2,
        priority: { id: 2, name: '2 normal' },
        group: { id: 3, name: 'Desk' },
        owner_id: 5,
        owner: PERSON,
        customer_id: 8,
        created_at: '2026-03-02T12:00:00.282Z',
        updated_at: '2026-03-02T13:00:00.333Z',
        title: 'It does not print',
        ...ticket,
      },
      article: { id: 104, ticket_id: 81, type: 'phone', created_at: '2026-03-02T12:00:00.318Z' },
    }),
  );

export const zammadSamples: readonly Signal[] = [
  zammadSignal(),
  zammadSignal({ state: 'closed', owner_id: 1 }),
];

const STEPS: readonly (readonly [afterS: number, state: string, owner: string | number])[] = [
  [0, 'new', 1],
  [60, 'open', 'ana'],
  [600, 'pending reminder', 'ana'],
  [1_200, 'open', 'ana'],
  [1_800, 'closed', 'ana'],
  [2_400, 'open', 'ana'],
  [3_000, 'closed', 'ana'],
];

/** Opened, assigned to ana, pending, open again, closed, open and closed again: Zammad has nothing after closed. */
export const scriptedTicket = (startMs: number): readonly Signal[] =>
  STEPS.map(([afterS, state, owner_id]) =>
    zammadSignal({
      state,
      owner_id,
      created_at: new Date(startMs).toISOString(),
      updated_at: new Date(startMs + afterS * 1_000).toISOString(),
    }),
  );
