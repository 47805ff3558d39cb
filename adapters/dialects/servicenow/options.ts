/** What the dialect `servicenow` can be told: an instance names its states, and a company its own tables and fields. */
import { z } from 'zod';
import { Meanings } from '../reading/ticket-status.ts';

const Words = z.record(z.string().min(1), z.string().min(1));

const Visits = z
  .strictObject({
    table: z.string().min(1).default('wm_task'),
    travelStarted: z.string().min(1).default('actual_travel_start'),
    checkedIn: z
      .string()
      .min(1)
      .default('work_start')
      .describe('where agents check in on arrival: the column of Actual onsite arrival'),
    checkedOut: z.string().min(1).default('work_end'),
    cancelled: z.array(z.string().min(1)).default(['7']).describe('states in which a visit will not be'),
  })
  .prefault({});

export const Options = z.strictObject({
  tables: z.array(z.string().min(1)).default(['incident']).describe('the tables that hold tickets'),
  states: Words.default({
    '1': 'New',
    '2': 'In Progress',
    '3': 'On Hold',
    '6': 'Resolved',
    '7': 'Closed',
    '8': 'Canceled',
  }).describe('the words for the numbers of the field state'),
  holdReasons: Words.default({
    '1': 'Awaiting Caller',
    '2': 'Awaiting Evidence',
    '3': 'Awaiting Problem',
    '4': 'Awaiting Vendor',
    '5': 'Awaiting Change',
  }).describe('the words for the numbers of the field hold_reason'),
  statuses: Meanings.default({
    new: 'new',
    active: 'open',
    'in progress': 'open',
    'on hold': 'pending',
    'awaiting user info': 'pending',
    'awaiting evidence': 'pending',
    'awaiting problem': 'pending',
    'awaiting vendor': 'pending',
    'awaiting change': 'pending',
    resolved: 'resolved',
    closed: 'closed',
    canceled: 'closed',
    cancelled: 'closed',
  }).describe('what the words of the states mean'),
  visits: Visits.describe('the tasks of field service'),
});
export type Options = z.infer<typeof Options>;

/** A number without a word is told as it is: it may be a word already. */
export const wordOf = (words: Readonly<Record<string, string>>, value: string): string =>
  Object.hasOwn(words, value) ? (words[value] ?? value) : value;
