/** Messages of ServiceNow, written after its documentation of records, sys_audit and work order tasks, with invented ids. */
import type { Signal } from '../../schemas/signal.ts';
import { signalOf } from './signals.ts';

export const INCIDENT = {
  sys_id: 'inc1',
  sys_class_name: 'incident',
  sys_mod_count: '3',
  sys_created_on: '2026-03-02 09:00:00',
  sys_updated_on: '2026-03-02 12:00:00',
  number: 'INC0010023',
  state: '2',
  hold_reason: '',
  priority: '3',
  location: 'X',
  contact_type: 'phone',
  caller_id: 'u900',
  assigned_to: 'u42',
  assignment_group: 'g77',
  opened_at: '2026-03-02 08:58:00',
  resolved_at: '',
  closed_at: '',
};

/** What our business rule sends: the record beside what it was before, which differs as the test says. */
export const pushed = (before: object, after: object = {}, rest: object = {}): Signal =>
  signalOf(
    JSON.stringify({
      table: 'incident',
      operation: 'update',
      current: { ...INCIDENT, ...after },
      previous: { ...INCIDENT, ...before },
      ...rest,
    }),
  );

export const inserted = (record: object = {}): Signal =>
  signalOf(
    JSON.stringify({
      table: 'incident',
      operation: 'insert',
      current: { ...INCIDENT, sys_mod_count: '0', sys_updated_on: '2026-03-02 09:00:00', ...record },
    }),
  );

export const fetched = (record: object = {}): Signal => signalOf(JSON.stringify({ ...INCIDENT, ...record }));

export const audited = (fieldname: string, oldvalue: string, newvalue: string, row: object = {}): Signal =>
  signalOf(
    JSON.stringify({
      sys_id: 'aud1',
      tablename: 'incident',
      documentkey: 'inc1',
      fieldname,
      oldvalue,
      newvalue,
      user: 'ana.pereira',
      record_checkpoint: '4',
      sys_created_on: '2026-03-02 12:00:00',
      ...row,
    }),
  );

export const WORK_ORDER_TASK = {
  sys_id: 'wot1',
  sys_class_name: 'wm_task',
  sys_mod_count: '5',
  sys_updated_on: '2026-03-02 10:00:05',
  number: 'WOT0010001',
  state: '18',
  assigned_to: 'u42',
  company: 'c1',
  location: 'X',
  actual_travel_start: '2026-03-02 08:10:00',
  work_start: '2026-03-02 09:00:00',
  work_end: '',
};

export const visit = (after: object = {}, before?: object): Signal =>
  signalOf(
    JSON.stringify({
      table: 'wm_task',
      operation: 'update',
      current: { ...WORK_ORDER_TASK, ...after },
      ...(before === undefined ? {} : { previous: { ...WORK_ORDER_TASK, ...before } }),
    }),
  );

/** What our script in the buttons Pause Work and Resume Work sends. */
export const paused = (action: string, at: string, rest: object = {}): Signal =>
  signalOf(JSON.stringify({ table: 'wm_task', action, at, current: WORK_ORDER_TASK, ...rest }));

export const servicenowSamples: readonly Signal[] = [
  inserted(),
  pushed({ state: '1' }),
  fetched(),
  audited('state', '2', '3'),
  visit(),
  paused('pause', '2026-03-02 09:20:00'),
  audited('short_description', 'a', 'b'),
];

const STEPS: readonly (readonly [afterS: number, before: object, after: object])[] = [
  [60, { assigned_to: '' }, { assigned_to: 'ana' }],
  [600, { state: '2' }, { state: '3', hold_reason: '1' }],
  [1_200, { state: '3', hold_reason: '1' }, { state: '2' }],
  [1_800, { state: '2' }, { state: '6' }],
  [2_400, { state: '6' }, { state: '2' }],
  [3_000, { state: '2' }, { state: '6' }],
  [3_600, { state: '6' }, { state: '7' }],
];

const stamp = (instantMs: number): string => new Date(instantMs).toISOString().slice(0, 19).replace('T', ' ');

/** Opened, assigned to ana, pending, open again, resolved, reopened, resolved and closed, by our business rule. */
export const scriptedTicket = (startMs: number): readonly Signal[] => [
  inserted({ opened_at: stamp(startMs), sys_updated_on: stamp(startMs), assigned_to: '' }),
  ...STEPS.map(([afterS, before, after], index) =>
    pushed(
      { assigned_to: 'ana', ...before },
      {
        assigned_to: 'ana',
        ...after,
        sys_mod_count: String(index + 1),
        sys_updated_on: stamp(startMs + afterS * 1_000),
      },
    ),
  ),
];
