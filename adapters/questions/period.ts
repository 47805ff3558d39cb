/** A period: a week or local days as people write them, as the instants between which they lie in a zone. */
import { type Zone, dateOfDay, dayOfDate, mondayOfWeek, zoneOf } from '../../engine/index.ts';
import { type InstantMs, type IsoWeek, LocalDate } from '../../schemas/brand.ts';
import { InputError } from '../input-error.ts';
import { readWeek } from '../report-question.ts';

/** Half-open; open where an end is absent. */
export interface Period {
  readonly fromMs?: InstantMs;
  readonly toMs?: InstantMs;
}

export interface PeriodAsked {
  readonly week?: string | undefined;
  /** The first and the last day, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The instants between which a week lies in a zone. */
export const boundsOfWeek = (week: IsoWeek, zoneName: string): Required<Period> => {
  const zone = zoneOf(zoneName);
  const monday = mondayOfWeek(week);
  return { fromMs: zone.startOfDay(monday), toMs: zone.startOfDay(monday + 7) };
};

/** The number of a day that is on the calendar. */
const readDay = (text: string): number => {
  const date = LocalDate.safeParse(text);
  const day = date.success ? dayOfDate(date.data) : undefined;
  if (day !== undefined && dateOfDay(day) === text) return day;
  throw new InputError(`"${text}" is not a day: write a date such as 2026-11-09`);
};

const startOf = (text: string, zone: Zone, daysLater = 0): InstantMs =>
  zone.startOfDay(readDay(text) + daysLater);

export const readPeriod = ({ week, from, to }: PeriodAsked, zoneName: string): Period => {
  if (week === undefined) {
    const zone = zoneOf(zoneName);
    if (from !== undefined && to !== undefined && from > to)
      throw new InputError(`${to} lies before ${from}: a period is asked for from its first day to its last`);
    return {
      ...(from === undefined ? {} : { fromMs: startOf(from, zone) }),
      ...(to === undefined ? {} : { toMs: startOf(to, zone, 1) }),
    };
  }
  if (from !== undefined || to !== undefined)
    throw new InputError('ask for a week, or for days from and to, and not for both');
  return boundsOfWeek(readWeek(week), zoneName);
};
