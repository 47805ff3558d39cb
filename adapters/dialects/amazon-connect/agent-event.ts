/** An agent event: what an agent had before and has now. The difference between the two is what happened to a contact. */
import { z } from 'zod';
import type { InstantMs } from '../../../schemas/brand.ts';
import type { EventType } from '../../../schemas/event.ts';
import type { Translation } from '../../../schemas/signal.ts';
import { type Fact, told } from '../reading/facts.ts';
import { isoInstant, maybe, text } from '../reading/fields.ts';
import { ignored, readValue } from '../reading/message.ts';
import { subjectOf } from '../reading/subject.ts';
import { directionOf, idIn, isCall } from './contact.ts';

const Contact = z.looseObject({
  ContactId: text,
  InitialContactId: maybe(text),
  Channel: text,
  InitiationMethod: maybe(text),
  State: text,
  StateStartTimestamp: maybe(isoInstant),
  Queue: maybe(z.looseObject({ ARN: maybe(text), Name: maybe(text) })),
});
type Contact = z.infer<typeof Contact>;

const Snapshot = maybe(z.looseObject({ Contacts: maybe(z.array(Contact)) }));

const AgentEvent = z.looseObject({
  AgentARN: text,
  EventId: text,
  EventTimestamp: isoInstant,
  EventType: text,
  CurrentAgentSnapshot: Snapshot,
  PreviousAgentSnapshot: Snapshot,
});
type AgentEvent = z.infer<typeof AgentEvent>;

/** Where a contact stands with the agent: the vendor's states, several of which are one thing to a clock. */
type Standing = 'absent' | 'ringing' | 'connected' | 'held' | 'ended' | 'missed';

const STANDINGS: ReadonlyMap<string, Standing> = new Map<string, Standing>([
  ['INCOMING', 'ringing'],
  ['PENDING', 'ringing'],
  ['CONNECTING', 'ringing'],
  ['CONNECTED', 'connected'],
  ['CONNECTED_ONHOLD', 'held'],
  ['ENDED', 'ended'],
  ['MISSED', 'missed'],
  ['REJECTED', 'missed'],
  ['ERROR', 'missed'],
]);

const standingOf = (contact: Contact | undefined): Standing | undefined =>
  contact === undefined ? 'absent' : STANDINGS.get(contact.State);

interface Step {
  readonly types: readonly EventType[];
  /**
   * The contact says itself when it came to stand so. Of hold it does not: "StateStartTimestamp is not changed" (API
   * reference, AgentContactReference), so that hold, its end, and what disappears are timed by the event.
   */
  readonly by: 'contact' | 'event';
}

const isTalk = (standing: Standing): boolean => standing === 'connected' || standing === 'held';

const stepOf = (before: Standing, after: Standing, { InitiationMethod }: Contact): Step | undefined => {
  if (before === after) return undefined;
  switch (after) {
    case 'ringing':
      return { types: [InitiationMethod === 'OUTBOUND' ? 'CallDialed' : 'CallOffered'], by: 'contact' };
    case 'connected':
      return before === 'held'
        ? { types: ['CallResumed'], by: 'event' }
        : { types: ['CallConnected'], by: 'contact' };
    case 'held':
      return { types: ['CallHeld'], by: 'event' };
    case 'ended':
      return { types: ['CallEnded'], by: 'contact' };
    case 'missed':
      return { types: ['CallMissed'], by: 'contact' };
    case 'absent':
      if (before === 'ended') return { types: ['CallWrappedUp'], by: 'event' };
      // It was cleared in the instant in which it ended.
      return isTalk(before) ? { types: ['CallEnded', 'CallWrappedUp'], by: 'event' } : undefined;
  }
};

/** Whose the fact is; an end is everybody's. */
const NAMELESS: ReadonlySet<EventType> = new Set(['CallEnded']);

const factOf = (type: EventType, at: InstantMs, contact: Contact, event: AgentEvent): Fact => ({
  type,
  id: event.EventId,
  subject: subjectOf('call', contact.ContactId),
  at,
  correlation: contact.InitialContactId,
  said: {
    actor: NAMELESS.has(type) ? undefined : idIn(event.AgentARN),
    reason: type === 'CallMissed' ? contact.State : undefined,
    attributes: {
      queue: contact.Queue?.Name ?? idIn(contact.Queue?.ARN),
      direction: directionOf(contact.InitiationMethod),
    },
  },
});

const changeOf = (
  before: Contact | undefined,
  after: Contact | undefined,
  event: AgentEvent,
): readonly Fact[] => {
  const contact = after ?? before;
  const [from, to] = [standingOf(before), standingOf(after)];
  if (contact === undefined || from === undefined || to === undefined) return [];
  const step = isCall(contact.Channel) ? stepOf(from, to, contact) : undefined;
  if (step === undefined) return [];
  const at = (step.by === 'contact' ? contact.StateStartTimestamp : undefined) ?? event.EventTimestamp;
  return step.types.map((type) => factOf(type, at, contact, event));
};

const contactsIn = (snapshot: z.infer<typeof Snapshot>): ReadonlyMap<string, Contact> =>
  new Map(snapshot?.Contacts?.map((contact) => [contact.ContactId, contact]));

export const translateAgentEvent = (value: unknown): Translation => {
  const read = readValue(value, AgentEvent);
  if (read.status === 'rejected') return read;
  const { message: event } = read;
  // A heartbeat repeats what stands; after a login or a logout nothing says what stood before.
  if (event.EventType !== 'STATE_CHANGE')
    return ignored(`the agent event ${event.EventType.slice(0, 40)}: it moves no clock`);
  const before = contactsIn(event.PreviousAgentSnapshot);
  const after = contactsIn(event.CurrentAgentSnapshot);
  const facts = [...new Set([...before.keys(), ...after.keys()])].flatMap((id) =>
    changeOf(before.get(id), after.get(id), event),
  );
  return facts.length === 0 ? ignored('an agent event in which no call changes') : told(facts);
};
