/** Off the calendar: what of a record lies outside the hours in which its time counts. */
import type { Because, Span, Subtraction } from '../../schemas/record.ts';
import type { OpenHours } from '../calendar/open-hours.ts';
import { intersect } from '../interval/intersect.ts';
import { type Interval, byStart } from '../interval/interval.ts';
import { subtract } from '../interval/subtract.ts';
import type { Account } from './account.ts';

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

/** Outside the hours nothing counts and nothing is paused: it is off the calendar. */
export const withinCalendar = (account: Account, hours: OpenHours | undefined): Account => {
  if (!hours) return account;
  const spans: Span[] = [];
  const subtracted: Subtraction[] = [];
  for (const stretch of [...account.spans, ...account.subtracted]) {
    const open = hours.within(stretch.fromMs, stretch.toMs);
    if ('grade' in stretch) spans.push(...withinHours(stretch, open));
    else subtracted.push(...withinHours(stretch, open));
    for (const { fromMs, toMs } of subtract(stretch, open))
      subtracted.push({ reason: 'off-calendar', fromMs, toMs, opened: CALENDAR, closed: CALENDAR });
  }
  return { spans, subtracted: subtracted.sort(byStart) };
};
