/** A captured message. */
import { dialectOf } from '../vendors.ts';
import type { Captured } from './captured.ts';

export const intercom: Captured = {
  dialect: dialectOf('intercom'),
  outcomes: {
    'misc/intercom_ticket_state_updated.abridged.json': 'ignored: an update from a state to the same state',
  },
};
