/** tickmark exemption: time that is asked to be left out, and what became of the request. */
import { exemptionsOf } from '../../../engine/index.ts';
import { Command } from 'commander';
import type { ActorId } from '../../../schemas/brand.ts';
import type { TickmarkEvent } from '../../../schemas/event.ts';
import { InputError } from '../../input-error.ts';
import {
  type Decision,
  type Exemption,
  decideExemption,
  personOfExemption,
  requestExemption,
  streamOfPerson,
} from '../../words/exemption.ts';
import { historyOf } from '../../words/say.ts';
import type { Context } from '../context.ts';
import { DATA_FLAG } from '../flags.ts';
import { noteOf, readPerson } from '../person-flags.ts';
import { exemptionsTable } from '../render/exemptions.ts';
import {
  type Room,
  type SpeakingOptions,
  known,
  speak,
  speakingFlags,
  withNewRoom,
  withRoom,
} from '../room.ts';

interface RequestOptions extends SpeakingOptions {
  readonly who: string;
  readonly category: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

const exemptionIdOf = (events: readonly TickmarkEvent[]): string => {
  const data = events.at(-1)?.data;
  return data && 'exemption' in data ? data.exemption : '';
};

const whatOf = (
  { category, fromMs, toMs }: Pick<Exemption, 'category' | 'fromMs' | 'toMs'>,
  { here }: Room,
) => `${category} time from ${here.local(fromMs)} to ${here.local(toMs)}`;

/** A grant that no rule asks for moves nothing. */
const tellUnused = ({ context, ruling: { plan, lens } }: Room, category: string): void => {
  const rules = [...plan.rulesByName.values()];
  if (rules.some(({ exempt }) => exempt?.granted.includes(category))) return;
  context.terminal.talk(
    `No rule of ${lens.ruleSet}@${lens.version} leaves out granted ${category} time; one that does says exempt: { granted: ${category} }`,
  );
};

const request = (context: Context, options: RequestOptions): Promise<void> =>
  withNewRoom(context, options, async (room) => {
    const actor = readPerson('--who', options.who);
    const [fromMs, toMs] = [room.moment('--from', options.from), room.moment('--to', options.to)];
    const { category, reason } = options;
    const wish = { actor, category, fromMs, toMs, reason };
    await speak(room, [requestExemption(wish, room.here)], options, (told) =>
      known(told, `${actor} asks that ${whatOf(wish, room)} be left out: ${exemptionIdOf(told.events)}`),
    );
    tellUnused(room, category);
  });

interface DecisionOptions extends SpeakingOptions {
  readonly by?: string;
  readonly who?: string;
  readonly note?: string;
}

const whoseOf = (id: string, { who }: DecisionOptions): ActorId => {
  const person = who === undefined ? personOfExemption(id) : readPerson('--who', who);
  if (person !== undefined) return person;
  throw new InputError(`"${id}" does not name its person: add --who, or list the ids: tickmark exemption ls`);
};

const SENTENCES = {
  grant: (id: string, what: string, by: string) => `${by} granted ${id}: ${what} is left out`,
  refuse: (id: string, what: string, by: string) => `${by} refused ${id}: ${what} counts as before`,
  withdraw: (id: string, what: string) => `${id} is withdrawn: ${what} counts as before`,
} as const;

const decide = (context: Context, id: string, options: DecisionOptions, decision: Decision): Promise<void> =>
  withRoom(context, options, async (room) => {
    const who = whoseOf(id, options);
    await speak(room, [decideExemption(who, id, decision, room.here)], options, async (told) => {
      const all = exemptionsOf(await historyOf(room.workspace.log, streamOfPerson(who)));
      const exemption = all.find((one) => one.id === id);
      const what = exemption ? whatOf(exemption, room) : 'it';
      return known(told, SENTENCES[decision.verb](id, what, 'by' in decision ? decision.by : who));
    });
  });

/** Every person's stream, found by reading the log: who asks need not have any time yet. */
const everyExemption = async ({ workspace, context }: Room): Promise<readonly Exemption[]> => {
  const events: TickmarkEvent[] = [];
  const progress = context.terminal.progress('reading the log');
  let read = 0;
  for await (const page of workspace.log.readAll(0)) {
    for (const { event } of page) if (event.type.startsWith('Exemption')) events.push(event);
    read += page.length;
    progress.update(read, 0);
  }
  progress.end({ events: read });
  return [...Map.groupBy(events, ({ subject }) => subject)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, own]) => exemptionsOf(own));
};

