/** tickmark retract: a subject counts nothing any more. */
import { Command } from 'commander';
import { retract } from '../../words/remark.ts';
import type { Context } from '../context.ts';
import { saidBy } from '../person-flags.ts';
import { type SpeakingOptions, known, speak, speakingFlags, subjectMeant, withRoom } from '../room.ts';

interface RetractOptions extends SpeakingOptions {
  readonly reason: string;
  readonly by?: string;
}

const run = (context: Context, text: string, options: RetractOptions): Promise<void> =>
  withRoom(context, options, async (room) => {
    const subject = await subjectMeant(room, text);
    const { reason, by } = options;
    const sentence = retract(subject, { reason, ...saidBy(by) }, room.here);
    await speak(room, [sentence], options, (told) =>
      known(told, `${subject} is retracted: it counts nothing from now on, and its history stays`),
    );
  });

export const retractCommand = (context: Context): Command =>
  speakingFlags(
    new Command('retract')
      .summary('say that a subject counts nothing')
      .description(
        'Says that a subject was deleted where it came from, or never was. All of its time counts nothing from now on; what is known of it stays in the log.',
      )
      .argument('<subject>', 'for instance call-4711')
      .requiredOption('--reason <text>', 'why')
      .option('--by <person>', 'who says so'),
  )
    .addHelpText('after', "\nExample:\n  $ tickmark retract ticket-9 --reason 'opened for a test' --by BOSS")
    .action((text: string, options: RetractOptions) => run(context, text, options));
