/** tickmark why-not: why a subject is not timed. */
import { Command } from 'commander';
import { type WhyNot, whyNot } from '../../../engine/index.ts';
import type { SubjectId } from '../../../schemas/brand.ts';
import { kindOfSubject } from '../../../schemas/event.ts';
import { didYouMean } from '../../../schemas/nearest.ts';
import { InputError } from '../../input-error.ts';
import { type Answering, type Context, type DataOption, withAnswers } from '../context.ts';
import { DATA_FLAG } from '../flags.ts';
import { readSubject } from '../person-flags.ts';
import { paint } from '../render/paint.ts';

interface WhyNotOptions extends DataOption {
  readonly rule?: string;
  readonly json?: boolean;
}

const checkRule = ({ ruling: { plan } }: Answering, rule: string | undefined): void => {
  if (rule === undefined || plan.rulesByName.has(rule)) return;
  throw new InputError(`no rule is called "${rule}"${didYouMean(rule, [...plan.rulesByName.keys()])}`);
};

const answersOf = async (
  { workspace, ruling: { plan } }: Answering,
  subject: SubjectId,
  rule: string | undefined,
): Promise<readonly WhyNot[]> => {
  const facts = (await workspace.log.readStream(subject)).map(({ event }) => event);
  const records = await workspace.answers.records({ subject });
  if (facts.length === 0 && records.length === 0)
    throw new InputError(`the log has no fact of ${subject}: it was never told of it (or by another name)`);
  return whyNot({ plan, subject, facts, records }, rule);
};

const lineOf = (one: WhyNot, color: boolean): string => {
  const rule = paint(one.rule, 'bold', color);
  if (one.timed) return `${rule}: ${one.says}`;
  const failing = one.failing === undefined ? '' : `: ${one.failing}`;
  return `${rule}: ${paint(`${one.clause}${failing}`, 'yellow', color)}\n  ${one.says}`;
};

const noRule = ({ ruling: { plan, lens } }: Answering, subject: SubjectId): string =>
  `no rule of ${lens.ruleSet}@${lens.version} times a ${kindOfSubject(subject)}; it times: ${[...plan.rulesByKind.keys()].join(', ')}`;

const run = (context: Context, text: string, options: WhyNotOptions): Promise<void> => {
  const subject = readSubject(text);
  return withAnswers(context, options, async (answering) => {
    checkRule(answering, options.rule);
    const answers = await answersOf(answering, subject, options.rule);
    const { terminal } = context;
    if (options.json) terminal.out(JSON.stringify({ subject, rules: answers }));
    else if (answers.length === 0) terminal.out(noRule(answering, subject));
    else terminal.out(answers.map((one) => lineOf(one, terminal.color)).join('\n'));
  });
};

export const whyNotCommand = (context: Context): Command =>
  new Command('why-not')
    .summary('why a subject is not timed')
    .description(
      'For each rule that could time the subject: the first clause that fails, with what is the case and what would have to be; ' +
        'or the records that there are.',
    )
    .argument('<subject>', 'for instance ticket-4711')
    .option('--rule <name>', 'only this rule')
    .option('--json', 'as JSON')
    .option(...DATA_FLAG)
    .addHelpText(
      'after',
      '\nExamples:\n  $ tickmark why-not ticket-4711\n  $ tickmark why-not ticket-4711 --rule ticket.work --json',
    )
    .action((subject: string, options: WhyNotOptions) => run(context, subject, options));
