/** The ledger of the week: what the systems will say, and what the generator meant by it. */
import type { ActorId, DurationMs, InstantMs, SubjectId } from '../../schemas/brand.ts';
import { elapsed, NO_TIME, plus, subjectId } from '../../schemas/brand.ts';
import { type Attributes, type EventType, kindOf, type SubjectKind } from '../../schemas/event.ts';

/** Kinds of time that the generator knows of without any rule. */
export const ACTIVITIES = [
  'talk',
  'hold',
  'wrap-up',
  'ticket',
  'travel',
  'visit',
  'meeting',
  'email',
  'task',
  'timer',
] as const;
export type Activity = (typeof ACTIVITIES)[number];

export type Data = Readonly<Record<string, string | Attributes>>;

/** One message of one system, before it is put on the wire. */
export interface Utterance {
  readonly id: string;
  readonly source: string;
  readonly type: EventType;
  readonly subject: SubjectId;
  readonly atMs: InstantMs;
  readonly data: Data;
}

/** Time that a person really spent; `[fromMs, toMs)`. */
export interface Stint {
  readonly actor: ActorId;
  readonly activity: Activity;
  readonly subject: SubjectId;
  readonly fromMs: InstantMs;
  readonly toMs: InstantMs;
}

export interface Ledger {
  /** A new subject of this kind, numbered from the kind's first number. */
  open(kind: SubjectKind): SubjectId;
  say(type: EventType, subject: SubjectId, atMs: InstantMs, data: Data): void;
  spend(stint: Stint): void;
  readonly utterances: readonly Utterance[];
  readonly stints: readonly Stint[];
}

const SOURCES: Readonly<Record<SubjectKind, string>> = {
  call: 'telephony',
  ticket: 'helpdesk',
  email: 'helpdesk',
  task: 'helpdesk',
  visit: 'field',
  meeting: 'calendar',
  timer: 'calendar',
  chat: 'helpdesk',
  entry: 'calendar',
  any: 'calendar',
  presence: 'calendar',
  source: 'calendar',
  person: 'calendar',
  ruleset: 'calendar',
  seal: 'calendar',
};

const FIRST_NUMBER = 4_700;

export const ledger = (): Ledger => {
  const utterances: Utterance[] = [];
  const stints: Stint[] = [];
  const opened = new Map<SubjectKind, number>();
  const said = new Map<SubjectId, number>();
  return {
    utterances,
    stints,
    open: (kind) => {
      const count = (opened.get(kind) ?? 0) + 1;
      opened.set(kind, count);
      return subjectId(`${kind}-${FIRST_NUMBER + count}`);
    },
    say: (type, subject, atMs, data) => {
      const count = (said.get(subject) ?? 0) + 1;
      said.set(subject, count);
      utterances.push({
        id: `${subject}:${count}`,
        source: SOURCES[kindOf(type)],
        type,
        subject,
        atMs,
        data,
      });
    },
    spend: (stint) => {
      stints.push(stint);
    },
  };
};

const nothingYet = (): Record<Activity, DurationMs> => ({
  talk: NO_TIME,
  hold: NO_TIME,
  'wrap-up': NO_TIME,
  ticket: NO_TIME,
  travel: NO_TIME,
  visit: NO_TIME,
  meeting: NO_TIME,
  email: NO_TIME,
  task: NO_TIME,
  timer: NO_TIME,
});

export type Sums = Readonly<Record<Activity, DurationMs>>;

/** Per person and activity; every activity is there, with 0 where nothing was done. */
export const sumsOf = (stints: readonly Stint[], actors: readonly ActorId[]): ReadonlyMap<ActorId, Sums> => {
  const sums = new Map(actors.map((actor) => [actor, nothingYet()]));
  for (const { actor, activity, fromMs, toMs } of stints) {
    const own = sums.get(actor);
    if (own === undefined) throw new Error(`${actor} is not one of the people`);
    own[activity] = plus(own[activity], elapsed(fromMs, toMs));
  }
  return sums;
};
