/** overlapping-hours: one weekday's hours that lie in each other. They count once, so one of them is a slip. */
import { type Calendar, WEEKDAYS, type WeekHours } from '../../schemas/calendar.ts';
import { type Check, type Complaint, warning } from './finding.ts';

/**
 *     09:00-13:00   |========|
 *     12:00-17:00         |========|
 */
const overlap = (a: string, b: string): boolean => a.slice(0, 5) < b.slice(6) && b.slice(0, 5) < a.slice(6);

const ofWeek = (hours: WeekHours | undefined, base: Complaint['path']): readonly Complaint[] =>
  WEEKDAYS.flatMap((day) => {
    const open = hours?.[day] ?? [];
    return open.flatMap((text, place) => {
      const before = open.slice(0, place).find((other) => overlap(other, text));
      if (before === undefined) return [];
      return [
        warning(
          [...base, day, place],
          `${text} and ${before} of ${day} overlap and count once; let the later begin where the earlier ends, or write them as one`,
        ),
      ];
    });
  });

const ofCalendar = (calendar: Calendar, base: Complaint['path']): readonly Complaint[] => {
  if (!('hours' in calendar)) return [];
  const changes = calendar.changes ?? [];
  return [
    ...ofWeek(calendar.hours, [...base, 'hours']),
    ...changes.flatMap(({ hours }, place) => ofWeek(hours, [...base, 'changes', place, 'hours'])),
  ];
};

export const overlappingHours: Check = ({ ruleSet }) =>
  Object.entries(ruleSet.calendars).flatMap(([name, calendar]) => ofCalendar(calendar, ['calendars', name]));
