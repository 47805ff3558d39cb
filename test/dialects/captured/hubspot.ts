/** A captured message. */
import { dialectOf } from '../vendors.ts';
import type { Captured } from './captured.ts';

export const hubspot: Captured = {
  dialect: dialectOf('hubspot'),
  outcomes: {
    'misc/hubspot_batch.json':
      'ignored: an object of the type 2-143967026; ignored: an object of the type 0-1',
  },
};
