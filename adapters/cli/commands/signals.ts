/** tickmark signals: messages as they come in. */
import { Command } from 'commander';
import type { Context } from '../context.ts';
import { tryCommand } from './signals-try.ts';

export const signalsCommand = (context: Context): Command =>
  new Command('signals')
    .summary('what messages would mean')
    .description('Messages of other systems, looked at before they are taken in.')
    .addCommand(tryCommand(context))
    .addHelpText(
      'after',
      '\nExample:\n  $ tickmark signals try examples/webhook/mapping.yaml examples/webhook/message.json',
    );
