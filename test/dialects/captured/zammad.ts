/** The default payload of Zammad's documentation (AGPL-3, so it is read where it lies and never copied). */
import { dialectOf } from '../vendors.ts';
import type { Captured } from './captured.ts';

export const zammad: Captured = {
  dialect: dialectOf('zammad'),
  outcomes: { 'zammad/webhook_default_0.json': 'TicketOpened TicketStatusChanged TicketAssigned' },
};
