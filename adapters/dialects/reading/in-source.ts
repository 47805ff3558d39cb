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

const actorIn = ({ people, bots }: Naming, actor: unknown): object => {
  if (typeof actor !== 'string') return {};
  return {
    actor: Object.hasOwn(people, actor) ? people[actor] : actor,
    ...(bots.includes(actor) ? { actorKind: 'bot' } : {}),
  };
};

const named = (naming: Naming, draft: EventDraft): EventDraft => {
  const data = { ...draft.data, ...actorIn(naming, 'actor' in draft.data ? draft.data.actor : undefined) };
  if ('into' in data) Object.assign(data, { into: subjectIn(naming.system, data.into) });
  const stream = personStreamOf(draft.type);
  const isOwn = stream === undefined && kindOf(draft.type) !== 'source';
  const subject =
    stream !== undefined && 'actor' in data
      ? personStream(stream, String(data.actor))
      : isOwn
        ? subjectIn(naming.system, draft.subject)
        : draft.subject;
  // Only names were exchanged for names: type and data still fit each other.
  return { ...draft, subject, data } as EventDraft;
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
