/** A word: what a person says about time, as a fact for the log. Nothing is ever edited; a word is added. */
import { isDeepStrictEqual } from 'node:util';
import { type ActorId, type InstantMs, type SubjectId, subjectId } from '../../schemas/brand.ts';
import type { EventDraft, TickmarkEvent } from '../../schemas/event.ts';
import { signalHashOf } from '../event-id.ts';

export type WordType =
  | 'TimerStarted'
  | 'TimerStopped'
  | 'TimeEntered'
  | 'TimeCorrected'
  | 'TimeRetracted'
  | 'TimeAllocated'
  | 'TimeApproved'
  | 'NoteAttached'
  | 'SubjectMerged'
  | 'ExemptionRequested'
  | 'ExemptionGranted'
  | 'ExemptionRefused'
  | 'ExemptionWithdrawn';

export type Word = {
  [Type in WordType]: Pick<
    Extract<EventDraft, { readonly type: Type }>,
    'type' | 'subject' | 'occurredAt' | 'data'
  >;
}[WordType];

export type WordOf<Type extends WordType> = Extract<Word, { readonly type: Type }>;
export type DataOf<Type extends WordType> = WordOf<Type>['data'];

/** What the stream of the word's subject holds, in the order of its versions. */
export type History = readonly TickmarkEvent[];

/** What becomes of a word beside what has been said before. `known`: it stands there already, and is not said twice. */
export type Hearing =
  | { readonly status: 'word'; readonly word: Word }
  | { readonly status: 'known'; readonly event: TickmarkEvent }
  | { readonly status: 'refused'; readonly because: string };

/** A word that waits for its history. Pure: asked again after a lost race it may answer otherwise. */
export interface Sentence {
  readonly subject: SubjectId;
  readonly speak: (history: History) => Hearing;
}

/** When the person speaks, and how the people here write an instant. */
export interface Here {
  readonly now: InstantMs;
  readonly local: (at: InstantMs) => string;
}

export const spoken = (word: Word): Hearing => ({ status: 'word', word });
export const known = (event: TickmarkEvent): Hearing => ({ status: 'known', event });
export const refused = (because: string): Hearing => ({ status: 'refused', because });

/** A clock on the wall may run this far ahead of the machine's. */
const AHEAD_MS = 60_000;

/** Why an instant cannot be told of yet, or undefined. */
export const futureProblem = (what: string, at: InstantMs, { now, local }: Here): string | undefined =>
  at <= now + AHEAD_MS
    ? undefined
    : `${what} ${local(at)} lies in the future (it is ${local(now)}): say it when it has happened`;

/** A name that the same facts always get. Names of people do not stand in it: it outlives them. */
export const subjectNamed = (kind: string, ...facts: readonly (string | number)[]): SubjectId =>
  subjectId(`${kind}-${signalHashOf(JSON.stringify([kind, ...facts])).slice(0, 12)}`);

export const eventsOf = <Type extends WordType>(
  history: History,
  type: Type,
): readonly Extract<TickmarkEvent, { readonly type: Type }>[] =>
  history.filter((event): event is Extract<TickmarkEvent, { readonly type: Type }> => event.type === type);

/** The same said before, whoever's turn it has been since. */
export const saidBefore = (history: History, { type, data }: Pick<Word, 'type' | 'data'>) =>
  eventsOf(history, type).find((event) => isDeepStrictEqual(event.data, data));

export const isRetracted = (history: History): boolean => eventsOf(history, 'TimeRetracted').length > 0;

/** `anna` does not approve what `ANNA` did. */
export const isSamePerson = (a: ActorId, b: ActorId): boolean => a.toLowerCase() === b.toLowerCase();

export const nothingAbout = (subject: SubjectId): Hearing =>
  refused(`the log holds nothing about ${subject}; list what it holds: tickmark records`);
