/** tickmark allocate: time shared out over targets by percentage. */
import { Command } from 'commander';
import { Shares } from '../../../schemas/shares.ts';
import { InputError } from '../../input-error.ts';
import { allocate } from '../../words/remark.ts';
import type { Context } from '../context.ts';
import { readPair, readPerson, reasonOf, saidBy } from '../person-flags.ts';
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

interface AllocateOptions extends SpeakingOptions {
  readonly who: string;
  readonly over: string;
  readonly reason?: string;
  readonly by?: string;
}

/** `research=30,negotiation=50.5%`: a percent sign may stand behind a share. */
const readShares = (text: string): Shares => {
  const pairs = text.split(',').map((part) => readPair('--over', part));
  const twice = pairs.find(([name], index) => pairs.findIndex(([other]) => other === name) !== index);
  if (twice) throw new InputError(`--over names ${twice[0]} twice: add its shares together`);
  const shares = Shares.safeParse(
    Object.fromEntries(pairs.map(([name, share]) => [name, share.endsWith('%') ? share : `${share}%`])),
  );
  if (shares.success) return shares.data;
  throw new InputError(`--over ${text}: ${shares.error.issues[0]?.message ?? 'cannot be read'}`);
};

const run = (context: Context, text: string, options: AllocateOptions): Promise<void> =>
  withRoom(context, options, async (room) => {
    const over = readShares(options.over);
    const actor = readPerson('--who', options.who);
    const subject = await subjectMeant(room, text);
    await recordsOf(room, subject, actor);
    const data = { actor, over, ...reasonOf(options.reason), ...saidBy(options.by) };
    await speak(room, [allocate(subject, data, room.here)], options, (told) => {
      const shares = Object.entries(over).map(([target, share]) => `${target} ${share}`);
      const own = told.records.filter((record) => record.actor === actor);
      return known(told, `${actor}'s time on ${subject} goes to ${shares.join(', ')}: ${idsOf(own)}`);
    });
  });

export const allocateCommand = (context: Context): Command =>
  speakingFlags(
    new Command('allocate')
      .summary('share time out by percentage')
      .description(
        'Says what part of a person’s time on a subject went to which target. The parts add up to the time exactly; the last word of the person holds.',
      )
      .argument('<subject>', 'for instance call-4711')
      .requiredOption('--who <person>', 'whose time it is')
      .requiredOption(
        '--over <shares>',
        'percentages that add up to 100: research=30,negotiation=50,followup=20',
      )
      .option('--reason <text>', 'why so')
      .option('--by <person>', 'who says so, where that is somebody else'),
  )
    .addHelpText(
      'after',
      '\nExample:\n  $ tickmark allocate call-4711 --who ANNA --over research=30,negotiation=50,followup=20',
    )
    .action((text: string, options: AllocateOptions) => run(context, text, options));
