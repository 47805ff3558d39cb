/** A row rule compiled: does it fit this row, and which events does the row yield under it. */
import type { InstantMs } from '../../../schemas/brand.ts';
import type { Attributes, EventDraft } from '../../../schemas/event.ts';
import type { Mapping, RowCondition, RowRule } from '../../../schemas/mapping.ts';
import type { RejectionCode, Translation } from '../../../schemas/signal.ts';
import { quote } from '../reading/quote.ts';
import { subjectName } from '../reading/subject.ts';
import { columnsAsked, columnsRead } from './column-uses.ts';
import { type Candidate, draftFault, isDraft } from './draft.ts';
import { listed } from './listed.ts';
import { type YieldEvent, type Yielded, compileEvent } from './mapped-event.ts';
import type { RevisionOf } from './revision.ts';
import { type Row, type TextOf, cell } from './row.ts';
import type { TimeOf } from './row-time.ts';

/** What a signal says beyond its row. */
export interface RowSignal {
  readonly rowId: string;
  readonly receivedAt: InstantMs;
}

/** `asks`: the columns that say whether it fits; `reads`: those that telling its events takes. */
export type CompiledRule = { readonly asks: readonly string[]; fits(row: Row): boolean } & (
  | { readonly because: string }
  | { readonly reads: readonly string[]; translate(row: Row, signal: RowSignal): Translation }
);

/** What the rules of one mapping share. */
export interface RuleParts {
  readonly mapping: Mapping;
  readonly text: TextOf;
  timesOf(row: Row, receivedAt: InstantMs): TimeOf;
  revisionOf: RevisionOf;
  attributesOf(row: Row): Attributes | undefined;
}

export const rejected = (code: RejectionCode, message: string): Translation => ({
  status: 'rejected',
  rejection: { code, message },
});

const compileCondition = (condition: RowCondition): ((row: Row) => boolean) => {
  const columns = Object.entries(condition).map(([column, values]) => ({
    column,
    values: new Set(listed(values)),
  }));
  return (row) => columns.every(({ column, values }) => values.has(cell(row, column)));
};

const compileFits = (rule: RowRule): ((row: Row) => boolean) => {
  const when = rule.when ? compileCondition(rule.when) : () => true;
  const unless = rule.unless ? compileCondition(rule.unless) : () => false;
  return (row) => when(row) && !unless(row);
};

/** The attributes that are there: absent, empty and "nothing" values are left out. */
export const compileAttributes = (mapping: Mapping, text: TextOf): ((row: Row) => Attributes | undefined) => {
  const entries = Object.entries(mapping.attributes);
  return (row) => {
    const attributes: Record<string, string> = {};
    let isEmpty = true;
    for (const [name, column] of entries) {
      const value = text(row, column);
      if (value === '') continue;
      attributes[name] = value;
      isEmpty = false;
    }
    return isEmpty ? undefined : attributes;
  };
};

type YieldedEvent = Yielded & { readonly kind: 'event' };

const told = ({ candidate, time }: YieldedEvent): string =>
  `${candidate.type} at ${quote(time.text)} (${time.name})`;

/** The events so far are in the order of the rule; `latest` is the one with the highest instant. */
const endsBefore = (latest: YieldedEvent | undefined, next: YieldedEvent): Translation | undefined =>
  latest && next.candidate.occurredAt < latest.candidate.occurredAt
    ? rejected('end-before-start', `${told(next)} lies before ${told(latest)}`)
    : undefined;

const draftOf = (candidate: Candidate): EventDraft | Translation =>
  isDraft(candidate)
    ? candidate
    : rejected('invalid-event', draftFault(candidate) ?? 'does not fit its schema');

const collect = (yielded: Iterable<Yielded>): Translation => {
  const events: EventDraft[] = [];
  let latest: YieldedEvent | undefined;
  for (const one of yielded) {
    if (one.kind === 'rejected') return { status: 'rejected', rejection: one.rejection };
    if (one.kind === 'absent') continue;
    const disorder = endsBefore(latest, one);
    if (disorder) return disorder;
    latest = one;
    const draft = draftOf(one.candidate);
    if ('status' in draft) return draft;
    events.push(draft);
  }
  if (events.length > 0) return { status: 'events', events };
  return {
    status: 'ignored',
    because: 'every event of such a row is optional, and none has its time and person',
  };
};

export const compileRule = (rule: RowRule, parts: RuleParts): CompiledRule => {
  const fits = compileFits(rule);
  const asks = columnsAsked(rule);
  if ('ignore' in rule) return { asks, fits, because: rule.ignore };
  const { mapping, text, timesOf, attributesOf, revisionOf } = parts;
  const { kind, id, hash } = rule.subject ?? mapping.subject;
  const columns = listed(id);
  const yields: readonly YieldEvent[] = rule.events.map((_, index) => compileEvent(rule.events, index, text));
  return {
    asks,
    reads: columnsRead(rule, mapping),
    fits,
    translate: (row, { rowId, receivedAt }) => {
      const names = columns.map((column) => text(row, column));
      if (names.every((name) => name === ''))
        return rejected(
          'missing-field',
          `the subject needs the column ${columns.join(', ')}, which is empty`,
        );
      const subject = subjectName(kind, names, hash);
      const timeOf = timesOf(row, receivedAt);
      const revision = revisionOf(row, timeOf);
      if (typeof revision === 'string') return rejected('invalid-event', revision);
      const facts = { rowId, subject, attributes: attributesOf(row), timeOf, revision };
      return collect(yields.map((yieldEvent) => yieldEvent(row, facts)));
    },
  };
};
