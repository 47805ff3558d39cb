/** The timer that is meant: the one that runs, or the one that somebody names. */
import { type ActorId, type SubjectId, subjectId } from '../../schemas/brand.ts';
import { InputError } from '../input-error.ts';
import { type OpenTimer, isRunning, openTimers } from '../words/open-timers.ts';
import type { Room } from './room.ts';

export const timersOf = ({ workspace, ruling, here }: Room, who?: ActorId): Promise<readonly OpenTimer[]> =>
  openTimers({ log: workspace.log, answers: workspace.answers, plan: ruling.plan, now: here.now }, who);

export const timerText = ({ subject, since, about }: OpenTimer, { here }: Room): string =>
  `${subject} (${about === undefined ? '' : `${about}, `}since ${here.local(since)})`;

/** A timer that a rule has ended is not stopped now by accident: that would count the night. */
const forgotten = ({ subject, who, since, endedAt }: OpenTimer, { here }: Room): InputError =>
  new InputError(
    `${subject}, since ${here.local(since)}, was never stopped, and its rule ended it at ${here.local(endedAt ?? since)}; if it ended otherwise, say when: tickmark timer stop ${subject} --who ${who} --at TIME`,
  );

/** The one timer that runs; without one, the last that nobody stopped, and that only where its end is named. */
const onlyTimer = (who: ActorId, open: readonly OpenTimer[], room: Room): OpenTimer => {
  const running = open.filter(isRunning);
  if (running.length > 1)
    throw new InputError(
      `${who} has several timers running; stop one by its name, tickmark timer stop TIMER --who ${who}:`,
      running.map((timer) => timerText(timer, room)),
    );
  const meant = running[0] ?? open.at(-1);
  if (!meant) throw new InputError(`${who} has no timer running; see who has: tickmark timer ls`);
  return meant;
};

/** What `timer stop` and `timer switch` stop. `dated`: the end is named, so that a forgotten one may be meant. */
export const timerMeant = async (
  room: Room,
  who: ActorId,
  name: string | undefined,
  dated: boolean,
): Promise<SubjectId> => {
  const open = await timersOf(room, who);
  const subject = name === undefined ? onlyTimer(who, open, room).subject : subjectId(name);
  const timer = open.find((one) => one.subject === subject);
  if (timer && !isRunning(timer) && !dated) throw forgotten(timer, room);
  return subject;
};
