/** tickmark note: an explanation, with what it claims and what it offers as evidence. */
import { Command } from 'commander';
import { type SubjectId, recordId } from '../../../schemas/brand.ts';
import { note } from '../../words/remark.ts';
import { historyOf } from '../../words/say.ts';
import type { Context } from '../context.ts';
import { readLength } from '../moment.ts';
import { readPerson, readSubject } from '../person-flags.ts';
import { type Room, type SpeakingOptions, known, speak, speakingFlags, withRoom } from '../room.ts';

interface NoteOptions extends SpeakingOptions {
  readonly by: string;
  readonly text: string;
  readonly claim?: string;
  readonly evidence?: string;
}

const subjectOf = async ({ workspace }: Room, text: string): Promise<SubjectId> =>
  (await workspace.answers.record(recordId(text)))?.subject ?? readSubject(text);

const evidenceOf = (text: string | undefined): readonly SubjectId[] =>
  text === undefined ? [] : text.split(',').map(readSubject);

/** Evidence may come later than the note that names it; a misspelt name never comes. */
const missingOf = async (
  { workspace }: Room,
  evidence: readonly SubjectId[],
): Promise<readonly SubjectId[]> => {
  const missing: SubjectId[] = [];
  for (const subject of evidence)
    if ((await historyOf(workspace.log, subject)).length === 0) missing.push(subject);
  return missing;
};

const run = (context: Context, text: string, options: NoteOptions): Promise<void> =>
  withRoom(context, options, async (room) => {
    const evidence = evidenceOf(options.evidence);
    const claim = options.claim === undefined ? {} : { claimedMs: readLength('--claim', options.claim) };
    const subject = await subjectOf(room, text);
    const by = readPerson('--by', options.by);
    const missing = await missingOf(room, evidence);
    const given = evidence.length === 0 ? {} : { evidence: [...evidence] };
    const sentence = note(subject, { text: options.text, by, ...claim, ...given }, room.here);
    await speak(room, [sentence], options, (told) => known(told, `${by}'s note is attached to ${subject}`));
    if (missing.length > 0)
      context.terminal.talk(
        `The log holds nothing yet about ${missing.join(', ')}, which the note names as evidence.`,
      );
  });

export const noteCommand = (context: Context): Command =>
  speakingFlags(
    new Command('note')
      .summary('attach an explanation')
      .description(
        'Attaches an explanation to a subject. What it claims is held against what was observed; nothing is counted by it.',
      )
      .argument('<subject>', 'a subject such as ticket-9, or a record of it')
      .requiredOption('--by <person>', 'who says it')
      .requiredOption('--text <text>', 'the explanation')
      .option('--claim <length>', 'how long the work took, by the note: 1h30m')
      .option('--evidence <subjects>', 'subjects that prove it: ticket-1,ticket-2'),
  )
    .addHelpText(
      'after',
      "\nExample:\n  $ tickmark note ticket-9 --by ANNA --text 'three issues of half an hour' --claim 1h30m --evidence ticket-1,ticket-2,ticket-3",
    )
    .action((text: string, options: NoteOptions) => run(context, text, options));
