/** A working day: a shift filled with work, around the appointments and a lunch break. */
import { elapsed, type InstantMs, shift } from '../../schemas/brand.ts';
import type { Slot } from './appointments.ts';
import { CALL_ROOM_MS, takeCall } from './calls.ts';
import { clock, MINUTE_MS, SECOND_MS, WEDNESDAY } from './calendar.ts';
import { answerMail, doTask, TASK_ROOM_MS } from './desk-work.ts';
import { FORGETFUL, type Person, type Shift, type Team } from './people.ts';
import { minutes, type Opening, type Scene, seconds } from './scene.ts';
import { TICKET_ROOM_MS, type TicketDesk } from './tickets.ts';
import { type Visit, VISIT_ROOM_MS, visitCustomer } from './visits.ts';

export interface WorkingDay {
  readonly scene: Scene;
  readonly tickets: TicketDesk;
  readonly person: Person;
  readonly shift: Shift;
  /** Visits that were not checked out, in order of time. */
  readonly forgotten: Visit[];
}

const HOUR_MINUTES = 60;
const LUNCH_MS = 35 * MINUTE_MS;
const LUNCH_FROM_HOURS = 6;

const hourOf = (day: number, hour: number): InstantMs => clock(day, 0, hour * HOUR_MINUTES);

const lunch = (
  { scene, person, shift: { day, fromHour, toHour } }: WorkingDay,
  slots: readonly Slot[],
): Slot[] => {
  if (toHour - fromHour < LUNCH_FROM_HOURS) return [];
  let fromMs = shift(hourOf(day, fromHour), minutes(scene, 210, 270));
  for (const slot of slots) if (slot.fromMs < fromMs + LUNCH_MS && slot.toMs > fromMs) fromMs = slot.toMs;
  return [{ actor: person.actor, fromMs, toMs: shift(fromMs, LUNCH_MS) }];
};

const doSupport = (day: WorkingDay, opening: Opening): InstantMs => {
  const { scene, person, tickets } = day;
  const draw = scene.random.between(1, 100);
  if (draw <= 20 && opening.roomMs >= TICKET_ROOM_MS) return tickets.work(person.actor, opening);
  if (draw > 92) return answerMail(scene, person.actor, opening);
  return takeCall(scene, person.actor, person.team, opening);
};

const doSales = ({ scene, person }: WorkingDay, opening: Opening): InstantMs => {
  const draw = scene.random.between(1, 100);
  if (draw <= 10 && opening.roomMs >= TASK_ROOM_MS) return doTask(scene, person.actor, person.team, opening);
  if (draw > 68) return answerMail(scene, person.actor, opening);
  return takeCall(scene, person.actor, person.team, opening);
};

const doField = (day: WorkingDay, opening: Opening, visitsToday: number): InstantMs => {
  const { scene, person } = day;
  if (opening.roomMs >= VISIT_ROOM_MS) {
    const forgets = person.actor === FORGETFUL && day.shift.day === WEDNESDAY && visitsToday === 1;
    const visit = visitCustomer(scene, person.actor, opening, !forgets);
    if (forgets) day.forgotten.push(visit);
    return visit.leftMs;
  }
  if (opening.roomMs >= TASK_ROOM_MS) return doTask(scene, person.actor, person.team, opening);
  return answerMail(scene, person.actor, opening);
};

const BREATHER_SECONDS: Readonly<Record<Team, readonly [number, number]>> = {
  Support: [15, 170],
  Sales: [20, 200],
  Field: [120, 480],
};

/** Fills `[fromMs, untilMs)` with work; what is too short for a call stays free. */
const fill = (day: WorkingDay, fromMs: InstantMs, untilMs: InstantMs, visitsBefore: number): number => {
  const { scene, person } = day;
  let at = fromMs;
  let visits = visitsBefore;
  while (elapsed(at, untilMs) >= CALL_ROOM_MS) {
    const opening = { fromMs: at, roomMs: elapsed(at, untilMs) };
    const isVisit = person.team === 'Field' && opening.roomMs >= VISIT_ROOM_MS;
    const doneMs =
      person.team === 'Support'
        ? doSupport(day, opening)
        : person.team === 'Sales'
          ? doSales(day, opening)
          : doField(day, opening, visits);
    if (isVisit) visits += 1;
    at = shift(doneMs, seconds(scene, ...BREATHER_SECONDS[person.team]));
  }
  return visits;
};

export const workShift = (day: WorkingDay, appointments: readonly Slot[]): void => {
  const { scene, person } = day;
  const fromMs = shift(hourOf(day.shift.day, day.shift.fromHour), seconds(scene, 0, 480));
  const untilMs = hourOf(day.shift.day, day.shift.toHour);
  const own = appointments
    .filter((slot) => slot.actor === person.actor && slot.fromMs < untilMs && slot.toMs > fromMs)
    .toSorted((a, b) => a.fromMs - b.fromMs);
  const busy = [...own, ...lunch(day, own)].toSorted((a, b) => a.fromMs - b.fromMs);
  let at = fromMs;
  let visits = 0;
  for (const slot of busy) {
    visits = fill(day, at, slot.fromMs, visits);
    at = shift(slot.toMs, 30 * SECOND_MS);
  }
  fill(day, at, untilMs, visits);
};
