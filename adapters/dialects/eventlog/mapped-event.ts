/** One mapped event compiled: what it yields from a row. */
import { type DurationMs, durationMs } from '../../../schemas/brand.ts';
import { type Attributes, EVENT_TYPES } from '../../../schemas/event.ts';
import type { MappedEvent } from '../../../schemas/mapping.ts';
import type { Rejection } from '../../../schemas/signal.ts';
import { quote } from '../reading/quote.ts';
import { type Candidate, type DraftData, isMappable } from './draft.ts';
import { type Row, type TextOf, cell } from './row.ts';
import type { TimeOf } from './row-time.ts';

/** The time as the row has it and the name of its source, for messages. */
interface TimeText {
  readonly name: string;
  readonly text: string;
}

/** `absent`: the event is optional and its time or its person is not there. */
export type Yielded =
  | { readonly kind: 'event'; readonly candidate: Candidate; readonly time: TimeText }
  | { readonly kind: 'absent' }
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

/** What is the same for every event of a row. */
export interface RowFacts {
  readonly rowId: string;
  readonly subject: string;
  readonly attributes: Attributes | undefined;
  readonly timeOf: TimeOf;
  readonly revision: number | undefined;
}
export type YieldEvent = (row: Row, facts: RowFacts) => Yielded;

type FoundData =
  { readonly kind: 'data'; readonly data: DraftData } | Exclude<Yielded, { readonly kind: 'event' }>;

const ABSENT = { kind: 'absent' } as const;
const missing = (message: string): Yielded & { readonly kind: 'rejected' } => ({
  kind: 'rejected',
  rejection: { code: 'missing-field', message },
});

const TEXTS = ['actor', 'status', 'reason', 'team', 'zone'] as const;

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000 } as const;

/** A length as the row has it, in milliseconds; the text itself where it is none. */
const lengthIn = (text: string, unit: keyof typeof UNIT_MS): DurationMs | string => {
  const ms = /^\d+(\.\d+)?$/.test(text) ? Math.round(Number(text) * UNIT_MS[unit]) : NaN;
  return Number.isSafeInteger(ms) ? durationMs(ms) : text;
};

const compileData = (event: MappedEvent, text: TextOf): ((row: Row, facts: RowFacts) => FoundData) => {
  const fields = TEXTS.flatMap((field) => {
    const column = event[field];
    return column === undefined ? [] : [{ field, column }];
  });
  const takesAttributes =
    isMappable(event.type) && Object.hasOwn(EVENT_TYPES[event.type].data.shape, 'attributes');
  return (row, { attributes }) => {
    const data: { -readonly [Field in keyof DraftData]: DraftData[Field] } = {};
    for (const { field, column } of fields) {
      const value = text(row, column);
      if (value !== '') data[field] = value;
      else if (field === 'actor' && event.optional) return ABSENT;
      else if (field !== 'reason')
        return missing(
          `${event.type} needs the ${field} in the column ${quote(column)}, which holds ${quote(cell(row, column))}`,
        );
    }
    if (event.actorKind !== undefined) data.actorKind = event.actorKind;
    if (event.duration !== undefined) {
      const { column, unit } = event.duration;
      const length = lengthIn(text(row, column), unit);
      if (typeof length === 'string')
        return missing(
          `${event.type} needs a length in the column ${quote(column)}, which holds ${quote(cell(row, column))}`,
        );
      data.durationMs = length;
    }
    if (attributes && takesAttributes) data.attributes = attributes;
    return { kind: 'data', data };
  };
};

/** Two events of one type in a row need two ids: the event id is made of the row's id and the type. */
const ordinalOf = (events: readonly MappedEvent[], index: number): string => {
  const before = events.slice(0, index).filter(({ type }) => type === events[index]?.type).length;
  return before === 0 ? '' : `~${before + 1}`;
};

export const compileEvent = (events: readonly MappedEvent[], index: number, text: TextOf): YieldEvent => {
  const event = events[index];
  if (!event || !isMappable(event.type)) throw new Error(`not an event type: ${event?.type ?? 'none'}`);
  const { type, at: timeName, optional } = event;
  const ordinal = ordinalOf(events, index);
  const dataOf = compileData(event, text);
  // Two facts of one row may share an instant (a call of 0 s): the order in the rule is the order of the facts.
  const order = events.length > 1 ? { sequence: index } : {};
  return (row, facts) => {
    const time = facts.timeOf(timeName);
    if (time.kind === 'rejected') return time;
    if (time.kind === 'absent')
      return optional
        ? ABSENT
        : missing(`${type} needs the time ${timeName}, which holds ${quote(time.text)}`);
    const found = dataOf(row, facts);
    if (found.kind !== 'data') return found;
    const vendorId = facts.rowId + ordinal;
    const candidate = {
      type,
      vendorId,
      subject: facts.subject,
      occurredAt: time.at,
      ...order,
      ...(facts.revision === undefined ? {} : { revision: facts.revision }),
      data: time.timedBy === undefined ? found.data : { ...found.data, timedBy: time.timedBy },
    };
    return { kind: 'event', candidate, time: { name: timeName, text: time.text } };
  };
};
