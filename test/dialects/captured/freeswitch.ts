/** A document of a real switch, and the callcenter event of a test suite, whose times are seconds of the year 1970. */
import { dialectOf } from '../vendors.ts';
import type { Captured } from './captured.ts';

export const freeswitch: Captured = {
  dialect: dialectOf('freeswitch'),
  outcomes: {
    'misc/freeswitch_json_cdr.abridged.json': 'CallDialed CallConnected CallHeld CallResumed CallEnded',
    'misc/freeswitch_callcenter_info.txt': 'rejected: bad-time',
  },
};
