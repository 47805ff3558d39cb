/** The room in which a person speaks: the open folder, the rules, the hour, and what is answered to a word. */
import type { Command } from 'commander';
import { type ActorId, type InstantMs, type SubjectId, instantMs, recordId } from '../../schemas/brand.ts';
import type { TickmarkEvent } from '../../schemas/event.ts';
import type { TimeRecord } from '../../schemas/record.ts';
import { InputError } from '../input-error.ts';
import { bringUp } from '../live.ts';
import type { Ruling } from '../rule-file.ts';
import { say } from '../words/say.ts';
import type { Here, Sentence } from '../words/word.ts';
import type { Workspace } from '../workspace.ts';
import {
  type Context,
  type DataOption,
  bringUpWithProgress,
  liveRules,
  withAnswers,
  withWorkspace,
} from './context.ts';
import { DATA_FLAG } from './flags.ts';
import { localTime } from './local-time.ts';
import { momentReader } from './moment.ts';
import { readSubject } from './person-flags.ts';

export interface Room {
  readonly context: Context;
  readonly workspace: Workspace;
  readonly ruling: Ruling;
  readonly here: Here;
  /** Reads a time of the command line. */
  readonly moment: (flag: string, text: string) => InstantMs;
}

export interface SpeakingOptions extends DataOption {
  readonly json?: boolean;
}

const SECOND_MS = 1_000;

const roomOf = (context: Context, workspace: Workspace, ruling: Ruling): Room => {
  const { zone } = ruling.plan.ruleSet;
  const [now, write] = [context.now(), localTime(zone)];
  // People are answered in whole seconds; what is written down is exact.
  const local = (at: InstantMs): string => write(instantMs(Math.floor(at / SECOND_MS) * SECOND_MS));
  return { context, workspace, ruling, here: { now, local }, moment: momentReader(zone, now) };
};

/** For words about what is in the log: the folder must be there. */
export const withRoom = (
  context: Context,
  options: DataOption,
  work: (room: Room) => Promise<void>,
): Promise<void> =>
  withAnswers(context, options, ({ workspace, ruling }) => work(roomOf(context, workspace, ruling)));

/** For words that need nothing before them: a log may begin with one. */
export const withNewRoom = (
  context: Context,
  options: DataOption,
  work: (room: Room) => Promise<void>,
): Promise<void> =>
  withWorkspace(context, options, async (workspace) => {
    const ruling = await liveRules(context, workspace);
    await bringUpWithProgress(context, workspace, ruling);
    await work(roomOf(context, workspace, ruling));
  });

/** A word that no rule would hear would seem to be recorded and count nowhere. */
export const refuseUntimed = (
  { ruling: { plan, lens } }: Room,
  kind: 'timer' | 'entry',
  what: string,
): void => {
  if ((plan.rulesByKind.get(kind) ?? []).length > 0) return;
  throw new InputError(
    `no rule of ${lens.ruleSet}@${lens.version} times ${what}: add one with "on: ${kind}" (docs/manual-time.md shows it), then tickmark rules apply FILE`,
  );
};

/** What was answered to a word: what stands in the log, and what its subject counts now. */
export interface Told {
  readonly isNew: boolean;
  readonly events: readonly TickmarkEvent[];
  /** Of the last event's subject. */
  readonly records: readonly TimeRecord[];
}

const outrun = (subject: string, events: readonly TickmarkEvent[]): Error =>
  Object.assign(new Error(`somebody else said something about ${subject} at the same moment`), {
    nextStep:
      events.length === 0
        ? 'Nothing was written. Look at it and say it again.'
        : `Written was only ${events.map(({ type, subject: other }) => `${type} of ${other}`).join(', ')}. Look at it and say the rest again.`,
  });

const answerTo = async ({ workspace, ruling, here }: Room, sentences: readonly Sentence[]) => {
  const said = await say(workspace.log, sentences, here.now);
  if (said.status === 'refused') throw new InputError(said.because);
  if (said.status === 'outrun') throw outrun(said.subject, said.events);
  await bringUp(workspace, ruling);
  const isNew = said.status === 'said';
  const events = isNew ? said.events : [said.event];
  const subject = events.at(-1)?.subject;
  const records = subject === undefined ? [] : await workspace.answers.records({ subject });
  return { isNew, events, records };
};

/** Says the sentences, brings the answers up, and prints one sentence about what has come of it. */
export const speak = async (
  room: Room,
  sentences: readonly Sentence[],
  { json }: SpeakingOptions,
  tell: (told: Told) => string | Promise<string>,
): Promise<Told> => {
  const told: Told = await answerTo(room, sentences);
  const { isNew, events, records } = told;
  room.context.terminal.out(
    json ? JSON.stringify({ added: isNew, events, records: records.map(({ id }) => id) }) : await tell(told),
  );
  return told;
};

/** `Nothing was added: ...` where it was said before. */
export const known = ({ isNew }: Told, sentence: string): string =>
  isNew ? sentence : `Nothing was added, this was said before: ${sentence}`;

/** Of one person the records of a subject, and who else has some. */
export const recordsOf = async (
  { workspace }: Room,
  subject: SubjectId,
  who: ActorId,
): Promise<readonly TimeRecord[]> => {
  const all = await workspace.answers.records({ subject });
  const own = all.filter(({ actor }) => actor === who);
  if (own.length > 0) return own;
  const others = [...new Set(all.map(({ actor }) => actor))];
  const whose = others.length === 0 ? 'nobody has any' : `only ${others.join(', ')}`;
  throw new InputError(
    `${who} has no time on ${subject} (${whose}); list it: tickmark records --subject ${subject}`,
  );
};

/** The subject that a text names. A record's id would promise to touch nothing but that record. */
export const subjectMeant = async ({ workspace }: Room, text: string): Promise<SubjectId> => {
  const record = await workspace.answers.record(recordId(text));
  if (record) throw new InputError(`${text} is a record; name its subject: ${record.subject}`);
  return readSubject(text);
};

export const idsOf = (records: readonly TimeRecord[]): string => records.map(({ id }) => id).join(', ');

export const speakingFlags = (command: Command): Command =>
  command
    .option('--json', 'print what was written, and the records of its subject, as JSON')
    .option(...DATA_FLAG);