const list = (context: Context, options: SpeakingOptions & { readonly who?: string }): Promise<void> =>
  withRoom(context, options, async (room) => {
    const exemptions =
      options.who === undefined
        ? await everyExemption(room)
        : exemptionsOf(await historyOf(room.workspace.log, streamOfPerson(readPerson('--who', options.who))));
    const { out, talk } = context.terminal;
    if (options.json) for (const exemption of exemptions) out(JSON.stringify(exemption));
    else if (exemptions.length === 0) talk('Nobody has asked for an exemption.');
    else out(exemptionsTable(exemptions, room.here.local, context.terminal));
  });

const requestCommand = (context: Context): Command =>
  speakingFlags(
    new Command('request')
      .description(
        'Asks that time of a category be left out of a person’s figures. It is shown and does not count.',
      )
      .requiredOption('--who <person>', 'whose time it is')
      .requiredOption('--category <name>', 'what for; rules name it: exempt: { granted: meeting }')
      .requiredOption('--from <time>', '10:03 today, 2026-11-09T10:03, or with its offset')
      .requiredOption('--to <time>', 'the end, which is not part of it')
      .requiredOption('--reason <text>', 'why'),
  )
    .addHelpText(
      'after',
      "\nExample:\n  $ tickmark exemption request --who ANNA --category meeting --from 2026-11-09T00:00 --to 2026-11-16T00:00 --reason 'works council'",
    )
    .action((options: RequestOptions) => request(context, options));

const decisionCommand = (context: Context, verb: Decision['verb'], says: string): Command => {
  const command = new Command(verb)
    .description(says)
    .argument('<id>', 'as `tickmark exemption ls` prints it: ANNA-1')
    .option('--who <person>', 'whose it is, where the id does not say so')
    .option('--note <text>', 'why');
  if (verb !== 'withdraw') command.requiredOption('--by <person>', 'who says so; not the person themselves');
  const by = verb === 'withdraw' ? '' : ' --by BOSS';
  return speakingFlags(command)
    .addHelpText('after', `\nExample:\n  $ tickmark exemption ${verb} ANNA-1${by}`)
    .action((id: string, options: DecisionOptions) => {
      const note = noteOf(options.note);
      const decision: Decision =
        verb === 'withdraw' ? { verb, ...note } : { verb, by: readPerson('--by', options.by ?? ''), ...note };
      return decide(context, id, options, decision);
    });
};

const lsCommand = (context: Context): Command =>
  new Command('ls')
    .description('The exemptions that were asked for, and what became of them.')
    .option('--who <person>', 'only of this person; without it the whole log is read')
    .option('--json', 'one JSON object a line')
    .option(...DATA_FLAG)
    .addHelpText(
      'after',
      '\nExamples:\n  $ tickmark exemption ls\n  $ tickmark exemption ls --who ANNA --json',
    )
    .action((options: SpeakingOptions & { readonly who?: string }) => list(context, options));

export const exemptionCommand = (context: Context): Command =>
  new Command('exemption')
    .summary('ask that time be left out, and decide on it')
    .description('Exemptions: asked for by a person, granted or refused by another, withdrawn again.')
    .addCommand(requestCommand(context))
    .addCommand(decisionCommand(context, 'grant', 'Grants it: time of its category is left out.'))
    .addCommand(decisionCommand(context, 'refuse', 'Refuses it. A refusal stands; it can be asked for anew.'))
    .addCommand(decisionCommand(context, 'withdraw', 'Takes it back, asked for or granted.'))
    .addCommand(lsCommand(context))
    .addHelpText(
      'after',
      '\nExamples:\n  $ tickmark exemption ls\n  $ tickmark exemption grant ANNA-1 --by BOSS',
    );
