/** The twelve people of the demo, their teams and their shifts. */
import { type ActorId, actorId } from '../../schemas/brand.ts';
import { FRIDAY, MONDAY, SATURDAY, THURSDAY, TUESDAY, WEDNESDAY } from './calendar.ts';

export const TEAMS = ['Support', 'Sales', 'Field'] as const;
export type Team = (typeof TEAMS)[number];

/** Local clock hours, as decimals; an end beyond 24 lies on the next day. */
export interface Shift {
  readonly day: number;
  readonly fromHour: number;
  readonly toHour: number;
}

export interface Person {
  readonly actor: ActorId;
  readonly team: Team;
  readonly shifts: readonly Shift[];
}

const WORKDAYS = [MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY] as const;

const onDays = (days: readonly number[], fromHour: number, toHour: number): readonly Shift[] =>
  days.map((day) => ({ day, fromHour, toHour }));

const person = (name: string, team: Team, shifts: readonly Shift[]): Person => ({
  actor: actorId(name),
  team,
  shifts,
});

export const NIGHT_WORKER = actorId('mateusz.kowalski');
export const FORGETFUL = actorId('fatima.benali');

export const PEOPLE: readonly Person[] = [
  person('amara.okafor', 'Support', onDays(WORKDAYS, 8, 16.5)),
  person('jonas.weber', 'Support', onDays(WORKDAYS, 9, 17.5)),
  person('leila.haddad', 'Support', onDays(WORKDAYS, 10, 18.75)),
  person(NIGHT_WORKER, 'Support', [
    ...onDays([MONDAY, TUESDAY, WEDNESDAY], 8, 17.5),
    ...onDays([THURSDAY], 22, 30),
  ]),
  person('yuki.tanaka', 'Support', onDays(WORKDAYS, 7.5, 16)),
  person('chidi.eze', 'Sales', onDays(WORKDAYS, 8.5, 17)),
  person('ingrid.solberg', 'Sales', onDays(WORKDAYS, 9, 17.25)),
  person('rahul.mehta', 'Sales', onDays(WORKDAYS, 8.5, 17.25)),
  person('zoë.martin', 'Sales', onDays([MONDAY, TUESDAY, WEDNESDAY, THURSDAY], 8, 18)),
  person('dmitri.volkov', 'Field', [...onDays(WORKDAYS, 7.5, 15.5), ...onDays([SATURDAY], 9.5, 12)]),
  person(FORGETFUL, 'Field', onDays(WORKDAYS, 7.25, 16)),
  person('tomas.novak', 'Field', onDays(WORKDAYS, 7.5, 16.25)),
];
