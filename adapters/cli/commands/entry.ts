/** tickmark entry: time that was not timed, typed in afterwards. */
import { Command } from 'commander';
import { type DurationMs, type InstantMs, elapsed, shift } from '../../../schemas/brand.ts';
import type { TimeRecord } from '../../../schemas/record.ts';
import { InputError } from '../../input-error.ts';
import { type Entry, enterTime, subjectOfEntry } from '../../words/entry.ts';
import type { Context } from '../context.ts';
import { readLength } from '../moment.ts';
import { gather, readAttributes, readPerson, reasonOf, saidBy } from '../person-flags.ts';
import { hoursMinutesSeconds } from '../render/duration.ts';
import {
  type Room,
  type SpeakingOptions,
  idsOf,
  refuseUntimed,
  speak,
  speakingFlags,
  withNewRoom,
} from '../room.ts';

interface EntryOptions extends SpeakingOptions {
  readonly who: string;
  readonly from?: string;
  readonly to?: string;
  readonly duration?: string;
  readonly on?: string;
  readonly attribute?: readonly string[];
  readonly reason?: string;
  readonly by?: string;
  readonly again?: boolean;
}

interface Extent {
  readonly endAt: InstantMs;
  readonly durationMs: DurationMs;
}

/** Two of begin, end and length; a length alone ends now. */
const extentOf = ({ moment, here }: Room, { from, to, duration }: EntryOptions): Extent => {
  const fromMs = from === undefined ? undefined : moment('--from', from);
  const toMs = to === undefined ? undefined : moment('--to', to);
  if (duration === undefined) {
    if (fromMs === undefined || toMs === undefined)
      throw new InputError('say how long: --from and --to, or --duration with one of them');
    return { endAt: toMs, durationMs: elapsed(fromMs, toMs) };
  }
  const durationMs = readLength('--duration', duration);
  if (fromMs !== undefined && toMs !== undefined)
    throw new InputError('--from, --to and --duration say one thing too many: leave one of them out');
  const endAt = fromMs === undefined ? (toMs ?? here.now) : shift(fromMs, durationMs);
  return { endAt, durationMs };
};

const waits = ({ subtracted }: TimeRecord): boolean =>
  subtracted.some(({ reason }) => reason === 'unapproved');

const add = (context: Context, options: EntryOptions): Promise<void> =>
  withNewRoom(context, options, async (room) => {
    refuseUntimed(room, 'entry', 'entries');
    const { endAt, durationMs } = extentOf(room, options);
    const actor = readPerson('--who', options.who);
    const entry: Entry = {
      endAt,
      data: {
        actor,
        durationMs,
        ...readAttributes(options.on, options.attribute),
        ...reasonOf(options.reason),
        ...saidBy(options.by),
      },
    };
    const subject = await subjectOfEntry(room.workspace.log, entry, options.again ?? false);
    const { local } = room.here;
    const what = `${actor}'s ${hoursMinutesSeconds(durationMs)} from ${local(shift(endAt, -durationMs))} to ${local(endAt)}`;
    const { isNew, records } = await speak(room, [enterTime(subject, entry, room.here)], options, (told) => {
      const id = told.records.length > 0 ? idsOf(told.records) : subject;
      if (!told.isNew) return `${what} was entered before, and nothing was added: ${id}`;
      return `${what} is entered${told.records.some(waits) ? ' and counts once it is approved' : ''}: ${id}`;
    });
    const { talk } = context.terminal;
    if (!isNew) talk('If it was done twice, enter it with --again.');
    else if (records.length === 0) talk('No rule fits it, so it counts nothing: tickmark rules show');
    else if (records.some(waits)) talk(`Next: tickmark approve ${subject} --who ${actor} --by NAME`);
  });

const addCommand = (context: Context): Command =>
  speakingFlags(
    new Command('add')
      .description(
        'Enters time that nothing has timed. It is declared time. Typed twice it is one entry, unless --again says otherwise.',
      )
      .requiredOption('--who <person>', 'whose time it is')
      .option('--from <time>', 'when it began: 10:03 today, 2026-11-09T10:03, or with its offset')
      .option('--to <time>', 'when it ended')
      .option('--duration <length>', 'how long it took, with --from or --to; alone it ends now')
      .option('--on <text>', 'what it was spent on, kept as the attribute `about`')
      .option(
        '--attribute <name=value>',
        'what else it is known by, for instance customer=42; may be repeated',
        gather,
      )
      .option('--reason <text>', 'why it is entered by hand')
      .option('--by <person>', 'who enters it, where that is somebody else')
      .option('--again', 'the same once more: same person, same end, same length'),
  )
    .addHelpText(
      'after',
      "\nExamples:\n  $ tickmark entry add --who ANNA --from 2026-11-09T10:00 --to 2026-11-09T10:30 --on 'Offer for Smith' --reason 'phone was down'\n  $ tickmark entry add --who ANNA --duration 30m --attribute customer=42",
    )
    .action((options: EntryOptions) => add(context, options));

export const entryCommand = (context: Context): Command =>
  new Command('entry')
    .summary('enter time afterwards')
    .description('Time that a person types in: it keeps when it was, and when it was entered.')
    .addCommand(addCommand(context))
    .addHelpText('after', '\nExample:\n  $ tickmark entry add --who ANNA --from 10:00 --to 10:30');
