/** tickmark correct: time taken out of a record, or added beside it. */
import { Command } from 'commander';
import { elapsed, recordId, subjectId } from '../../../schemas/brand.ts';
import type { TimeRecord } from '../../../schemas/record.ts';
import { InputError } from '../../input-error.ts';
import { correctTime } from '../../words/correction.ts';
import type { Context } from '../context.ts';
import { saidBy } from '../person-flags.ts';
import { hoursMinutesSeconds } from '../render/duration.ts';
import { type Room, type SpeakingOptions, idsOf, known, speak, speakingFlags, withRoom } from '../room.ts';

interface CorrectOptions extends SpeakingOptions {
  readonly remove?: boolean;
  readonly add?: boolean;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  readonly by?: string;
}

const recordMeant = async ({ workspace: { answers } }: Room, text: string): Promise<TimeRecord> => {
  const record = await answers.record(recordId(text));
  if (record) return record;
  const own = await answers.records({ subject: subjectId(text), limit: 20 });
  if (own.length > 0)
    throw new InputError(
      `${text} is a subject; correct one of its records:`,
      own.map(({ id }) => id),
    );
  throw new InputError(`there is no record ${text}; list them: tickmark records`);
};

const effectOf = ({ add, remove }: CorrectOptions): 'add' | 'remove' => {
  if (add === remove) throw new InputError('say one of --remove and --add');
  return add ? 'add' : 'remove';
};

const run = (context: Context, id: string, options: CorrectOptions): Promise<void> =>
  withRoom(context, options, async (room) => {
    const effect = effectOf(options);
    const record = await recordMeant(room, id);
    const [fromMs, toMs] = [room.moment('--from', options.from), room.moment('--to', options.to)];
    const { reason, by } = options;
    const sentence = correctTime(record, { effect, fromMs, toMs, reason, ...saidBy(by) }, room.here);
    const { local } = room.here;
    const what = `${hoursMinutesSeconds(elapsed(fromMs, toMs))} from ${local(fromMs)} to ${local(toMs)}`;
    await speak(room, [sentence], options, (told) => {
      const own = told.records.filter(({ actor, rule }) => actor === record.actor && rule === record.rule);
      if (effect === 'add')
        return known(
          told,
          `${what} is added to ${record.actor}'s time: ${idsOf(own.filter((one) => one.fromMs === fromMs))}`,
        );
      const after = own.find(({ id }) => id === record.id);
      return known(
        told,
        `${what} is taken out, which leaves ${hoursMinutesSeconds(after?.countedMs ?? record.countedMs)}: ${record.id}`,
      );
    });
  });

export const correctCommand = (context: Context): Command =>
  speakingFlags(
    new Command('correct')
      .summary('take time out of a record, or add some')
      .description(
        'Says that part of a record was no work, or that there was more. The record keeps what was measured; the correction stands beside it, with its reason.',
      )
      .argument('<record>', 'a record id as `tickmark records` prints it')
      .option('--remove', 'this time does not count')
      .option('--add', 'this time counts too')
      .requiredOption('--from <time>', '10:03 today, 2026-11-09T10:03, or with its offset')
      .requiredOption('--to <time>', 'the end, which is not part of it')
      .requiredOption('--reason <text>', 'why')
      .option('--by <person>', 'who says so, where that is not the person whose time it is'),
  )
    .addHelpText(
      'after',
      "\nExamples:\n  $ tickmark correct 'call-4711/call.talk#1@DORIT' --remove --from 10:02 --to 10:05 --reason 'fire drill'\n  $ tickmark correct 'call-4711/call.talk#1@DORIT' --add --from 10:30 --to 10:40 --reason 'wrote the summary' --by BOSS",
    )
    .action((id: string, options: CorrectOptions) => run(context, id, options));
