/** A work order task of field service as a visit: travel, check-in, pauses and check-out, by the agent's own clicks. */
import type { EventType } from '../../../schemas/event.ts';
import type { Fact } from '../reading/facts.ts';
import { subjectOf } from '../reading/subject.ts';
import type { Options } from './options.ts';
import { Cell, type Shot, Stamp, type TaskRecord, countOf } from './record.ts';

const saidBy = (record: TaskRecord) => ({
  actor: record.assigned_to,
  attributes: { number: record.number, customer: record.company, location: record.location },
});

/** An option may name a field that holds no time: then there is none. */
const stampIn = (record: TaskRecord | undefined, field: string): number | undefined => {
  const read = Stamp.safeParse(record === undefined ? undefined : record[field]);
  return read.success ? read.data : undefined;
};

const cellIn = (record: TaskRecord | undefined): string | undefined => Cell.parse(record?.state);

type Steps = readonly (readonly [type: EventType, field: string])[];
const stepsOf = ({ travelStarted, checkedIn, checkedOut }: Options['visits']): Steps => [
  ['VisitTravelStarted', travelStarted],
  ['VisitCheckedIn', checkedIn],
  ['VisitCheckedOut', checkedOut],
];

/** The times that are new or were corrected; without the record before, all that there are. A later word counts. */
export const visitFacts = (shot: Shot, { visits }: Options): readonly Fact[] => {
  const { current, previous } = shot;
  const subject = subjectOf('visit', current.sys_id);
  const revision = countOf(current.sys_mod_count) ?? current.sys_updated_on;
  const cancelled = (record: TaskRecord | undefined): boolean =>
    visits.cancelled.includes(cellIn(record) ?? '');
  const facts = stepsOf(visits).flatMap(([type, field]): readonly Fact[] => {
    const at = stampIn(current, field);
    if (at === undefined || at === stampIn(previous, field)) return [];
    return [{ type, id: `${current.sys_id}/${field}`, subject, at, revision, said: saidBy(current) }];
  });
  const at = current.sys_updated_on;
  if (at === undefined || !cancelled(current) || cancelled(previous)) return facts;
  const id = `${current.sys_id}/cancelled`;
  return [...facts, { type: 'VisitCancelled', id, subject, at, revision, said: saidBy(current) }];
};

export type Action = 'pause' | 'resume';

/** ServiceNow keeps a pause in the activity stream only, so our script in its two buttons tells it. */
export const pauseFact = (action: Action, record: TaskRecord, at: number): Fact => ({
  type: action === 'pause' ? 'VisitPaused' : 'VisitResumed',
  id: `${record.sys_id}/${action}/${at}`,
  subject: subjectOf('visit', record.sys_id),
  at,
  said: saidBy(record),
});
