/**
 * The dialect `servicenow`: tasks as tickets, and work order tasks of field service as visits.
 *
 * | signal                                  | fact                                              | time           |
 * | --------------------------------------- | ------------------------------------------------- | -------------- |
 * | a record, pushed with what it was before (our business rule):                                                 |
 * | - inserted                              | TicketOpened, TicketAssigned                      | opened_at      |
 * | - state changed                         | TicketStatusChanged and the step that it is       | sys_updated_on |
 * | - priority, location, group, caller     | TicketStatusChanged with the status as it is      | sys_updated_on |
 * | - assigned_to changed                   | TicketAssigned, `unassigned` where to nobody      | sys_updated_on |
 * | - deleted                               | TicketClosed                                      | at             |
 * | a record, fetched (Table API)           | TicketOpened                                      | opened_at      |
 * |                                         | TicketStatusChanged without a step, TicketAssigned | sys_updated_on |
 * |                                         | TicketResolved, TicketClosed, where it is at its  | resolved_at,   |
 * |                                         | end                                               | closed_at      |
 * | a row of sys_audit: state, assigned_to  | TicketStatusChanged with its step, TicketAssigned | sys_created_on |
 * | a record of wm_task                     | VisitTravelStarted, VisitCheckedIn,               | the field's    |
 * |                                         | VisitCheckedOut; VisitCancelled                   | own            |
 * | our script in Pause Work, Resume Work   | VisitPaused, VisitResumed                         | at             |
 *
 * Sources: ServiceNow/ServiceNowDocs, "Incident management state model", "sys_audit", "Work order task states",
 * "Execute and track external work order tasks"; columns work_start, work_end and actual_travel_start of wm_task. The
 * numbers of states and hold reasons are those of a new instance, and options.
 *
 * Ids: a record is known by sys_id with sys_mod_count, a row of the audit by its sys_id, a time of a visit by its
 * field, and its correction is a revision. Order within a second: sys_mod_count, or the row's record_checkpoint.
 * Times are UTC, as `getValue` and the Table API give them; with `sysparm_display_value=true` they would not be.
 * Not told: by the audit, that a task was opened; by a fetched record, what happened between two fetches; a time of a
 * visit that was emptied again.
 */
import { z } from 'zod';
import type { Signal, Translation } from '../../../schemas/signal.ts';
import { told } from '../reading/facts.ts';
import { maybe, text } from '../reading/fields.ts';
import { splitPage } from '../reading/json-members.ts';
import { ignored, readJson, readValue, rejected } from '../reading/message.ts';
import { vendor } from '../reading/vendor.ts';
import { fromAudit } from './audit.ts';
import { Options } from './options.ts';
import { type Shot, Stamp, TaskRecord } from './record.ts';
import { ticketFacts } from './ticket.ts';
import { pauseFact, visitFacts } from './visit.ts';

const Body = z.looseObject({});

const Pushed = z.looseObject({
  table: text,
  operation: z.enum(['insert', 'update', 'delete']).optional(),
  action: z.enum(['pause', 'resume']).optional(),
  at: Stamp,
  current: TaskRecord,
  previous: maybe(TaskRecord),
});
type Pushed = z.infer<typeof Pushed>;

const fromRecord = (table: string | undefined, shot: Shot, signal: Signal, options: Options): Translation => {
  if (table === options.visits.table) {
    const facts = visitFacts(shot, options);
    return facts.length === 0 ? ignored('a visit of which no time is new') : told(facts);
  }
  if (table === undefined || !options.tables.includes(table))
    return ignored('a record of a table that holds no tickets');
  const facts = ticketFacts(shot, options, signal.receivedAt);
  if (facts === undefined) return rejected('missing-field', 'sys_updated_on is absent or empty');
  return facts.length === 0 ? ignored('a change that moves no clock') : told(facts);
};

const fromAction = ({ table, action, at, current }: Pushed, { visits }: Options): Translation => {
  if (action === undefined || table !== visits.table) return ignored('a pause of a record that is no visit');
  return at === undefined
    ? rejected('missing-field', 'at is absent or empty')
    : told([pauseFact(action, current, at)]);
};

const fromPushed = (body: object, signal: Signal, options: Options): Translation => {
  const read = readValue(body, Pushed);
  if (read.status === 'rejected') return read;
  const { table, operation = 'unknown', action, at, current, previous } = read.message;
  if (action !== undefined) return fromAction(read.message, options);
  return fromRecord(table, { current, previous, operation, at }, signal, options);
};

const fromFetched = (body: object, signal: Signal, options: Options): Translation => {
  const read = readValue(body, TaskRecord);
  if (read.status === 'rejected') return read;
  return fromRecord(
    read.message.sys_class_name,
    { current: read.message, operation: 'unknown' },
    signal,
    options,
  );
};

type Reader = (body: object, signal: Signal, options: Options) => Translation;
const readerOf = (body: object): Reader | undefined => {
  if ('fieldname' in body && 'documentkey' in body) return fromAudit;
  if ('current' in body) return fromPushed;
  return 'sys_class_name' in body ? fromFetched : undefined;
};

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const translate = (signal: Signal, options: Options): Translation => {
  const read = readJson(signal.raw, Body);
  if (read.status === 'rejected') return read;
  const { result } = read.message;
  if (Array.isArray(result) && result.length === 0) return ignored('a page with nothing on it');
  const body = isObject(result) ? result : read.message;
  const reader = readerOf(body);
  return reader === undefined
    ? rejected('unknown-type', 'neither a row of sys_audit, nor a record with sys_class_name, nor current')
    : reader(body, signal, options);
};

export const servicenow = vendor({
  name: 'servicenow',
  options: Options,
  numbers: [],
  make: (options) => ({
    name: 'servicenow',
    version: 1,
    translate: (signal) => translate(signal, options),
    split: splitPage('result'),
  }),
});
