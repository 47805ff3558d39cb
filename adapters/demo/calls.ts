/** Calls: offered, connected, sometimes held or transferred, ended, and most of them wrapped up. */
import { type ActorId, elapsed, type InstantMs, shift, type SubjectId } from '../../schemas/brand.ts';
import { MINUTE_MS, SECOND_MS } from './calendar.ts';
import type { Team } from './people.ts';
import { CUSTOMERS, minutes, type Opening, partWay, PRODUCTS, type Scene, seconds } from './scene.ts';
import { workChatTicket } from './tickets.ts';

/** The room that the shortest call needs, with ringing and wrapping up. */
export const CALL_ROOM_MS = 4 * MINUTE_MS;

const QUEUES: Readonly<Record<Team, readonly string[]>> = {
  Support: ['support-de', 'support-en', 'billing'],
  Sales: ['new-business', 'renewals'],
  Field: ['dispatch'],
};
const TALK_MINUTES: Readonly<Record<Team, readonly [number, number]>> = {
  Support: [6, 24],
  Sales: [6, 30],
  Field: [2, 6],
};
const ROOMY_MS = 10 * MINUTE_MS;

const offer = (scene: Scene, team: Team, fromMs: InstantMs) => {
  const subject = scene.ledger.open('call');
  const attributes = {
    queue: scene.random.pick(QUEUES[team]),
    customer: scene.random.pick(CUSTOMERS),
    product: scene.random.pick(PRODUCTS),
  };
  scene.ledger.say('CallOffered', subject, fromMs, { attributes });
  return { subject, attributes };
};

/** Tells `[connectedMs, endMs)` as talk, about every fifth time with a hold in the middle. */
const talk = (
  scene: Scene,
  actor: ActorId,
  subject: SubjectId,
  connectedMs: InstantMs,
  endMs: InstantMs,
): void => {
  const { ledger, random } = scene;
  const held = elapsed(connectedMs, endMs) > 3 * MINUTE_MS && random.chance(0.2);
  if (!held) {
    ledger.spend({ actor, activity: 'talk', subject, fromMs: connectedMs, toMs: endMs });
    return;
  }
  const heldMs = partWay(connectedMs, endMs, 0.4);
  const resumedMs = shift(heldMs, seconds(scene, 20, 75));
  ledger.say('CallHeld', subject, heldMs, {
    actor,
    reason: random.pick(['looking it up', 'asking a colleague']),
  });
  ledger.say('CallResumed', subject, resumedMs, { actor });
  ledger.spend({ actor, activity: 'talk', subject, fromMs: connectedMs, toMs: heldMs });
  ledger.spend({ actor, activity: 'hold', subject, fromMs: heldMs, toMs: resumedMs });
  ledger.spend({ actor, activity: 'talk', subject, fromMs: resumedMs, toMs: endMs });
};

/** About one time in fourteen the system does not say when the wrapping up was over; then no time is meant either. */
const wrapUp = (
  scene: Scene,
  actor: ActorId,
  subject: SubjectId,
  endedMs: InstantMs,
  lengthMs: number,
): InstantMs => {
  const doneMs = shift(endedMs, lengthMs);
  if (scene.random.chance(0.07)) return doneMs;
  scene.ledger.say('CallWrappedUp', subject, doneMs, { actor });
  scene.ledger.spend({ actor, activity: 'wrap-up', subject, fromMs: endedMs, toMs: doneMs });
  return doneMs;
};

/** One call from the first ring to the last note; returns when the person is free again. */
export const takeCall = (scene: Scene, actor: ActorId, team: Team, opening: Opening): InstantMs => {
  const { ledger, random } = scene;
  const { subject, attributes } = offer(scene, team, opening.fromMs);
  const ringMs = seconds(scene, 4, 25);
  const wrapMs = opening.roomMs < ROOMY_MS ? 40 * SECOND_MS : seconds(scene, 50, 170);
  const wantedMs = minutes(scene, ...TALK_MINUTES[team]);
  const connectedMs = shift(opening.fromMs, ringMs);
  const endedMs = shift(connectedMs, Math.min(wantedMs, opening.roomMs - ringMs - wrapMs));
  ledger.say('CallConnected', subject, connectedMs, { actor, attributes });
  talk(scene, actor, subject, connectedMs, endedMs);
  if (team === 'Support' && elapsed(connectedMs, endedMs) > 8 * MINUTE_MS && random.chance(0.06))
    workChatTicket(scene, actor, partWay(connectedMs, endedMs, 0.3), partWay(connectedMs, endedMs, 0.8));
  ledger.say('CallEnded', subject, endedMs, { actor, reason: random.pick(['caller', 'caller', 'agent']) });
  return wrapUp(scene, actor, subject, endedMs, wrapMs);
};

/** A call that rings, nobody takes, and the caller gives up. */
export const abandonCall = (scene: Scene, team: Team, fromMs: InstantMs): void => {
  const { subject } = offer(scene, team, fromMs);
  scene.ledger.say('CallAbandoned', subject, shift(fromMs, seconds(scene, 30, 180)), {
    reason: 'caller gave up',
  });
};

/** A call that one person connects and hands to another; `[fromMs, middleMs)` and `[middleMs, toMs)`, without wrapping up. */
export const transferCall = (
  scene: Scene,
  team: Team,
  from: ActorId,
  to: ActorId,
  [fromMs, middleMs, toMs]: readonly [InstantMs, InstantMs, InstantMs],
): SubjectId => {
  const { ledger } = scene;
  const { subject, attributes } = offer(scene, team, shift(fromMs, -12 * SECOND_MS));
  ledger.say('CallConnected', subject, fromMs, { actor: from, attributes });
  ledger.say('CallTransferred', subject, middleMs, { actor: to });
  ledger.say('CallEnded', subject, toMs, { actor: to, reason: 'caller' });
  ledger.say('CallWrappedUp', subject, shift(toMs, MINUTE_MS), { actor: to });
  ledger.spend({ actor: from, activity: 'talk', subject, fromMs, toMs: middleMs });
  ledger.spend({ actor: to, activity: 'talk', subject, fromMs: middleMs, toMs });
  ledger.spend({ actor: to, activity: 'wrap-up', subject, fromMs: toMs, toMs: shift(toMs, MINUTE_MS) });
  return subject;
};

/** The call that is still going on at midnight: no hold, wrapped up. */
export const callOverMidnight = (
  scene: Scene,
  actor: ActorId,
  fromMs: InstantMs,
  toMs: InstantMs,
): SubjectId => {
  const { ledger } = scene;
  const { subject, attributes } = offer(scene, 'Support', shift(fromMs, -9 * SECOND_MS));
  const doneMs = shift(toMs, 2 * MINUTE_MS);
  ledger.say('CallConnected', subject, fromMs, { actor, attributes });
  ledger.say('CallEnded', subject, toMs, { actor, reason: 'caller' });
  ledger.say('CallWrappedUp', subject, doneMs, { actor });
  ledger.spend({ actor, activity: 'talk', subject, fromMs, toMs });
  ledger.spend({ actor, activity: 'wrap-up', subject, fromMs: toMs, toMs: doneMs });
  return subject;
};
