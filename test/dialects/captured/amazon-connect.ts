/** Contact events of awsdocs/amazon-connect-admin-guide (CC-BY-SA), and a contact record of an AWS sample (MIT-0). */
import { dialectOf } from '../vendors.ts';
import type { Captured } from './captured.ts';

export const amazonConnect: Captured = {
  dialect: dialectOf('amazon-connect'),
  outcomes: {
    'misc/amazon_connect_contact_event_connected.json': 'CallConnected',
    'misc/amazon_connect_contact_event_disconnected.json': 'CallEnded',
    'misc/amazon_connect_ctr_2022.json': 'CallQueued CallConnected CallEnded CallWrappedUp',
  },
};
