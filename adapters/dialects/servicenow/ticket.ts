/** A task as a ticket: what one record, with or without what it was before, tells of its life. */
import type { Fact } from '../reading/facts.ts';
import { subjectOf } from '../reading/subject.ts';
import { type Told, assignedFact, openedFact, statusFacts } from '../reading/ticket-facts.ts';
import { type Meaning, meaningOf } from '../reading/ticket-status.ts';
import { type Options, wordOf } from './options.ts';
import { type Shot, type TaskRecord, countOf } from './record.ts';

/** `incident_state` is the older name of the same field, and holds the same. */
const stateOf = ({ state, incident_state }: TaskRecord): string | undefined => state ?? incident_state;

export const meaningOfState = (state: string | undefined, options: Options): Meaning | undefined =>
  state === undefined ? undefined : meaningOf(options.statuses, wordOf(options.states, state));

const attributesOf = (record: TaskRecord) => ({
  priority: record.priority,
  location: record.location,
  group: record.assignment_group,
  customer: record.caller_id,
  number: record.number,
});

const WATCHED = ['priority', 'location', 'assignment_group', 'caller_id'] as const;

const isOtherwise = ({ current, previous }: Shot): boolean =>
  WATCHED.some((field) => current[field] !== previous?.[field]);

const holdReason = ({ hold_reason }: TaskRecord, { holdReasons }: Options): string | undefined =>
  hold_reason === undefined ? undefined : wordOf(holdReasons, hold_reason);

/** The status as it is. A step only where the message says what it was before. */
const statusOf = (shot: Shot, where: Told, options: Options): readonly Fact[] => {
  const { current, previous } = shot;
  const [state, stateBefore] = [stateOf(current), previous === undefined ? undefined : stateOf(previous)];
  if (state === undefined) return [];
  const isStep = previous !== undefined && state !== stateBefore;
  return statusFacts(where, {
    status: wordOf(options.states, state),
    before: meaningOfState(stateBefore, options),
    after: meaningOfState(state, options),
    step: isStep ? undefined : null,
    reason: holdReason(current, options),
    attributes: attributesOf(current),
  });
};

const openedAt = ({ opened_at, sys_created_on }: TaskRecord): number | undefined =>
  opened_at ?? sys_created_on;

/**
 * What is known of the opening from any later record, the same in each of them; the record of the insert knows more,
 * and is the higher word.
 */
const openedBefore = ({ current }: Shot, { subject }: Told): readonly Fact[] => {
  const at = openedAt(current);
  if (at === undefined) return [];
  return [openedFact({ id: `${current.sys_id}/opened/${at}`, subject, at }, { number: current.number })];
};

const inserted = ({ current }: Shot, { subject, at }: Told, options: Options): readonly Fact[] => {
  const state = stateOf(current);
  const opened = openedAt(current) ?? at;
  const where = { id: `${current.sys_id}/opened/${opened}`, subject, at: opened, revision: 1 };
  const fact = openedFact(where, {
    status: state === undefined ? undefined : wordOf(options.states, state),
    meaning: meaningOfState(state, options),
    ...attributesOf(current),
    channel: current.contact_type,
  });
  return current.assigned_to === undefined ? [fact] : [fact, assignedFact(where, current.assigned_to)];
};

const changed = (shot: Shot, where: Told, options: Options): readonly Fact[] => {
  const { current, previous } = shot;
  const isState = previous !== undefined && stateOf(previous) !== stateOf(current);
  return [
    ...(isState || isOtherwise(shot) ? statusOf(shot, where, options) : []),
    ...(current.assigned_to === previous?.assigned_to ? [] : [assignedFact(where, current.assigned_to)]),
  ];
};

/** ServiceNow's own stamps of the end, where the task is at that end. */
const endOf = ({ current }: Shot, { subject }: Told, options: Options): readonly Fact[] => {
  const meaning = meaningOfState(stateOf(current), options);
  const { sys_id, resolved_at, closed_at } = current;
  const isDone = meaning === 'resolved' || meaning === 'closed';
  return [
    ...(isDone && resolved_at !== undefined
      ? [
          {
            type: 'TicketResolved' as const,
            id: `${sys_id}/resolved/${resolved_at}`,
            subject,
            at: resolved_at,
          },
        ]
      : []),
    ...(meaning === 'closed' && closed_at !== undefined
      ? [{ type: 'TicketClosed' as const, id: `${sys_id}/closed/${closed_at}`, subject, at: closed_at }]
      : []),
  ];
};

/** A record that was fetched: it says how the task is, and nothing of what was changed. */
const fetched = (shot: Shot, where: Told, options: Options): readonly Fact[] => [
  ...openedBefore(shot, where),
  ...statusOf(shot, where, options),
  assignedFact(where, shot.current.assigned_to),
  ...endOf(shot, where, options),
];

const deleted = ({ current, at }: Shot, { subject }: Told, receivedAt: number): readonly Fact[] => [
  {
    type: 'TicketClosed',
    id: `${current.sys_id}/deleted`,
    subject,
    at: at ?? receivedAt,
    said: { reason: 'deleted', timedBy: at === undefined ? 'receipt' : undefined },
  },
];

/** Undefined where the record does not say when it was changed. */
export const ticketFacts = (
  shot: Shot,
  options: Options,
  receivedAt: number,
): readonly Fact[] | undefined => {
  const { current, previous, operation } = shot;
  const at = current.sys_updated_on ?? current.sys_created_on;
  if (at === undefined) return undefined;
  const count = countOf(current.sys_mod_count);
  const where = {
    id: `${current.sys_id}/${count ?? at}`,
    subject: subjectOf('ticket', current.sys_id),
    at,
    // Stamps have whole seconds: of two updates of one second the count says which was first.
    sequence: count,
  };
  if (operation === 'delete') return deleted(shot, where, receivedAt);
  if (operation === 'insert' || count === 0) return inserted(shot, where, options);
  return previous === undefined ? fetched(shot, where, options) : changed(shot, where, options);
};
