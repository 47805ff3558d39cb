/** The seals: weeks that were closed, each with the timesheets that were issued for it. They stand in the log. */
import { type ActorId, type InstantMs, type IsoWeek, type SubjectId, subjectId } from '../schemas/brand.ts';
import type { TickmarkEvent } from '../schemas/event.ts';
import type { Adjustment, PersonDay } from '../schemas/report.ts';
import type { EventLog } from './ports.ts';

/** One stream says which weeks are sealed; the sheets of each week stand in a stream of their own. */
export const SEALS_STREAM: SubjectId = subjectId('seal-weeks');
export const sheetsStream = (week: IsoWeek): SubjectId => subjectId(`seal-${week}`);

type WeekSealed = Extract<TickmarkEvent, { readonly type: 'WeekSealed' }>;

/** What was issued for one person. */
export interface Timesheet {
  readonly actor: ActorId;
  readonly days: readonly PersonDay[];
  readonly adjustments: readonly Adjustment[];
}

export interface Seal {
  readonly said: WeekSealed['data'];
  readonly atMs: InstantMs;
  readonly sheets: readonly Timesheet[];
}

/** In the order in which the weeks were sealed. */
export type Seals = ReadonlyMap<IsoWeek, Seal>;
export const NO_SEALS: Seals = new Map();

type SealLog = Pick<EventLog, 'readStream'>;

/** Sheets that were written for a seal which then never came are passed over. */
const sheetsOf = async (
  log: SealLog,
  { week, seal, timesheets }: WeekSealed['data'],
): Promise<readonly Timesheet[]> => {
  const sheets = (await log.readStream(sheetsStream(week))).flatMap(({ event }) =>
    event.type === 'TimesheetSealed' && event.data.seal === seal ? [event.data] : [],
  );
  if (sheets.length !== timesheets)
    throw new Error(`the seal of ${week} is of ${timesheets} timesheets and the log holds ${sheets.length}`);
  return sheets;
};

/** A week is sealed once; a second word on it would change what was issued. */
export const readSeals = async (log: SealLog): Promise<Seals> => {
  const seals = new Map<IsoWeek, Seal>();
  for (const { event } of await log.readStream(SEALS_STREAM)) {
    if (event.type !== 'WeekSealed' || seals.has(event.data.week)) continue;
    const sheets = await sheetsOf(log, event.data);
    seals.set(event.data.week, { said: event.data, atMs: event.occurredAt, sheets });
  }
  return seals;
};
