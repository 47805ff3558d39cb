/** Two events in the shape of Zendesk's documentation, a metric event, and a body that somebody wrote for a trigger. */
import { dialectOf } from '../vendors.ts';
import type { Captured } from './captured.ts';

export const zendesk: Captured = {
  dialect: dialectOf('zendesk'),
  outcomes: {
    'misc/zendesk_agent_assignment_changed.json': 'TicketAssigned',
    'misc/zendesk_metric_event.json': "ignored: a ticket metric event: Zendesk's own measure of the same",
    'misc/zendesk_status_changed.json': 'TicketStatusChanged TicketResolved',
    'misc/zendesk_trigger_custom_body.json': 'rejected: unknown-type',
  },
};
