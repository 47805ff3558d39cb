/** The calendars of a record: which was in force when, by name and zone. */
import type { NamedHours } from '../../../engine/index.ts';
import type { InstantMs } from '../../../schemas/brand.ts';
import type { Because } from '../../../schemas/record.ts';
import { SHIFT_END } from '../../questions/evidence.ts';
import type { LocalTime } from './local-moment.ts';

/** The calendar behind a clause at an instant; undefined for a clause that goes by none. */
export type CalendarsAt = ({ clause }: Because, at: InstantMs) => string | undefined;

const nameOf = ({ calendar, zone }: NamedHours): string =>
  zone === undefined ? calendar : `${calendar} (${zone})`;

export const calendarsAt =
  (hours: readonly NamedHours[], shifts: readonly NamedHours[]): CalendarsAt =>
  ({ clause }, at) => {
    const meant = clause === 'calendar' ? hours : clause === SHIFT_END ? shifts : [];
    const held = meant.findLast(({ fromMs }) => fromMs <= at);
    return held && nameOf(held);
  };

/** `calendar late (Europe/Warsaw), from 2026-10-21 15:00:00 desk (Europe/Warsaw)`; nothing where the rule has none. */
export const calendarText = (hours: readonly NamedHours[], localTime: LocalTime): readonly string[] => {
  const [first, ...rest] = hours;
  if (first === undefined) return [];
  const moves = rest.map((held) => `from ${localTime(held.fromMs)} ${nameOf(held)}`);
  return [[`calendar ${nameOf(first)}`, ...moves].join(', ')];
};
