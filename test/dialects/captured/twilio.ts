/** Status callbacks that Twilio, and a vendor compatible with it, sent: one form a line. */
import { signalOf } from '../signals.ts';
import { dialectOf } from '../vendors.ts';
import type { Captured } from './captured.ts';

export const twilio: Captured = {
  dialect: dialectOf('twilio'),
  signals: (text) =>
    text
      .trim()
      .split('\n')
      .map((line) => signalOf(line)),
  // A call of 49 s to a customer; one that was busy; one that rings.
  outcomes: { 'misc/twilio_status_callbacks.form': 'CallEnded; CallEnded; CallDialed' },
};
