/** A dialect as one source speaks it: its people under the names that the reports know, its subjects under its system. */
import { type EventDraft, kindOf, personStream, personStreamOf } from '../../../schemas/event.ts';
import { type SubjectId, subjectId } from '../../../schemas/brand.ts';
import type { Dialect, Translation } from '../../../schemas/signal.ts';
import type { Source } from '../../../schemas/source.ts';

type Naming = Pick<Source, 'system' | 'people' | 'bots'>;

/** `ticket-5158` of the system `helpdesk` is `ticket-helpdesk.5158`. */
const subjectIn = (system: string | undefined, subject: SubjectId): SubjectId => {
  if (system === undefined) return subject;
  const at = subject.indexOf('-') + 1;
  return subjectId(`${subject.slice(0, at)}${system}.${subject.slice(at)}`);
};

const personIn = ({ people }: Naming, person: string): string =>
  Object.hasOwn(people, person) ? (people[person] ?? person) : person;

type Data = EventDraft['data'];

/** Whoever and whatever is named in the data, under the names that hold here. */
const dataIn = (naming: Naming, data: Data): Data => {
  const { system, bots } = naming;
  const named: object = {
    ...data,
    ...('actor' in data && data.actor !== undefined ? { actor: personIn(naming, data.actor) } : {}),
    ...('actor' in data && data.actor !== undefined && bots.includes(data.actor) ? { actorKind: 'bot' } : {}),
    ...('by' in data && data.by !== undefined ? { by: personIn(naming, data.by) } : {}),
    ...('into' in data ? { into: subjectIn(system, data.into) } : {}),
    ...('evidence' in data && data.evidence
      ? { evidence: data.evidence.map((subject) => subjectIn(system, subject)) }
      : {}),
  };
  return named;
};

const subjectOf = (naming: Naming, { type, subject }: EventDraft, data: Data): SubjectId => {
  const stream = personStreamOf(type);
  if (stream !== undefined && 'actor' in data) return personStream(stream, String(data.actor));
  return kindOf(type) === 'source' ? subject : subjectIn(naming.system, subject);
};

const named = (naming: Naming, draft: EventDraft): EventDraft => {
  const data = dataIn(naming, draft.data);
  // Type and data come from one draft, so they still fit each other.
  return { ...draft, subject: subjectOf(naming, draft, data), data } as EventDraft;
};

/** Other names make other drafts, which nobody has checked. */
const translated = (naming: Naming, translation: Translation): Translation =>
  translation.status === 'events'
    ? { status: 'events', events: translation.events.map((draft) => named(naming, draft)) }
    : translation;

const changesNothing = ({ system, people, bots }: Naming): boolean =>
  system === undefined && bots.length === 0 && Object.keys(people).length === 0;

export const inSource = (dialect: Dialect, naming: Naming): Dialect =>
  changesNothing(naming)
    ? dialect
    : { ...dialect, translate: (signal) => translated(naming, dialect.translate(signal)) };
