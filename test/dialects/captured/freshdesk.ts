/** A captured message. */
import { dialectOf } from '../vendors.ts';
import type { Captured } from './captured.ts';

export const freshdesk: Captured = {
  dialect: dialectOf('freshdesk'),
  outcomes: { 'misc/freshdesk_status_changed.json': 'TicketStatusChanged TicketPended' },
};
