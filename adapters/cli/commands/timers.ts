/** tickmark timers: what is running now. */
import { Command } from 'commander';
import { momentOfTimers, openRecords, runsAt } from '../../questions/timers.ts';
import { type Context, type DataOption, withAnswers } from '../context.ts';
import { DATA_FLAG, readInstant } from '../flags.ts';
import { localTime } from '../local-time.ts';
import { timersTable } from '../render/record-list.ts';

interface TimersOptions extends DataOption {
  readonly asOf?: string;
}

const run = (context: Context, options: TimersOptions): Promise<void> =>
  withAnswers(context, options, async ({ workspace, ruling }) => {
    const { answers } = workspace;
    const asked = options.asOf === undefined ? undefined : readInstant('--as-of', options.asOf);
    const asOfMs = await momentOfTimers(asked, answers);
    const open = (await openRecords(answers)).filter((record) => runsAt(record, asOfMs));
    if (open.length === 0 || asOfMs === null) context.terminal.talk('Nothing is running.');
    else
      context.terminal.out(timersTable(open, asOfMs, localTime(ruling.plan.ruleSet.zone), context.terminal));
  });

export const timersCommand = (context: Context): Command =>
  new Command('timers')
    .summary('what is running now')
    .description(
      'Records whose end has not come, and for how long they run at the latest instant of the log (or --as-of).\n' +
        'What runs is shown here and counted nowhere until its end is known.',
    )
    .option('--as-of <time>', 'an ISO time with offset, not before the latest signal')
    .option(...DATA_FLAG)
    .addHelpText(
      'after',
      '\nExamples:\n  $ tickmark timers\n  $ tickmark timers --as-of 2026-11-09T10:03:00+01:00',
    )
    .action((options: TimersOptions) => run(context, options));
