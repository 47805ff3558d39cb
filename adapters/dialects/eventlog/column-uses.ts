/** Where a mapping names columns: for what is said of a column that is not there, and to know what a rule reads. */
import type { MappedEvent, Mapping, RowRule } from '../../../schemas/mapping.ts';
import { listed } from './listed.ts';

/** `path` leads to the place in the mapping as it was written. */
export interface ColumnUse {
  readonly path: readonly (string | number)[];
  readonly column: string;
}
type Place = ColumnUse['path'];

/** The keys of a mapped event that name a column. */
const COLUMNS = ['actor', 'status', 'reason', 'team', 'zone'] as const;

const uses = (columns: string | readonly string[] | undefined, path: Place): readonly ColumnUse[] =>
  listed(columns).map((column, index) => ({
    path: Array.isArray(columns) ? [...path, index] : path,
    column,
  }));

const keyUses = (record: Readonly<Record<string, unknown>> | undefined, path: Place): readonly ColumnUse[] =>
  Object.keys(record ?? {}).map((column) => ({ path: [...path, column], column }));

const eventUses = (event: MappedEvent, path: Place): readonly ColumnUse[] => [
  ...COLUMNS.flatMap((key) => uses(event[key], [...path, key])),
  ...uses(event.duration?.column, [...path, 'duration', 'column']),
];

const conditionUses = ({ when, unless }: RowRule, path: Place): readonly ColumnUse[] => [
  ...keyUses(when, [...path, 'when']),
  ...keyUses(unless, [...path, 'unless']),
];

const toldUses = (rule: RowRule, path: Place): readonly ColumnUse[] =>
  'ignore' in rule
    ? []
    : [
        ...uses(rule.subject?.id, [...path, 'subject', 'id']),
        ...rule.events.flatMap((event, at) => eventUses(event, [...path, 'events', at])),
      ];

const timeUses = ({ times }: Mapping, name: string): readonly ColumnUse[] =>
  Object.hasOwn(times, name) ? uses(times[name]?.column, ['times', name, 'column']) : [];

const attributeUses = ({ attributes }: Mapping): readonly ColumnUse[] =>
  Object.entries(attributes).flatMap(([name, column]) => uses(column, ['attributes', name]));

/** A revision may be a time of the mapping, which has columns of its own. */
const revisionUses = (mapping: Mapping): readonly ColumnUse[] => {
  const { revision, times } = mapping;
  return revision !== undefined && Object.hasOwn(times, revision)
    ? timeUses(mapping, revision)
    : uses(revision, ['revision']);
};

export const columnUses = (mapping: Mapping): readonly ColumnUse[] => [
  ...uses(mapping.id, ['id']),
  ...revisionUses(mapping),
  ...uses(mapping.subject.id, ['subject', 'id']),
  ...keyUses(mapping.none, ['none']),
  ...keyUses(mapping.words, ['words']),
  ...attributeUses(mapping),
  ...Object.keys(mapping.times).flatMap((name) => timeUses(mapping, name)),
  ...mapping.rows.flatMap((rule, index) => [
    ...conditionUses(rule, ['rows', index]),
    ...toldUses(rule, ['rows', index]),
  ]),
];

const columnsOf = (...found: readonly (readonly ColumnUse[])[]): readonly string[] => [
  ...new Set(found.flat().map(({ column }) => column)),
];

/** Every column that the mapping names, once. */
export const columnsIn = (mapping: Mapping): readonly string[] => columnsOf(columnUses(mapping));

/** The columns that say whether the rule fits a row. */
export const columnsAsked = (rule: RowRule): readonly string[] => columnsOf(conditionUses(rule, []));

/** The time and those that it is compared with. */
const timesBehind = (mapping: Mapping, name: string): readonly string[] => {
  const next = Object.hasOwn(mapping.times, name) ? mapping.times[name]?.nextDayIf?.earlierThan : undefined;
  return next === undefined ? [name] : [name, ...timesBehind(mapping, next)];
};

/** The columns that are read when the rule tells its events. */
export const columnsRead = (rule: RowRule, mapping: Mapping): readonly string[] => {
  if ('ignore' in rule) return [];
  const times = rule.events.flatMap(({ at }) => timesBehind(mapping, at));
  return columnsOf(
    uses(mapping.id, []),
    revisionUses(mapping),
    rule.subject ? [] : uses(mapping.subject.id, []),
    attributeUses(mapping),
    times.flatMap((name) => timeUses(mapping, name)),
    toldUses(rule, []),
  );
};
