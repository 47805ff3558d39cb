/** Two bodies of Chatwoot: one has no time at all, the other is a creation that came as an update. */
import { dialectOf } from '../vendors.ts';
import type { Captured } from './captured.ts';

export const chatwoot: Captured = {
  dialect: dialectOf('chatwoot'),
  outcomes: {
    'misc/chatwoot_conversation_status_changed.json': 'TicketStatusChanged TicketResolved',
    'misc/chatwoot_conversation_updated.abridged.json': 'TicketOpened',
  },
};
