/** Work without a caller: mails, tasks, meetings and the one timer that somebody started by hand. */
import { type ActorId, type InstantMs, shift, type SubjectId, subjectId } from '../../schemas/brand.ts';
import type { EventType } from '../../schemas/event.ts';
import { DEMO_WEEK, MINUTE_MS } from './calendar.ts';
import type { Activity, Data } from './ledger.ts';
import type { Team } from './people.ts';
import { CUSTOMERS, minutes, type Opening, type Scene } from './scene.ts';

export const TASK_ROOM_MS = 15 * MINUTE_MS;

interface Errand {
  readonly subject: SubjectId;
  readonly actor: ActorId;
  readonly activity: Activity;
  readonly fromMs: InstantMs;
  readonly toMs: InstantMs;
}

/** A first event, a last event, and all the time in between. */
const tell = (
  { ledger }: Scene,
  errand: Errand,
  [first, last]: readonly [EventType, EventType],
  attributes: Data,
): void => {
  const { subject, actor, fromMs, toMs } = errand;
  ledger.say(first, subject, fromMs, { actor, ...attributes });
  ledger.say(last, subject, toMs, { actor });
  ledger.spend(errand);
};

export const answerMail = (scene: Scene, actor: ActorId, { fromMs, roomMs }: Opening): InstantMs => {
  const toMs = shift(fromMs, Math.min(minutes(scene, 4, 20), roomMs));
  const errand: Errand = { subject: scene.ledger.open('email'), actor, activity: 'email', fromMs, toMs };
  tell(scene, errand, ['EmailWorkStarted', 'EmailWorkEnded'], {
    attributes: { customer: scene.random.pick(CUSTOMERS) },
  });
  return toMs;
};

const TASKS: Readonly<Record<Team, readonly string[]>> = {
  Support: ['knowledge base', 'quality review'],
  Sales: ['proposal', 'contract check', 'pipeline review'],
  Field: ['van stocktaking', 'site documentation'],
};

export const doTask = (scene: Scene, actor: ActorId, team: Team, { fromMs, roomMs }: Opening): InstantMs => {
  const toMs = shift(fromMs, Math.min(minutes(scene, 15, 40), roomMs));
  const errand: Errand = { subject: scene.ledger.open('task'), actor, activity: 'task', fromMs, toMs };
  tell(scene, errand, ['TaskStarted', 'TaskCompleted'], {
    attributes: { topic: scene.random.pick(TASKS[team]) },
  });
  return toMs;
};

/** The team's weekly meeting: one subject for each participant, so that each one's time is their own. */
export const meet = (scene: Scene, actor: ActorId, team: Team, fromMs: InstantMs, toMs: InstantMs): void => {
  const subject = subjectId(`meeting-${DEMO_WEEK}-${team.toLowerCase()}-${actor}`);
  tell(scene, { subject, actor, activity: 'meeting', fromMs, toMs }, ['MeetingStarted', 'MeetingEnded'], {
    attributes: { topic: `${team} weekly` },
  });
};

export const runTimer = (scene: Scene, actor: ActorId, fromMs: InstantMs, toMs: InstantMs): SubjectId => {
  const subject = scene.ledger.open('timer');
  tell(scene, { subject, actor, activity: 'timer', fromMs, toMs }, ['TimerStarted', 'TimerStopped'], {
    attributes: { topic: 'trade fair preparation' },
  });
  return subject;
};
