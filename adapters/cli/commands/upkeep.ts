/** tickmark rebuild and verify: the answers made again from the log, and compared with the live ones. */
import { Command } from 'commander';
import { firstDifference } from '../../../projections/index.ts';
import { deriveAnew, rebuildAnswers } from '../../live.ts';
import { type Context, type DataOption, withAnswers } from '../context.ts';
import { DATA_FLAG } from '../flags.ts';
import { grouped } from '../render/figures.ts';

export const rebuildCommand = (context: Context): Command =>
  new Command('rebuild')
    .summary('make the answers again from the first event')
    .description(
      'Derives the answers from position 0 and puts them in the place of the old ones. The log is only read.',
    )
    .option(...DATA_FLAG)
    .addHelpText('after', '\nExample:\n  $ tickmark rebuild')
    .action((options: DataOption) =>
      withAnswers(context, options, async ({ workspace, ruling, state: before }) => {
        const progress = context.terminal.progress('rebuilding');
        const { events } = await rebuildAnswers(workspace, ruling, (done) =>
          progress.update(done, before.position),
        );
        progress.end({ events });
        context.terminal.out(`Rebuilt from ${grouped(events)} events.`);
      }),
    );

export const verifyCommand = (context: Context): Command =>
  new Command('verify')
    .summary('prove that the live answers are what the log says')
    .description(
      'Derives everything again beside the live answers, compares row by row, and checks the files for damage.\n' +
        'Exit code 3 and the first difference when they are not identical.',
    )
    .option(...DATA_FLAG)
    .addHelpText('after', '\nExample:\n  $ tickmark verify')
    .action((options: DataOption) =>
      withAnswers(context, options, async ({ workspace, ruling, state }) => {
        const damage = await workspace.integrity();
        for (const line of damage) context.terminal.out(`damaged: ${line}`);
        const beside = await workspace.beside();
        const progress = context.terminal.progress('rebuilding beside');
        try {
          const { events } = await deriveAnew(workspace, ruling, beside, (done) =>
            progress.update(done, state.position),
          );
          progress.end({ events });
          const first = await firstDifference(workspace.answers, beside);
          if (first) {
            const { table, difference } = first;
            context.terminal.out(`Different: ${table} ${difference.key} ${difference.status}`);
            context.terminal.out(JSON.stringify(difference, undefined, 2));
          } else if (damage.length === 0)
            context.terminal.out(
              `Identical: the live answers are what ${grouped(events)} events say under ${ruling.lens.ruleSet}@${ruling.lens.version}.`,
            );
          if (first || damage.length > 0) context.exit(3);
        } finally {
          await beside.close();
        }
      }),
    );
