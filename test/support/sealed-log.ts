/** A log in memory with its answers and its seals: facts come in, weeks are sealed, reports are asked for. */
import { memoryEventLog, memoryReadModels } from '../../adapters/stores/memory/index.ts';
import { sealWeek } from '../../adapters/seal.ts';
import type { Plan } from '../../engine/index.ts';
import { mondayOfWeek } from '../../engine/index.ts';
import {
  type ReportQuestion,
  type Seals,
  type Timesheet,
  buildReport,
  catchUp,
  readSeals,
} from '../../projections/index.ts';
import type { EventLog, Lens, ProjectionState, ReadModels } from '../../projections/ports.ts';
import { type IsoWeek, actorId, isoWeek } from '../../schemas/brand.ts';
import type { TickmarkEvent } from '../../schemas/event.ts';
import type { Report } from '../../schemas/report.ts';

const lensOf = ({ ruleSet: { ruleSet, version } }: Plan, digit: string): Lens => ({
  ruleSet,
  version,
  ruleSetHash: digit.repeat(64),
  engine: 1,
  projection: 1,
  tzdata: 'scenario',
});

export interface SealedLog {
  readonly log: EventLog;
  readonly rows: ReadModels;
  learn(facts: readonly TickmarkEvent[]): Promise<void>;
  seal(week: string): Promise<readonly Timesheet[]>;
  seals(): Promise<Seals>;
  report(week: string | undefined, by?: readonly string[], measure?: string): Promise<Report>;
  /** What the log says today, of sealed weeks too. */
  live(week: string | undefined, by?: readonly string[], measure?: string): Promise<Report>;
}

/** `under` may be another plan at any time: then everything is derived anew. */
export const sealedLog = async (plan: Plan, under: () => Plan = () => plan): Promise<SealedLog> => {
  const [log, rows] = [await memoryEventLog(), await memoryReadModels()];
  const ruling = () => ({ plan: under(), lens: lensOf(under(), under() === plan ? '0' : '1') });
  const bringUp = (): Promise<ProjectionState> => catchUp({ ...ruling(), log, rows });
  const question = (week: string | undefined, by: readonly string[], measure: string): ReportQuestion => ({
    report: 'week',
    measure,
    by,
    ...(week === undefined ? {} : { week: isoWeek(week) }),
  });
  return {
    log,
    rows,
    learn: async (facts) => {
      await log.append(
        facts.map((event) => ({ stream: event.subject, expected: { at: 'any' }, events: [event] })),
      );
      await bringUp();
    },
    seal: async (name) => {
      const week: IsoWeek = isoWeek(name);
      const endMs = plan.zone.startOfDay(mondayOfWeek(week) + 7);
      return sealWeek(
        {
          log,
          rows,
          ruling: ruling(),
          state: await bringUp(),
          seals: await readSeals(log),
        },
        { week, by: actorId('MARIA'), now: endMs, endMs },
      );
    },
    seals: () => readSeals(log),
    report: async (week, by = ['agent'], measure = 'work') => {
      await bringUp();
      return buildReport(rows, under(), question(week, by, measure), await readSeals(log));
    },
    live: async (week, by = ['agent'], measure = 'work') => {
      await bringUp();
      return buildReport(rows, under(), question(week, by, measure));
    },
  };
};
