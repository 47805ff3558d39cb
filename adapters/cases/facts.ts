/**
 * The facts of a case, from its table: `time | subject | event | who | ...`.
 *
 * A time is local in the zone (`2026-03-02 09:00`, or `09:10` on the day of the row above) or carries its offset
 * (`01:30+02:00`). Beyond the fixed columns, a column that the event's own data know (status, reason, team, effect...)
 * is such a field, and any other is an attribute. Lengths are written `30m`, shares `research 30%, follow-up 70%`.
 */
import {
  EVENT_TYPES,
  EventDraft,
  type EventType,
  type TickmarkEvent,
  isEventType,
  stampDraft,
} from '../../schemas/event.ts';
import { parseDuration } from '../../schemas/duration.ts';
import { didYouMean } from '../../schemas/nearest.ts';
import { identityOf, signalHashOf } from '../event-id.ts';
import { InputError } from '../input-error.ts';
import { type TableRow, parseTable } from './table.ts';
import { readTime } from './time.ts';

const SOURCE = 'case';
const FIXED: ReadonlySet<string> = new Set([
  ...['time', 'recorded', 'subject', 'event', 'who', 'sequence'],
  ...['id', 'revision'],
]);
const NEEDED = ['time', 'subject', 'event'] as const;

/** The day of the row: for instants beside its own. */
interface Moment {
  readonly zone: string;
  readonly date: string;
}

const durationCell = (text: string): number => {
  const ms = parseDuration(text);
  if (ms === undefined) throw new InputError(`not a duration: "${text}"; write 90s, 30m or 1h30m`);
  return ms;
};

const sharesCell = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text.split(',').map((part) => {
      const [, target, share] = /^\s*(\S.*?)\s+(\S+)\s*$/.exec(part) ?? [];
      if (target === undefined || share === undefined)
        throw new InputError(`not shares: "${text}"; write research 30%, negotiation 50%, follow-up 20%`);
      return [target, share];
    }),
  );

const instantCell = (text: string, { zone, date }: Moment): number => readTime(text, zone, date).at;

/** Columns that are written otherwise than the field behind them; every other cell is its field's text. */
const WRITTEN: Readonly<
  Record<string, { readonly field: string; readonly read: (text: string, moment: Moment) => unknown }>
> = {
  duration: { field: 'durationMs', read: durationCell },
  durationMs: { field: 'durationMs', read: Number },
  claimed: { field: 'claimedMs', read: durationCell },
  from: { field: 'fromMs', read: instantCell },
  to: { field: 'toMs', read: instantCell },
  over: { field: 'over', read: sharesCell },
  evidence: { field: 'evidence', read: (text) => text.split(',').map((subject) => subject.trim()) },
};

const fieldsOf = (type: EventType): readonly string[] => Object.keys(EVENT_TYPES[type].data.shape);

interface Data {
  readonly own: Readonly<Record<string, unknown>>;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Shares the columns of a row out over the event's own fields and its attributes. */
const dataOf = (type: EventType, row: TableRow, moment: Moment): Data => {
  const known = fieldsOf(type);
  const own: [string, unknown][] = row['who'] ? [['actor', row['who']]] : [];
  const attributes: [string, string][] = [];
  for (const [name, cell] of Object.entries(row)) {
    if (FIXED.has(name) || cell === '') continue;
    const written = WRITTEN[name] ?? { field: name, read: (text: string) => text };
    if (known.includes(written.field)) own.push([written.field, written.read(cell, moment)]);
    else attributes.push([name, cell]);
  }
  return { own: Object.fromEntries(own), attributes: Object.fromEntries(attributes) };
};

/**
 * However its time is written, and whenever it was learned, the same row is the same fact. Where facts are revised, rows
 * of one `id` are words about one fact.
 */
const vendorIdOf = (row: TableRow, at: number): string =>
  'revision' in row && row['id']
    ? row['id']
    : signalHashOf(JSON.stringify([at, { ...row, time: '', recorded: '' }]));

const draftOf = (type: EventType, row: TableRow, at: number, moment: Moment): EventDraft => {
  const { own, attributes } = dataOf(type, row, moment);
  const names = Object.keys(attributes);
  const hasAttributes = fieldsOf(type).includes('attributes');
  if (names.length > 0 && !hasAttributes)
    throw new InputError(
      `${type} says nothing of ${names.join(', ')}; it knows ${fieldsOf(type).join(', ')}`,
    );
  const parsed = EventDraft.safeParse({
    type,
    vendorId: vendorIdOf(row, at),
    subject: row['subject'],
    occurredAt: at,
    ...(row['sequence'] ? { sequence: Number(row['sequence']) } : {}),
    ...(row['revision'] ? { revision: Number(row['revision']) } : {}),
    data: { ...own, ...(names.length > 0 ? { attributes } : {}) },
  });
  if (parsed.success) return parsed.data;
  const complaints = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new InputError(`${type} cannot be read: ${complaints.join('; ')}`);
};

const typeOf = (row: TableRow): EventType => {
  const missing = NEEDED.filter((name) => row[name] === undefined);
  if (missing.length > 0) throw new InputError(`the facts need the columns ${missing.join(', ')}`);
  const type = row['event'] ?? '';
  if (!isEventType(type))
    throw new InputError(`unknown event type "${type}"${didYouMean(type, Object.keys(EVENT_TYPES))}`);
  return type;
};

const factOf = (row: TableRow, zone: string, dateBefore: string): { fact: TickmarkEvent; date: string } => {
  const type = typeOf(row);
  const { at, date } = readTime(row['time'] ?? '', zone, dateBefore);
  const recordedAt = row['recorded'] ? readTime(row['recorded'], zone, date).at : at;
  const draft = draftOf(type, row, at, { zone, date });
  const fact = stampDraft(draft, {
    ...identityOf(SOURCE, draft),
    source: SOURCE,
    recordedAt,
    dialect: `${SOURCE}@1`,
    signalHash: signalHashOf(JSON.stringify(row)),
  });
  return { fact, date };
};

/** In the order of the table, and the date of its last row. Throws InputError, which names the row, from 1. */
export const readFacts = (
  table: string,
  zone: string,
): { readonly facts: readonly TickmarkEvent[]; readonly lastDate: string } => {
  let lastDate = '';
  const facts = parseTable(table).map((row, index) => {
    try {
      const { fact, date } = factOf(row, zone, lastDate);
      lastDate = date;
      return fact;
    } catch (error) {
      if (error instanceof InputError) throw new InputError(`row ${index + 1}: ${error.message}`);
      throw error;
    }
  });
  return { facts, lastDate };
};
