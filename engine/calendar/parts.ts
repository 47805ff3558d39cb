/** Parts: the calendars that a calendar is made of. */
import type { Calendar } from '../../schemas/calendar.ts';

export interface Part {
  readonly role: 'intersect' | 'union' | 'minus' | 'plus';
  /** In the list of its role. */
  readonly place: number;
  readonly name: string;
}

const listed = (role: Part['role'], names: readonly string[] = []): readonly Part[] =>
  names.map((name, place) => ({ role, place, name }));

/** None of a calendar with hours or days of its own. */
export const partsOf = (calendar: Calendar): readonly Part[] => {
  if ('hours' in calendar || 'days' in calendar) return [];
  const base =
    'intersect' in calendar ? listed('intersect', calendar.intersect) : listed('union', calendar.union);
  return [...base, ...listed('minus', calendar.minus), ...listed('plus', calendar.plus)];
};
