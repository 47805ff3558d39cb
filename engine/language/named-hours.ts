/** Named hours: which calendar a record went by, from when, and which facts about its person made it so. */
import { ALWAYS, OWNER } from '../../schemas/calendar.ts';
import { type EventId, type InstantMs, instantMs } from '../../schemas/brand.ts';
import type { TimeRecord } from '../../schemas/record.ts';
import type { CalendarChoice } from '../../schemas/rule.ts';
import { openCalendars } from '../calendar/business-hours.ts';
import type { Membership, Person } from '../person.ts';
import type { Plan } from '../plan.ts';
import { expand } from './expand.ts';
import { OWNER_TEAM, calendarFor } from './hours.ts';

export interface NamedHours {
  /** Until the next begin. */
  readonly fromMs: InstantMs;
  readonly calendar: string;
  /** Absent where the calendar is always open. */
  readonly zone?: string;
  /** What tells the team and the zone, where it goes by them. */
  readonly told: readonly EventId[];
}

const BEGINNING = instantMs(Number.MIN_SAFE_INTEGER);

const heldAt = (held: readonly Membership[], at: InstantMs): Membership | undefined =>
  held.findLast(({ fromMs }) => fromMs <= at);

const hoursAt = (
  { ruleSet }: Plan,
  choice: CalendarChoice,
  { attributes }: TimeRecord,
  { teams, zones }: Person,
): ((at: InstantMs) => NamedHours) => {
  const known = new Set(Object.keys(ruleSet.calendars));
  const calendars = openCalendars(ruleSet.calendars, { zone: ruleSet.zone });
  return (fromMs) => {
    const isOfTeam = typeof choice !== 'string' && choice.by === OWNER_TEAM;
    const team = isOfTeam ? heldAt(teams, fromMs) : undefined;
    const calendar =
      typeof choice === 'string'
        ? choice
        : calendarFor(choice, known, isOfTeam ? team?.value : attributes[choice.by]);
    const owner = calendars.followsOwner(calendar) ? heldAt(zones, fromMs) : undefined;
    const written = ruleSet.calendars[calendar]?.zone;
    const zone = owner?.value ?? (written === undefined || written === OWNER ? ruleSet.zone : written);
    const told = [team, owner].flatMap((one) => (one === undefined ? [] : [one.event]));
    return { fromMs, calendar, told, ...(calendar === ALWAYS ? {} : { zone }) };
  };
};

/**
 *     record        |=======================|
 *     late     ...--------------|
 *     desk                      |--------------...
 *     ->       late before the record, desk from the move on
 *
 * The calendars of a record's rule, or those of its shift, as they were in force while the record lasted; none where
 * the rule goes by none.
 */
export const namedHours = (
  plan: Plan,
  record: TimeRecord,
  person: Person,
  clause: 'calendar' | 'shift',
): readonly NamedHours[] => {
  const rule = expand(plan.ruleSet).rules.find((one) => one.rule.rule === record.rule)?.rule;
  const choice = clause === 'calendar' ? rule?.calendar : (rule?.missingEnd?.shift ?? rule?.calendar);
  if (choice === undefined) return [];
  const at = hoursAt(plan, choice, record, person);
  const moves = [...person.teams, ...person.zones].map(({ fromMs }) => fromMs);
  const changes = [...new Set([BEGINNING, ...moves])].sort((a, b) => a - b);
  const inForce = changes.filter(
    (fromMs, place) => fromMs < record.toMs && (changes[place + 1] ?? Infinity) > record.fromMs,
  );
  return inForce
    .map(at)
    .filter(({ told }, place, all) => place === 0 || told.join() !== all[place - 1]?.told.join());
};
