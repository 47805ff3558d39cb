/** The words about a timer: started and stopped by hand. */
import { latestWords } from '../../engine/index.ts';
import type { ActorId, InstantMs, SubjectId } from '../../schemas/brand.ts';
import type { TickmarkEvent } from '../../schemas/event.ts';
import {
  type DataOf,
  type Here,
  type Hearing,
  type History,
  type Sentence,
  futureProblem,
  isRetracted,
  nothingAbout,
  refused,
  spoken,
  subjectNamed,
} from './word.ts';

/** What its own facts say of a timer; a rule may end it sooner. */
export type TimerState =
  | { readonly status: 'unknown' }
  | { readonly status: 'running'; readonly who: ActorId; readonly since: InstantMs; readonly about?: string }
  | {
      readonly status: 'stopped';
      readonly who: ActorId;
      readonly since: InstantMs;
      readonly until: InstantMs;
    }
  | { readonly status: 'retracted' };

const byTime = (a: TickmarkEvent, b: TickmarkEvent): number =>
  a.occurredAt - b.occurredAt || (a.sequence ?? 0) - (b.sequence ?? 0);

export const timerState = (history: History): TimerState => {
  if (isRetracted(history)) return { status: 'retracted' };
  let state: TimerState = { status: 'unknown' };
  for (const { type, occurredAt, data } of latestWords(history).toSorted(byTime))
    if (type === 'TimerStarted' && state.status !== 'running') {
      const about = data.attributes?.['about'];
      const running = { status: 'running', who: data.actor, since: occurredAt } as const;
      state = about === undefined ? running : { ...running, about };
    } else if (type === 'TimerStopped' && state.status === 'running')
      state = { status: 'stopped', who: state.who, since: state.since, until: occurredAt };
  return state;
};

/** A second timer of the same person and instant, started in parallel, has another number. */
export const timerNamed = (who: ActorId, at: InstantMs, number: number): SubjectId =>
  subjectNamed('timer', who, at, number);

export const startTimer = (
  subject: SubjectId,
  at: InstantMs,
  data: DataOf<'TimerStarted'>,
  here: Here,
): Sentence => ({
  subject,
  speak: (history): Hearing => {
    const future = futureProblem('a start at', at, here);
    if (future !== undefined) return refused(future);
    if (history.length > 0) return refused(`${subject} has been started before`);
    return spoken({ type: 'TimerStarted', subject, occurredAt: at, data });
  },
});

export const stopTimer = (
  subject: SubjectId,
  at: InstantMs,
  data: DataOf<'TimerStopped'> & { readonly actor: ActorId },
  here: Here,
): Sentence => ({
  subject,
  speak: (history): Hearing => {
    const state = timerState(history);
    if (state.status === 'unknown') return nothingAbout(subject);
    if (state.status === 'retracted') return refused(`${subject} was retracted and counts nothing`);
    if (state.who !== data.actor)
      return refused(`${subject} is a timer of ${state.who}, not of ${data.actor}`);
    if (state.status === 'stopped')
      return refused(
        `${subject} was stopped at ${here.local(state.until)}; what it counts is changed with tickmark correct`,
      );
    const future = futureProblem('an end at', at, here);
    if (future !== undefined) return refused(future);
    if (at <= state.since)
      return refused(
        `${subject} started at ${here.local(state.since)}, and ${here.local(at)} is not after that: name a later end with --at`,
      );
    return spoken({ type: 'TimerStopped', subject, occurredAt: at, data });
  },
});
