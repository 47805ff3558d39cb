/** Lines of real installations and of Asterisk's own test suite. */
import { signalOf } from '../signals.ts';
import { dialectOf } from '../vendors.ts';
import type { Captured } from './captured.ts';

const lines = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((raw) => signalOf(raw));
const LOCAL = 'ignored: a Local channel, which leads into the dialplan';
const elsewhere = (event: string): string => `ignored: CEL ${event}: of no person, or of no clock`;
const PERSONLESS = 'ignored: a leg of no person';

export const asterisk: Captured = {
  dialect: dialectOf('asterisk'),
  signals: lines,
  outcomes: {
    'misc/asterisk_queue_log.sample': [
      'CallMissed',
      'CallMissed',
      'CallMissed',
      'CallConnected',
      'CallEnded',
      'CallMissed',
      'CallConnected',
      'CallEnded',
      'ignored: queue_log "ADDMEMBER": it moves no clock',
      'CallQueued',
      'CallAbandoned',
      'SourceCameBack',
      // Their clock runs backwards against the calls' own: they are told as they were written.
      'CallQueued',
      'CallQueued',
      'CallQueued',
    ].join('; '),
    // One channel that is no phone, which calls a Local channel: a call that nobody of ours was on.
    'asterisk/CELMaster1.csv': [
      'CallQueued',
      LOCAL,
      LOCAL,
      LOCAL,
      LOCAL,
      elsewhere('ANSWER'),
      elsewhere('BRIDGE_START'),
      LOCAL,
      LOCAL,
      elsewhere('BRIDGE_END'),
      LOCAL,
      LOCAL,
      LOCAL,
      elsewhere('HANGUP'),
      elsewhere('CHAN_END'),
      'CallEnded',
    ].join('; '),
    // The same, cut short: two lines are missing at its end.
    'asterisk/CELMaster2.csv': [
      'CallQueued',
      LOCAL,
      LOCAL,
      LOCAL,
      elsewhere('ANSWER'),
      elsewhere('BRIDGE_START'),
      LOCAL,
      LOCAL,
      elsewhere('BRIDGE_END'),
      LOCAL,
      LOCAL,
      LOCAL,
      elsewhere('HANGUP'),
      'CallEnded',
    ].join('; '),
    'asterisk/good.csv': Array.from({ length: 5 }, () => PERSONLESS).join('; '),
  },
};
