/** The draft of an event: checked by hand against what its schema asks, because imports make millions of them. */
import type { DurationMs, InstantMs } from '../../../schemas/brand.ts';
import type { ActorKind } from '../../../schemas/event-types.ts';
import { type Attributes, EVENT_TYPES, type EventDraft, type EventType } from '../../../schemas/event.ts';
import { personStreamFault } from '../reading/person-stream.ts';
import { quote } from '../reading/quote.ts';

export interface DraftData {
  readonly actor?: string;
  readonly status?: string;
  readonly reason?: string;
  readonly team?: string;
  readonly zone?: string;
  readonly actorKind?: ActorKind;
  readonly durationMs?: DurationMs;
  readonly timedBy?: 'receipt';
  readonly attributes?: Attributes;
}

/** Mappings write facts about subjects and people; rule sets, seals and what people say of time have commands of their own. */
const SAID = [
  'RuleSetApplied',
  'TimesheetSealed',
  'WeekSealed',
  'TimeCorrected',
  'TimeRetracted',
  'TimeAllocated',
  'TimeApproved',
  'NoteAttached',
  'SubjectMerged',
  'ExemptionRequested',
  'ExemptionGranted',
  'ExemptionRefused',
  'ExemptionWithdrawn',
] as const satisfies readonly EventType[];
export type MappableType = Exclude<EventType, (typeof SAID)[number]>;
export const isMappable = (type: string): type is MappableType =>
  Object.hasOwn(EVENT_TYPES, type) && !SAID.some((said) => said === type);

export interface Candidate {
  readonly type: MappableType;
  readonly vendorId: string;
  readonly subject: string;
  readonly occurredAt: InstantMs;
  readonly sequence?: number;
  readonly revision?: number;
  readonly data: DraftData;
}

const LIMITS = { actor: 200, reason: 200, team: 100, status: 100, zone: 100 } as const;
const FIELDS = ['actor', 'reason', 'team', 'status', 'zone'] as const;
const LONGEST_SUBJECT = 400;
const LONGEST_ATTRIBUTE = 400;

const tooLong = (what: string, value: string, limit: number): string =>
  `${what} has ${value.length} characters, more than ${limit}: ${quote(value)}`;

const attributeFault = (attributes: Attributes): string | undefined => {
  for (const name of Object.keys(attributes)) {
    const value = attributes[name] ?? '';
    if (value.length > LONGEST_ATTRIBUTE) return tooLong(`the attribute ${name}`, value, LONGEST_ATTRIBUTE);
  }
  return undefined;
};

/** Why the event would not fit its schema; undefined when it does. Which fields a type takes is checked with the mapping. */
export const draftFault = (candidate: Candidate): string | undefined => {
  const { type, subject, data } = candidate;
  const misplaced = data.actor === undefined ? undefined : personStreamFault(type, subject, data.actor);
  if (misplaced !== undefined) return misplaced;
  if (subject.length > LONGEST_SUBJECT)
    return `${tooLong('the subject', subject, LONGEST_SUBJECT)}; the mapping can say hash: true`;
  for (const field of FIELDS) {
    const value = data[field];
    if (value !== undefined && value.length > LIMITS[field])
      return tooLong(`the ${field} of ${candidate.type}`, value, LIMITS[field]);
  }
  return data.attributes ? attributeFault(data.attributes) : undefined;
};

/** The dialect contract parses what comes out of here with the schema itself, so that the two cannot drift apart. */
export const isDraft = (candidate: Candidate): candidate is Candidate & EventDraft =>
  draftFault(candidate) === undefined;
