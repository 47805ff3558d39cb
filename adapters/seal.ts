/** Sealing a week: its timesheets are written first, and the seal that makes them count after them. */
import type { ActorId, InstantMs, IsoWeek } from '../schemas/brand.ts';
import { type EventDraft, type TickmarkEvent, stampDraft } from '../schemas/event.ts';
import {
  SEALS_STREAM,
  type Seals,
  type Timesheet,
  sheetsStream,
  timesheetsOf,
} from '../projections/index.ts';
import type { EventLog, ProjectionState, RowReader } from '../projections/ports.ts';
import { eventIdOf, signalHashOf } from './event-id.ts';
import type { Ruling } from './rule-file.ts';
import { BY_HAND } from './words/say.ts';

export interface Sealing {
  readonly log: Pick<EventLog, 'append' | 'readStream'>;
  readonly rows: Pick<RowReader, 'allPersonDays' | 'personWeeks'>;
  readonly ruling: Ruling;
  /** What the rows stand for. */
  readonly state: ProjectionState;
  readonly seals: Seals;
}

export interface SealWord {
  readonly week: IsoWeek;
  readonly by: ActorId;
  readonly note?: string;
  readonly now: InstantMs;
  /** When the week ended: that is what its sheets are dated by, so that the same sheets are the same events. */
  readonly endMs: InstantMs;
}

const stamped = (draft: EventDraft, now: InstantMs): TickmarkEvent =>
  stampDraft(draft, {
    id: eventIdOf(BY_HAND, draft),
    source: BY_HAND,
    recordedAt: now,
    dialect: 'by-hand@1',
    signalHash: signalHashOf(JSON.stringify(draft.data)),
  });

const sheetEvent = (
  { actor, days, adjustments }: Timesheet,
  seal: string,
  { week, now, endMs }: SealWord,
): TickmarkEvent =>
  stamped(
    {
      type: 'TimesheetSealed',
      vendorId: `${seal}+${actor}`,
      subject: sheetsStream(week),
      occurredAt: endMs,
      data: { week, seal, actor, days, adjustments },
    },
    now,
  );

const sealEvent = (
  { ruling: { lens, plan }, state }: Sealing,
  { week, by, note, now }: SealWord,
  seal: string,
  timesheets: number,
): TickmarkEvent =>
  stamped(
    {
      type: 'WeekSealed',
      vendorId: week,
      subject: SEALS_STREAM,
      occurredAt: now,
      data: {
        week,
        by,
        ...(note === undefined ? {} : { note }),
        seal,
        timesheets,
        ruleSet: `${lens.ruleSet}@${lens.version}`,
        ruleSetHash: lens.ruleSetHash,
        zone: plan.ruleSet.zone,
        position: state.position,
        asOfMs: state.horizonMs,
      },
    },
    now,
  );

/** Sheets without a seal mean nothing, so each may be written alone. */
const writeSheets = async (log: Sealing['log'], events: readonly TickmarkEvent[]): Promise<void> => {
  if (events.length === 0) return;
  const results = await log.append(
    events.map((event) => ({ stream: event.subject, expected: { at: 'any' }, events: [event] })),
  );
  const failed = results.find(({ status }) => status !== 'appended');
  if (failed) throw new Error(`a timesheet could not be written: ${failed.status}`);
};

/**
 * Issues the week's figures as they are in the rows. A crash between the two appends leaves sheets without a seal,
 * which mean nothing; said again, the same figures are the same sheets. Throws where somebody else sealed meanwhile.
 */
export const sealWeek = async (sealing: Sealing, word: SealWord): Promise<readonly Timesheet[]> => {
  const { log, rows, seals } = sealing;
  const version = (await log.readStream(SEALS_STREAM)).length - 1;
  const sheets = await timesheetsOf(word.week, seals, rows);
  const seal = signalHashOf(JSON.stringify(sheets));
  await writeSheets(
    log,
    sheets.map((sheet) => sheetEvent(sheet, seal, word)),
  );
  const [result] = await log.append([
    {
      stream: SEALS_STREAM,
      expected: version < 0 ? { at: 'none' } : { at: 'version', version },
      events: [sealEvent(sealing, word, seal, sheets.length)],
    },
  ]);
  if (result?.status !== 'appended')
    throw Object.assign(new Error('somebody else sealed a week at the same moment'), {
      nextStep: 'Look at what is sealed, and say it again: tickmark seal ls',
    });
  return sheets;
};
