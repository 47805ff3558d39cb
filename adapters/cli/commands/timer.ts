/** tickmark timer: started and stopped by hand. */
import { Command } from 'commander';
import { type ActorId, type InstantMs, type SubjectId, NO_TIME, elapsed } from '../../../schemas/brand.ts';
import { InputError } from '../../input-error.ts';
import { isRunning } from '../../words/open-timers.ts';
import { historyOf } from '../../words/say.ts';
import { startTimer, stopTimer, timerNamed, timerState } from '../../words/timer.ts';
import type { Sentence } from '../../words/word.ts';
import type { Context } from '../context.ts';
import { DATA_FLAG } from '../flags.ts';
import { gather, readAttributes, readPerson, reasonOf } from '../person-flags.ts';
import { hoursMinutesSeconds } from '../render/duration.ts';
import { openTimersTable } from '../render/open-timers.ts';
import {
  type Room,
  type SpeakingOptions,
  idsOf,
  refuseUntimed,
  speak,
  speakingFlags,
  withNewRoom,
  withRoom,
} from '../room.ts';
import { timerMeant, timerText, timersOf } from '../timer-meant.ts';

interface TimerOptions extends SpeakingOptions {
  readonly who: string;
  readonly at?: string;
  readonly attribute?: readonly string[];
  readonly parallel?: boolean;
  readonly reason?: string;
}

const instantOf = ({ moment, here }: Room, { at }: TimerOptions): InstantMs =>
  at === undefined ? here.now : moment('--at', at);

/** The first name of this person and instant that nobody has used. */
const freeName = async ({ workspace }: Room, who: ActorId, at: InstantMs): Promise<SubjectId> => {
  for (let number = 0; ; number += 1) {
    const subject = timerNamed(who, at, number);
    if ((await historyOf(workspace.log, subject)).length === 0) return subject;
  }
};

const starting = async (room: Room, about: string | undefined, options: TimerOptions): Promise<Sentence> => {
  const [who, at] = [readPerson('--who', options.who), instantOf(room, options)];
  const data = { actor: who, ...readAttributes(about, options.attribute) };
  return startTimer(await freeName(room, who, at), at, data, room.here);
};

const start = (context: Context, about: string | undefined, options: TimerOptions): Promise<void> =>
  withNewRoom(context, options, async (room) => {
    refuseUntimed(room, 'timer', 'timers');
    const who = readPerson('--who', options.who);
    const running = (await timersOf(room, who)).find(isRunning);
    if (running && !options.parallel)
      throw new InputError(
        `${who} has a timer running, ${timerText(running, room)}: stop it and go on with tickmark timer switch, or let both run with --parallel`,
      );
    const sentence = await starting(room, about, options);
    const since = room.here.local(instantOf(room, options));
    await speak(room, [sentence], options, () => `${who}'s timer runs since ${since}: ${sentence.subject}`);
  });

const lengthOf = async ({ workspace }: Room, subject: SubjectId): Promise<string> => {
  const state = timerState(await historyOf(workspace.log, subject));
  return hoursMinutesSeconds(state.status === 'stopped' ? elapsed(state.since, state.until) : NO_TIME);
};

const stop = (context: Context, name: string | undefined, options: TimerOptions): Promise<void> =>
  withRoom(context, options, async (room) => {
    const who = readPerson('--who', options.who);
    const subject = await timerMeant(room, who, name, options.at !== undefined);
    const at = instantOf(room, options);
    const sentence = stopTimer(subject, at, { actor: who, ...reasonOf(options.reason) }, room.here);
    await speak(
      room,
      [sentence],
      options,
      async ({ records }) =>
        `${who}'s timer stopped at ${room.here.local(at)} after ${await lengthOf(room, subject)}: ${records.length > 0 ? idsOf(records) : subject}`,
    );
  });

const switchOver = (context: Context, about: string | undefined, options: TimerOptions): Promise<void> =>
  withRoom(context, options, async (room) => {
    refuseUntimed(room, 'timer', 'timers');
    const who = readPerson('--who', options.who);
    const former = await timerMeant(room, who, undefined, options.at !== undefined);
    const at = instantOf(room, options);
    const next = await starting(room, about, options);
    await speak(
      room,
      [stopTimer(former, at, { actor: who }, room.here), next],
      options,
      async () =>
        `${who}'s timer ${former} stopped after ${await lengthOf(room, former)}, and the next runs since ${room.here.local(at)}: ${next.subject}`,
    );
  });

