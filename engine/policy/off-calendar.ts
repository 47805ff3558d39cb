/** Off the calendar: what of a record lies outside the hours in which its time counts. */
import type { Because, Span, Subtraction } from '../../schemas/record.ts';
import type { OpenHours } from '../calendar/open-hours.ts';
import { intersect } from '../interval/intersect.ts';
import { type Interval, byStart } from '../interval/interval.ts';
import { subtract } from '../interval/subtract.ts';
import type { Account, Naming } from './account.ts';

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

/** The parts of a stretch outside the hours; at its own ends the stretch's own facts are why. */
const outsideHours = (
  stretch: Span | Subtraction,
  open: readonly Interval[],
  { namesOuterEnds }: Naming,
): readonly Subtraction[] =>
  subtract(stretch, open).map(({ fromMs, toMs }) => ({
    reason: 'off-calendar',
    fromMs,
    toMs,
    opened: namesOuterEnds && fromMs === stretch.fromMs ? stretch.opened : CALENDAR,
    closed: namesOuterEnds && toMs === stretch.toMs ? stretch.closed : CALENDAR,
    ...(namesOuterEnds ? { by: CALENDAR } : {}),
  }));

/** Outside the hours nothing counts and nothing is paused: it is off the calendar. */
export const withinCalendar = (account: Account, hours: OpenHours | undefined, naming: Naming): Account => {
  if (!hours) return account;
  const spans: Span[] = [];
  const subtracted: Subtraction[] = [];
  for (const stretch of [...account.spans, ...account.subtracted]) {
    const open = hours.within(stretch.fromMs, stretch.toMs);
    if ('grade' in stretch) spans.push(...withinHours(stretch, open));
    else subtracted.push(...withinHours(stretch, open));
    subtracted.push(...outsideHours(stretch, open, naming));
  }
  return { spans, subtracted: subtracted.sort(byStart) };
};
