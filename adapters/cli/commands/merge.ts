/** tickmark merge: two subjects turned out to be one. */
import { Command } from 'commander';
import { merge } from '../../words/remark.ts';
import { historyOf } from '../../words/say.ts';
import type { Context } from '../context.ts';
import { reasonOf } from '../person-flags.ts';
import { type SpeakingOptions, known, speak, speakingFlags, subjectMeant, withRoom } from '../room.ts';

interface MergeOptions extends SpeakingOptions {
  readonly into: string;
  readonly reason?: string;
}

const run = (context: Context, text: string, options: MergeOptions): Promise<void> =>
  withRoom(context, options, async (room) => {
    const [subject, into] = [await subjectMeant(room, text), await subjectMeant(room, options.into)];
    const target = await historyOf(room.workspace.log, into);
    const data = { into, ...reasonOf(options.reason) };
    const sentence = merge(subject, data, target, room.here);
    await speak(room, [sentence], options, (told) =>
      known(told, `${subject} is one with ${into} from now on: its facts are read there`),
    );
  });

export const mergeCommand = (context: Context): Command =>
  speakingFlags(
    new Command('merge')
      .summary('say that two subjects are one')
      .description(
        'Says that a subject turned out to be the same as another. Its facts are read with the other’s, so that time on both at once counts once.',
      )
      .argument('<subject>', 'the one that goes, for instance ticket-10')
      .requiredOption('--into <subject>', 'the one that stays')
      .option('--reason <text>', 'why'),
  )
    .addHelpText(
      'after',
      "\nExample:\n  $ tickmark merge ticket-10 --into ticket-9 --reason 'same customer, same fault'",
    )
    .action((text: string, options: MergeOptions) => run(context, text, options));
