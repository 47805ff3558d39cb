/** Appointments: what is fixed before the days are filled, because two people or a clock time are part of it. */
import { type ActorId, actorId, type InstantMs, shift, type SubjectId } from '../../schemas/brand.ts';
import { callOverMidnight, transferCall } from './calls.ts';
import { clock, FRIDAY, MINUTE_MS, MONDAY, SECOND_MS, THURSDAY, TUESDAY, WEDNESDAY } from './calendar.ts';
import { meet, runTimer } from './desk-work.ts';
import { NIGHT_WORKER, PEOPLE, type Team } from './people.ts';
import { type Scene, seconds } from './scene.ts';
import { handOverTicket } from './tickets.ts';

/** A time in which a person is not free; `[fromMs, toMs)`. */
export interface Slot {
  readonly actor: ActorId;
  readonly fromMs: InstantMs;
  readonly toMs: InstantMs;
}

export interface HandOver {
  readonly subject: SubjectId;
  readonly from: ActorId;
  readonly to: ActorId;
  readonly atMs: InstantMs;
}

export interface Appointments {
  readonly slots: readonly Slot[];
  readonly transfers: readonly HandOver[];
  readonly handedOver: HandOver;
  readonly overMidnight: Slot & { readonly subject: SubjectId };
  readonly timer: Slot & { readonly subject: SubjectId };
}

const MEETINGS: Readonly<Record<Team, InstantMs>> = {
  Support: clock(MONDAY, 14),
  Sales: clock(TUESDAY, 9, 30),
  Field: clock(FRIDAY, 14),
};
const MEETING_MS = 45 * MINUTE_MS;

const holdMeetings = (scene: Scene): readonly Slot[] =>
  PEOPLE.map(({ actor, team }) => {
    const fromMs = MEETINGS[team];
    const toMs = shift(fromMs, MEETING_MS);
    meet(scene, actor, team, fromMs, toMs);
    return { actor, fromMs, toMs };
  });

const TRANSFERS: readonly (readonly [Team, InstantMs, string, string])[] = [
  ['Support', clock(MONDAY, 10, 40), 'amara.okafor', 'jonas.weber'],
  ['Support', clock(TUESDAY, 11, 10), 'yuki.tanaka', 'leila.haddad'],
  ['Sales', clock(TUESDAY, 14, 20), 'chidi.eze', 'rahul.mehta'],
  ['Support', clock(WEDNESDAY, 11, 5), 'amara.okafor', 'chidi.eze'],
  ['Support', clock(WEDNESDAY, 15), 'jonas.weber', 'yuki.tanaka'],
  ['Support', clock(THURSDAY, 10, 30), 'leila.haddad', 'amara.okafor'],
  ['Sales', clock(THURSDAY, 11, 30), 'zoë.martin', 'ingrid.solberg'],
  ['Sales', clock(FRIDAY, 10, 20), 'rahul.mehta', 'ingrid.solberg'],
];

const transferCalls = (scene: Scene): readonly HandOver[] =>
  TRANSFERS.map(([team, fromMs, one, other]) => {
    const [from, to] = [actorId(one), actorId(other)];
    const atMs = shift(fromMs, seconds(scene, 150, 330));
    const subject = transferCall(scene, team, from, to, [
      fromMs,
      atMs,
      shift(atMs, seconds(scene, 240, 540)),
    ]);
    return { subject, from, to, atMs };
  });

/** Both people of a transfer keep the same quarter of an hour free, with a minute to spare before it. */
const slotsOfTransfers: readonly Slot[] = TRANSFERS.flatMap(([, fromMs, one, other]) =>
  [one, other].map((name) => ({
    actor: actorId(name),
    fromMs: shift(fromMs, -MINUTE_MS),
    toMs: shift(fromMs, 16 * MINUTE_MS),
  })),
);

const handOver = (scene: Scene): HandOver => {
  const [from, to] = [actorId('leila.haddad'), actorId('yuki.tanaka')];
  const atMs = clock(TUESDAY, 14, 55);
  const subject = handOverTicket(scene, from, to, [clock(TUESDAY, 14, 30), atMs, clock(TUESDAY, 15, 15)]);
  return { subject, from, to, atMs };
};

const crossMidnight = (scene: Scene): Appointments['overMidnight'] => {
  const fromMs = shift(clock(THURSDAY, 23, 56), seconds(scene, 0, 59));
  const toMs = shift(clock(THURSDAY, 24, 8), seconds(scene, 0, 59));
  const subject = callOverMidnight(scene, NIGHT_WORKER, fromMs, toMs);
  return { subject, actor: NIGHT_WORKER, fromMs, toMs };
};

const timeByHand = (scene: Scene): Appointments['timer'] => {
  const actor = actorId('ingrid.solberg');
  const [fromMs, toMs] = [clock(THURSDAY, 15), clock(THURSDAY, 15, 50)];
  return { subject: runTimer(scene, actor, fromMs, toMs), actor, fromMs, toMs };
};

export const keepAppointments = (scene: Scene): Appointments => {
  const meetings = holdMeetings(scene);
  const transfers = transferCalls(scene);
  const handedOver = handOver(scene);
  const overMidnight = crossMidnight(scene);
  const timer = timeByHand(scene);
  const slots: readonly Slot[] = [
    ...meetings,
    ...slotsOfTransfers,
    { actor: handedOver.from, fromMs: clock(TUESDAY, 14, 30), toMs: handedOver.atMs },
    { actor: handedOver.to, fromMs: handedOver.atMs, toMs: clock(TUESDAY, 15, 15) },
    {
      actor: overMidnight.actor,
      fromMs: shift(overMidnight.fromMs, -30 * SECOND_MS),
      toMs: shift(overMidnight.toMs, 3 * MINUTE_MS),
    },
    timer,
  ];
  return { slots, transfers, handedOver, overMidnight, timer };
};
