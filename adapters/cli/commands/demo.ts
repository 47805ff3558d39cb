/** tickmark demo: one invented week through the real corridor, and the report that comes out. */
import { Command } from 'commander';
import { buildReport } from '../../../projections/index.ts';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../../input-error.ts';
import { byName } from '../../dialect-of.ts';
import { NO_COUNTS, addCounts, openIntake } from '../../intake.ts';
import { applyRules } from '../../live.ts';
import { readRules } from '../../rule-file.ts';
import type { Workspace } from '../../workspace.ts';
import { type Context, STANDARD_RULES, bringUpWithProgress, withWorkspace } from '../context.ts';
import { readWholeNumber } from '../flags.ts';
import { grouped } from '../render/figures.ts';
import { renderWeek } from '../render/week-report.ts';

const BATCH = 200;

const deliver = async (context: Context, { log, deadLetters }: Workspace, seed: number) => {
  const { doors, terminal } = context;
  const intake = openIntake({ log, deadLetters, dialectOf: byName(doors.tickmark) });
  const signals = doors.demoWeek(seed);
  const progress = terminal.progress('a week of signals');
  let counts = NO_COUNTS;
  for (let at = 0; at < signals.length; at += BATCH) {
    counts = addCounts(counts, await intake.take(signals.slice(at, at + BATCH)));
    progress.update(counts.signals, signals.length, { events: counts.appended });
  }
  progress.end({
    signals: counts.signals,
    events: counts.appended,
    duplicates: counts.duplicates,
    'dead letters': counts.rejected,
  });
  return counts;
};

/** Invented people must never get into a log of real ones: it has no way to take them out again. */
const refuseRealData = async ({ doors }: Context, { log }: Workspace, data: string): Promise<void> => {
  const invented = new Set(doors.demoWeek(1).map(({ signal }) => signal.source));
  for await (const page of log.readAll(0))
    for (const { event } of page)
      if (event.source !== 'tickmark' && !invented.has(event.source))
        throw new InputError(`${data} holds other signals than the demo's; name a new folder with --data`);
};

interface DemoOptions {
  readonly data?: string;
  readonly seed: string;
}

const run = async (context: Context, options: DemoOptions): Promise<void> => {
  const seed = readWholeNumber('--seed', options.seed);
  const data = options.data ?? (await mkdtemp(join(tmpdir(), 'tickmark-demo-')));
  await withWorkspace(context, { data }, async (workspace) => {
    const ruling = await readRules(STANDARD_RULES);
    await refuseRealData(context, workspace, data);
    await applyRules(workspace, ruling, context.now());
    const counts = await deliver(context, workspace, seed);
    await bringUpWithProgress(context, workspace, ruling);
    const week = (await workspace.answers.weeks()).at(-1);
    if (week === undefined) throw new Error('the demo week came out empty');
    const question = { report: 'week', measure: 'work', week } as const;
    const [report, byKind] = await Promise.all([
      buildReport(workspace.answers, ruling.plan, { ...question, by: ['team', 'agent'] }),
      buildReport(workspace.answers, ruling.plan, { ...question, by: ['kind'] }),
    ]);
    const { color, width, out, talk } = context.terminal;
    out(renderWeek({ report, byKind, width, color }));
    const inferred = (await workspace.answers.records({ status: 'closed', kind: 'visit' })).find(
      ({ gradesMs }) => gradesMs.inferred > 0,
    );
    talk(
      [
        '',
        `${grouped(counts.signals)} signals: ${grouped(counts.appended)} facts, ${grouped(counts.duplicates)} delivered twice and counted once, ${counts.rejected} not understood and kept.`,
        '',
        `How do we know? One check-out was forgotten; see what was made of it:`,
        `  npx tickmark explain '${inferred?.id ?? ''}' --data ${data}`,
        'More:',
        `  npx tickmark records --data ${data}`,
        `  npx tickmark deadletters ls --data ${data}`,
        `  npx tickmark verify --data ${data}`,
      ].join('\n'),
    );
  });
};

export const demoCommand = (context: Context): Command =>
  new Command('demo')
    .summary('an invented week, from signals to the weekly report')
    .description(
      'Invents one week of twelve people in three teams, sends its signals through the same corridor as real ones, and prints the report.',
    )
    .option('--seed <n>', 'another number, another week', '46')
    .option('--data <folder>', 'where to keep it (default: a new folder for temporary files)')
    .addHelpText('after', '\nExample:\n  $ tickmark demo --seed 7')
    .action((options: DemoOptions) => run(context, options));
