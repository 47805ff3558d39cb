/** A captured message. */
import { dialectOf } from '../vendors.ts';
import type { Captured } from './captured.ts';

export const salesforce: Captured = {
  dialect: dialectOf('salesforce'),
  outcomes: { 'misc/salesforce_cdc_case_update.json': 'ignored: a change of Case that moves no clock' },
};
