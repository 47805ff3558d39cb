/** tickmark seal: a week's report is issued, and from then on never changes. */
import { Command } from 'commander';
import { mondayOfWeek } from '../../../engine/index.ts';
import { type Seal, type Seals, openWeekAfter, readSeals } from '../../../projections/index.ts';
import type { InstantMs, IsoWeek } from '../../../schemas/brand.ts';
import { InputError } from '../../input-error.ts';
import { applyRules, bringUp } from '../../live.ts';
import { sealWeek } from '../../seal.ts';
import type { Context } from '../context.ts';
import { readWeek } from '../flags.ts';
import { noteOf, readPerson } from '../person-flags.ts';
import { counted } from '../render/figures.ts';
import { sealsTable } from '../render/seals.ts';
import { type Room, type SpeakingOptions, speakingFlags, withRoom } from '../room.ts';

interface SealOptions extends SpeakingOptions {
  readonly by: string;
  readonly note?: string;
}

const endOf = ({ ruling: { plan } }: Room, week: IsoWeek): InstantMs =>
  plan.zone.startOfDay(mondayOfWeek(week) + 7);

/** A week that still goes on, or that nobody worked in, is no week to be issued. */
const refuseUnready = async (room: Room, week: IsoWeek): Promise<void> => {
  const { here, workspace } = room;
  const endMs = endOf(room, week);
  if (here.now < endMs)
    throw new InputError(
      `${week} is not over: it ends ${here.local(endMs)}, and it is ${here.local(here.now)}`,
    );
  const weeks = await workspace.answers.weeks();
  if (weeks.includes(week)) return;
  const [first = 'none', last = 'none'] = [weeks[0], weeks.at(-1)];
  throw new InputError(`there is no time in ${week}; weeks with records: ${first} to ${last}`);
};

/** What may still change the week's figures, and then becomes an adjustment. */
const tellUnsettled = async ({ workspace, context }: Room, endMs: InstantMs): Promise<void> => {
  const { answers, deadLetters } = workspace;
  const open = [
    ...(await answers.records({ status: 'running', toMs: endMs })),
    ...(await answers.records({ status: 'paused', toMs: endMs })),
  ];
  const waiting = await deadLetters.list('waiting');
  const reasons = [
    ...(open.length > 0 ? [`${counted(open.length, 'record')} without an end`] : []),
    ...(waiting.length > 0 ? [`${counted(waiting.length, 'signal')} not understood yet`] : []),
  ];
  if (reasons.length > 0)
    context.terminal.talk(
      `Sealed all the same: ${reasons.join(' and ')}. What they turn out to say becomes an adjustment.`,
    );
};

const sealedAlready = (week: IsoWeek, { said, atMs }: Seal, { here }: Room): string =>
  `Nothing was added, ${week} was sealed before: by ${said.by}, ${here.local(atMs)}`;

const jsonOf = (week: IsoWeek, { said, atMs }: Pick<Seal, 'said' | 'atMs'>, added: boolean): string =>
  JSON.stringify({ added, ...said, week, atMs });

const issue = async (room: Room, week: IsoWeek, options: SealOptions): Promise<Seal> => {
  const { workspace, ruling, here } = room;
  const by = readPerson('--by', options.by);
  await refuseUnready(room, week);
  // What the figures were derived under must be in the log, too.
  await applyRules(workspace, ruling, here.now);
  const state = await bringUp(workspace, ruling);
  await sealWeek(
    {
      log: workspace.log,
      rows: workspace.answers,
      ruling,
      state,
      seals: await readSeals(workspace.log),
    },
    { week, by, ...noteOf(options.note), now: here.now, endMs: endOf(room, week) },
  );
  await bringUp(workspace, ruling);
  await tellUnsettled(room, endOf(room, week));
  const seal = (await readSeals(workspace.log)).get(week);
  if (!seal) throw new Error(`${week} was sealed and is not`);
  return seal;
};

const sealOne = (context: Context, text: string, options: SealOptions): Promise<void> =>
  withRoom(context, options, async (room) => {
    const week = readWeek(text);
    const before = (await readSeals(room.workspace.log)).get(week);
    const seal = before ?? (await issue(room, week, options));
    const { out } = context.terminal;
    if (options.json) out(jsonOf(week, seal, before === undefined));
    else if (before) out(sealedAlready(week, before, room));
    else
      out(
        `${week} is sealed by ${seal.said.by}: ${counted(seal.said.timesheets, 'timesheet')} under ${seal.said.ruleSet}. What is learned from now on stands in the first open week after it.`,
      );
  });

const openWeeks = (seals: Seals): ReadonlyMap<IsoWeek, IsoWeek> =>
  new Map([...seals.keys()].map((week) => [week, openWeekAfter(week, seals)]));

const list = (context: Context, options: SpeakingOptions): Promise<void> =>
  withRoom(context, options, async ({ workspace, here }) => {
    const seals = await readSeals(workspace.log);
    const { out, talk, color, width } = context.terminal;
    if (options.json)
      for (const [week, seal] of seals) out(JSON.stringify({ ...seal.said, week, atMs: seal.atMs }));
    else if (seals.size === 0) talk('No week is sealed. Seal one: tickmark seal week 2026-W10 --by maria');
    else out(sealsTable(seals, openWeeks(seals), here.local, { color, width }));
  });

export const sealCommand = (context: Context): Command => {
  const command = new Command('seal')
    .summary('close a week: its report never changes again')
    .description(
      'Issues the report of a week. It never changes again; what is learned later stands as adjustments in the first week after it that is open.',
    )
    .addHelpText('after', '\nExamples:\n  $ tickmark seal week 2026-W10 --by maria\n  $ tickmark seal ls');
  speakingFlags(
    command
      .command('week')
      .description('Seals one week. Nothing can open it again.')
      .argument('<week>', 'an ISO week that is over, such as 2026-W10')
      .requiredOption('--by <person>', 'who issues it')
      .option('--note <text>', 'why now, or what was left open'),
  )
    .addHelpText(
      'after',
      `
Examples:
  $ tickmark seal week 2026-W10 --by maria
  $ tickmark seal week 2026-W10 --by maria --note "payroll of March"
Afterwards:
  $ tickmark report week --week 2026-W10           what was issued
  $ tickmark report week --week 2026-W10 --live    what the log says today`,
    )
    .action((week: string, options: SealOptions) => sealOne(context, week, options));
  speakingFlags(command.command('ls').description('Lists the weeks that are sealed, by whom and when.'))
    .addHelpText('after', '\nExamples:\n  $ tickmark seal ls\n  $ tickmark seal ls --json')
    .action((options: SpeakingOptions) => list(context, options));
  return command;
};
