/** tickmark approve: declared time that needed a second look has had it. */
import { Command } from 'commander';
import { type DurationMs, NO_TIME, plus } from '../../../schemas/brand.ts';
import type { TimeRecord } from '../../../schemas/record.ts';
import { approve } from '../../words/remark.ts';
import type { Context } from '../context.ts';
import { noteOf, readPerson } from '../person-flags.ts';
import { hoursMinutesSeconds } from '../render/duration.ts';
import {
  type SpeakingOptions,
  idsOf,
  known,
  recordsOf,
  speak,
  speakingFlags,
  subjectMeant,
  withRoom,
} from '../room.ts';

interface ApproveOptions extends SpeakingOptions {
  readonly who: string;
  readonly by: string;
  readonly note?: string;
}

const countedOf = (records: readonly TimeRecord[]): DurationMs =>
  records.reduce((sum, { countedMs }) => plus(sum, countedMs), NO_TIME);

const run = (context: Context, text: string, options: ApproveOptions): Promise<void> =>
  withRoom(context, options, async (room) => {
    const [actor, by] = [readPerson('--who', options.who), readPerson('--by', options.by)];
    const subject = await subjectMeant(room, text);
    await recordsOf(room, subject, actor);
    const sentence = approve(subject, { actor, by, ...noteOf(options.note) }, room.here);
    await speak(room, [sentence], options, (told) => {
      const own = told.records.filter((record) => record.actor === actor);
      const counted = hoursMinutesSeconds(countedOf(own));
      return known(
        told,
        `${by} approved ${actor}'s time on ${subject}, which counts ${counted}: ${idsOf(own)}`,
      );
    });
  });

export const approveCommand = (context: Context): Command =>
  speakingFlags(
    new Command('approve')
      .summary('approve declared time that waits for it')
      .description(
        'Says that declared time was looked at: what was entered too late to count by itself, or booked without being observed. Nobody approves their own.',
      )
      .argument('<subject>', 'for instance entry-3fa1c2d9a0b1')
      .requiredOption('--who <person>', 'whose time it is')
      .requiredOption('--by <person>', 'who approves it')
      .option('--note <text>', 'what was looked at'),
  )
    .addHelpText('after', '\nExample:\n  $ tickmark approve entry-3fa1c2d9a0b1 --who ANNA --by BOSS')
    .action((text: string, options: ApproveOptions) => run(context, text, options));
