/** tickmark explain: how a figure is known. */
import { Command } from 'commander';
import { recordId, subjectId } from '../../../schemas/brand.ts';
import type { TimeRecord } from '../../../schemas/record.ts';
import { InputError } from '../../input-error.ts';
import { type Answering, type Context, type DataOption, withAnswers } from '../context.ts';
import { DATA_FLAG } from '../flags.ts';
import { kindOfSubject } from '../../../schemas/event.ts';
import { attributedTime } from '../attributed.ts';
import { evidenceOf } from '../../questions/evidence.ts';
import { localTime } from '../local-time.ts';
import { factsTable } from '../render/facts.ts';
import { renderRecord } from '../render/record.ts';

/** The record meant by an id, or the records of a subject. */
const recordsMeant = async ({ workspace }: Answering, text: string): Promise<readonly TimeRecord[]> => {
  const exact = await workspace.answers.record(recordId(text));
  return exact ? [exact] : workspace.answers.records({ subject: subjectId(text), limit: 20 });
};

/** A subject without a record: a person's exemptions, or what no rule times. */
const explainFacts = async (
  { terminal }: Context,
  { workspace, ruling }: Answering,
  id: string,
  json: boolean,
): Promise<void> => {
  const events = await workspace.log.readStream(id);
  if (events.length === 0)
    throw new InputError(
      `no record and no subject with facts is called "${id}"; list them: tickmark records`,
    );
  if (json) return terminal.out(JSON.stringify({ events }));
  terminal.out(factsTable(events, localTime(ruling.plan.ruleSet.zone), terminal));
  if (ruling.plan.rulesByKind.has(kindOfSubject(subjectId(id))))
    terminal.talk(`No record comes of these facts. Why: tickmark why-not ${id}`);
};

export const explainCommand = (context: Context): Command =>
  new Command('explain')
    .summary('how a figure is known')
    .description(
      'The time line of one record: which signals, which clause of which rule, what was subtracted, and the grade of every second.',
    )
    .argument('<record>', 'a record id as `tickmark records` prints it, or a subject such as call-4711')
    .option('--json', 'print the record and its events as JSON')
    .option(...DATA_FLAG)
    .addHelpText(
      'after',
      "\nExample:\n  $ tickmark explain 'call-4711/call.talk#1@DORIT'\n  $ tickmark explain call-4711",
    )
    .action((id: string, options: DataOption & { readonly json?: boolean }) =>
      withAnswers(context, options, async (answering) => {
        const records = await recordsMeant(answering, id);
        if (records.length === 0) return explainFacts(context, answering, id, options.json === true);
        const { zone } = answering.ruling.plan.ruleSet;
        const { color, width, out } = context.terminal;
        for (const record of records) {
          const { plan } = answering.ruling;
          const { log, answers } = answering.workspace;
          const evidence = await evidenceOf({ log, rows: answers, plan }, record);
          const attributed = await attributedTime(answers, plan, record);
          const look = { zone, localTime: localTime(zone), color, width };
          out(
            options.json
              ? JSON.stringify({ record, events: evidence.events })
              : renderRecord({ record, ...evidence, attributed, ...look }),
          );
        }
      }),
    );