const list = (context: Context, options: SpeakingOptions & { readonly who?: string }): Promise<void> =>
  withRoom(context, options, async (room) => {
    const who = options.who === undefined ? undefined : readPerson('--who', options.who);
    const timers = await timersOf(room, who);
    const { out, talk } = context.terminal;
    if (options.json) for (const timer of timers) out(JSON.stringify(timer));
    else if (timers.length === 0) talk('No timer is running.');
    else out(openTimersTable(timers, room.here.now, room.here.local, context.terminal));
  });

const WHO = ['--who <person>', 'whose time it is'] as const;
const AT = ['--at <time>', 'when: 10:03 today, 2026-11-09T10:03, or with its offset (default: now)'] as const;
const ATTRIBUTE = [
  '--attribute <name=value>',
  'what else it is known by, for instance customer=42; may be repeated',
  gather,
] as const;

const startCommand = (context: Context): Command =>
  speakingFlags(
    new Command('start')
      .description('Starts a timer. One runs for each person, unless --parallel says otherwise.')
      .argument('[about]', 'what it is about, kept as the attribute `about`')
      .requiredOption(...WHO)
      .option(...AT)
      .option(...ATTRIBUTE)
      .option('--parallel', 'although another timer of the person is running'),
  )
    .addHelpText(
      'after',
      "\nExamples:\n  $ tickmark timer start 'Offer for Smith' --who ANNA\n  $ tickmark timer start --who ANNA --at 09:15 --attribute customer=42",
    )
    .action((about: string | undefined, options: TimerOptions) => start(context, about, options));

const stopCommand = (context: Context): Command =>
  speakingFlags(
    new Command('stop')
      .description(
        'Stops the timer of a person. One that was forgotten, so that its rule ended it, is stopped only with the time at which it really ended.',
      )
      .argument('[timer]', 'which, where several are running: its id, as `tickmark timer ls` prints it')
      .requiredOption(...WHO)
      .option(...AT)
      .option('--reason <text>', 'why it ended'),
  )
    .addHelpText(
      'after',
      '\nExamples:\n  $ tickmark timer stop --who ANNA\n  $ tickmark timer stop timer-3fa1c2d9a0b1 --who ANNA --at 2026-11-09T17:30',
    )
    .action((name: string | undefined, options: TimerOptions) => stop(context, name, options));

const switchCommand = (context: Context): Command =>
  speakingFlags(
    new Command('switch')
      .description('Stops the timer that runs and starts the next in the same instant.')
      .argument('[about]', 'what the next is about')
      .requiredOption(...WHO)
      .option(...AT)
      .option(...ATTRIBUTE),
  )
    .addHelpText('after', "\nExample:\n  $ tickmark timer switch 'Call back Miller' --who ANNA")
    .action((about: string | undefined, options: TimerOptions) => switchOver(context, about, options));

const lsCommand = (context: Context): Command =>
  new Command('ls')
    .description(
      'The timers that nobody has stopped, and which of them were forgotten: their rule has ended those.',
    )
    .option('--who <person>', 'only of this person')
    .option('--json', 'one JSON object a line')
    .option(...DATA_FLAG)
    .addHelpText('after', '\nExamples:\n  $ tickmark timer ls\n  $ tickmark timer ls --who ANNA --json')
    .action((options: SpeakingOptions & { readonly who?: string }) => list(context, options));

export const timerCommand = (context: Context): Command =>
  new Command('timer')
    .summary('start and stop time by hand')
    .description('Time that a person starts and stops. It is declared, never observed, and marked as such.')
    .addCommand(startCommand(context))
    .addCommand(stopCommand(context))
    .addCommand(switchCommand(context))
    .addCommand(lsCommand(context))
    .addHelpText(
      'after',
      "\nExamples:\n  $ tickmark timer start 'Offer for Smith' --who ANNA\n  $ tickmark timer switch 'Call back Miller' --who ANNA\n  $ tickmark timer stop --who ANNA",
    );
