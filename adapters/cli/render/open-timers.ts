/** The timers that nobody has stopped, as a table. */
import { type DurationMs, type InstantMs, durationMs, elapsed } from '../../../schemas/brand.ts';
import type { OpenTimer } from '../../words/open-timers.ts';
import { hoursMinutesSeconds } from './duration.ts';
import type { Look } from './paint.ts';
import { drawTable, row } from './table.ts';

const stateOf = ({ endedAt }: OpenTimer, local: (at: InstantMs) => string): string =>
  endedAt === undefined ? 'running' : `forgotten: ended at ${local(endedAt)}`;

const wholeSeconds = (ms: DurationMs): DurationMs => durationMs(Math.floor(ms / 1000) * 1000);

export const openTimersTable = (
  timers: readonly OpenTimer[],
  now: InstantMs,
  local: (at: InstantMs) => string,
  look: Look,
): string =>
  drawTable(
    {
      columns: [
        { title: 'Agent' },
        { title: 'Timer' },
        { title: 'Since' },
        { title: 'For', align: 'right' },
        { title: 'About', flexible: true },
        { title: 'State' },
      ],
      rows: timers.map((timer) =>
        row(
          timer.who,
          timer.subject,
          local(timer.since),
          hoursMinutesSeconds(wholeSeconds(elapsed(timer.since, timer.endedAt ?? now))),
          timer.about ?? '',
          stateOf(timer, local),
        ),
      ),
    },
    look,
  ).join('\n');
