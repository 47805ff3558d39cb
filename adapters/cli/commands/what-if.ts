/** tickmark what-if: the same log under other rules, beside the live answers. */
import { Command } from 'commander';
import { comparePersonWeeks, compareRecords } from '../../../projections/index.ts';
import type { Difference } from '../../../projections/index.ts';
import type { ReadModels } from '../../../projections/ports.ts';
import { type DurationMs, type IsoWeek, NO_TIME, durationMs, minus } from '../../../schemas/brand.ts';
import type { TimeRecord } from '../../../schemas/record.ts';
import type { PersonWeek } from '../../../schemas/report.ts';
import { deriveAnew } from '../../live.ts';
import { readRules } from '../../rule-file.ts';
import { type Context, type DataOption, withAnswers } from '../context.ts';
import { boundsOfWeek } from '../../questions/period.ts';
import { DATA_FLAG, readWeek, readWholeNumber } from '../flags.ts';
import { type Changes, renderChanges } from '../render/changes.ts';

interface WhatIfOptions extends DataOption {
  readonly rules: string;
  readonly week?: string;
  readonly limit: string;
  readonly json?: boolean;
}

const sides = <Row>(
  difference: Difference<Row>,
): { readonly before: Row | undefined; readonly after: Row | undefined } => ({
  before: difference.status === 'appeared' ? undefined : difference.before,
  after: difference.status === 'vanished' ? undefined : difference.after,
});

const weekChanges = async (
  live: ReadModels,
  beside: ReadModels,
  week: IsoWeek | undefined,
): Promise<Changes['weeks']> => {
  const changes: Changes['weeks'][number][] = [];
  for await (const difference of comparePersonWeeks(live, beside)) {
    const { before, after } = sides<PersonWeek>(difference);
    const any = after ?? before;
    if (!any || (week !== undefined && any.week !== week)) continue;
    changes.push({
      week: any.week,
      actor: any.actor,
      measure: any.measure,
      status: difference.status,
      beforeMs: before?.all.tally.sumMs ?? NO_TIME,
      afterMs: after?.all.tally.sumMs ?? NO_TIME,
      roundedBeforeMs: before?.all.tally.roundedMs ?? NO_TIME,
      roundedAfterMs: after?.all.tally.roundedMs ?? NO_TIME,
    });
  }
  return changes;
};

/** Another cap on an end that has come or been inferred otherwise changes no second. */
const sameWork = (before: TimeRecord, after: TimeRecord): boolean =>
  before.status === after.status &&
  JSON.stringify({ ...before, tail: null }) === JSON.stringify({ ...after, tail: null });

/** Records of which something but the derivation's own bookkeeping differs; at most `limit` are kept. */
const recordChanges = async (
  live: ReadModels,
  beside: ReadModels,
  touches: (record: TimeRecord) => boolean,
  limit: number,
): Promise<Pick<Changes, 'records' | 'recordCounts' | 'recordDeltaMs'>> => {
  const records: Changes['records'][number][] = [];
  const recordCounts = { appeared: 0, vanished: 0, changed: 0 };
  let delta = 0;
  for await (const difference of compareRecords(live, beside)) {
    const { before, after } = sides(difference);
    const any = after ?? before;
    if (!any || !((before && touches(before)) || (after && touches(after)))) continue;
    if (before && after && sameWork(before, after)) continue;
    const beforeMs: DurationMs = before?.countedMs ?? NO_TIME;
    const afterMs: DurationMs = after?.countedMs ?? NO_TIME;
    recordCounts[difference.status] += 1;
    delta += minus(afterMs, beforeMs);
    if (records.length < limit)
      records.push({
        id: any.id,
        actor: any.actor,
        rule: any.rule,
        status: difference.status,
        beforeMs,
        afterMs,
      });
  }
  return { records, recordCounts, recordDeltaMs: durationMs(delta) };
};

const touching = (week: IsoWeek | undefined, zone: string): ((record: TimeRecord) => boolean) => {
  if (week === undefined) return () => true;
  const { fromMs, toMs } = boundsOfWeek(week, zone);
  return (record) => record.fromMs < toMs && (record.toMs > fromMs || record.fromMs >= fromMs);
};

const run = async (context: Context, options: WhatIfOptions): Promise<void> => {
  const candidate = await readRules(options.rules);
  await withAnswers(context, options, async ({ workspace, ruling: live, state }) => {
    const week = options.week === undefined || options.week === 'all' ? undefined : readWeek(options.week);
    const beside = await workspace.beside();
    const progress = context.terminal.progress('deriving beside');
    try {
      const { events } = await deriveAnew(workspace, candidate, beside, (done) =>
        progress.update(done, state.position),
      );
      progress.end({ events });
      const changes: Changes = {
        live: `${live.lens.ruleSet}@${live.lens.version}`,
        candidate: `${candidate.lens.ruleSet}@${candidate.lens.version}`,
        weeks: await weekChanges(workspace.answers, beside, week),
        ...(await recordChanges(
          workspace.answers,
          beside,
          touching(week, live.plan.ruleSet.zone),
          readWholeNumber('--limit', options.limit),
        )),
      };
      const { color, width, out, talk } = context.terminal;
      out(options.json ? JSON.stringify(changes) : renderChanges(changes, { color, width }));
      talk(`Nothing live has changed. To move the live answers: tickmark rules apply ${options.rules}`);
    } finally {
      await beside.close();
    }
  });
};

export const whatIfCommand = (context: Context): Command =>
  new Command('what-if')
    .summary('what another rule set would change')
    .description(
      'Derives the whole log under another rule set beside the live answers and prints the person-weeks and the records that differ.\n' +
        'Nothing live changes.',
    )
    .requiredOption('-r, --rules <file>', 'the rule set to try (YAML)')
    .option('--week <week>', 'only what concerns this ISO week')
    .option('--limit <n>', 'list at most this many records', '20')
    .option('--json', 'print the differences as JSON')
    .option(...DATA_FLAG)
    .addHelpText('after', '\nExample:\n  $ tickmark what-if --rules my-rules.yaml --week 2026-W46')
    .action((options: WhatIfOptions) => run(context, options));
