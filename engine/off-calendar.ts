/** Off the calendar: what of a record lies outside the hours in which its time counts. */
import type { Because, Span, Subtraction } from '../schemas/record.ts';
import type { OpenHours } from './calendar/business-hours.ts';
import { intersect } from './interval/intersect.ts';
import { type Interval, byStart } from './interval/interval.ts';
import { subtract } from './interval/subtract.ts';

const CALENDAR: Because = { clause: 'calendar' };

/** The part of a stretch within the hours; where the calendar cut it, the calendar is why. */
const withinHours = <Stretch extends Span | Subtraction>(
  stretch: Stretch,
  open: readonly Interval[],
): readonly Stretch[] =>
  intersect([stretch], open).map(({ fromMs, toMs }) => ({
    ...stretch,
    fromMs,
    toMs,
    opened: fromMs === stretch.fromMs ? stretch.opened : CALENDAR,
    closed: toMs === stretch.toMs ? stretch.closed : CALENDAR,
  }));

export interface Hours {
  readonly counted: readonly Span[];
  readonly subtracted: readonly Subtraction[];
}

/** Outside the hours nothing counts and nothing is paused: it is off the calendar. */
export const applyCalendar = (
  spans: readonly Span[],
  pauses: readonly Subtraction[],
  calendar: OpenHours | undefined,
): Hours => {
  if (!calendar) return { counted: spans, subtracted: pauses };
  const counted: Span[] = [];
  const subtracted: Subtraction[] = [];
  for (const stretch of [...spans, ...pauses]) {
    const open = calendar.within(stretch.fromMs, stretch.toMs);
    if ('grade' in stretch) counted.push(...withinHours(stretch, open));
    else subtracted.push(...withinHours(stretch, open));
    for (const { fromMs, toMs } of subtract(stretch, open))
      subtracted.push({ reason: 'off-calendar', fromMs, toMs, opened: CALENDAR, closed: CALENDAR });
  }
  return { counted, subtracted: subtracted.sort(byStart) };
};
