/** What a mapping's shape cannot say: names that must exist, kinds that must agree, columns that the file must have. */
import { EVENT_TYPES, kindOf } from '../../../schemas/event.ts';
import type { MappedEvent, Mapping, RowRule, TimeSource } from '../../../schemas/mapping.ts';
import { didYouMean } from '../../../schemas/nearest.ts';
import { isEpochFormat } from '../reading/epoch.ts';
import { type MappableType, isMappable } from './draft.ts';
import type { Zones } from '../reading/local-zone.ts';
import { listed } from './row-time.ts';
import { compilePattern } from './time-pattern.ts';

/** `path` leads into the mapping as it was written, for line and column; the message says what to write instead. */
export interface MappingProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}
type Path = MappingProblem['path'];

const MAPPABLE = Object.keys(EVENT_TYPES).filter(isMappable);
const KINDS = [...new Set(MAPPABLE.map(kindOf))];
/** The keys of a mapped event that name a column. */
const COLUMNS = ['actor', 'status', 'reason', 'team', 'zone'] as const;
/** The keys of a mapped event, each with the field of the data that it fills. */
const FIELDS = {
  actor: 'actor',
  status: 'status',
  reason: 'reason',
  team: 'team',
  zone: 'zone',
  actorKind: 'actorKind',
  duration: 'durationMs',
} as const;
const KEYS = [
  'actor',
  'status',
  'reason',
  'team',
  'zone',
  'actorKind',
  'duration',
] as const satisfies readonly (keyof typeof FIELDS)[];

const checkKind = (kind: string, path: Path): readonly MappingProblem[] =>
  KINDS.some((known) => known === kind)
    ? []
    : [{ path, message: `there is no kind of subject "${kind}"${didYouMean(kind, KINDS)}` }];

/** The fields that the data of an event cannot do without. */
const neededFields = (type: MappableType): readonly string[] =>
  (EVENT_TYPES[type].data.safeParse({}).error?.issues ?? []).map(({ path }) => String(path[0]));

const checkFields = (event: MappedEvent, path: Path): readonly MappingProblem[] => {
  const { type } = event;
  if (!isMappable(type)) return [];
  const needed = neededFields(type);
  return KEYS.flatMap((key) => {
    const field = FIELDS[key];
    if (event[key] !== undefined && !Object.hasOwn(EVENT_TYPES[type].data.shape, field))
      return [{ path: [...path, key], message: `${type} has no ${key}: leave it out` }];
    if (event[key] === undefined && needed.includes(field))
      return [{ path, message: `${type} needs "${key}: " and the column that holds it` }];
    return [];
  });
};

const checkEvent = (
  event: MappedEvent,
  kind: string,
  mapping: Mapping,
  path: Path,
): readonly MappingProblem[] => {
  const problems: MappingProblem[] = [];
  if (!isMappable(event.type))
    problems.push({
      path: [...path, 'type'],
      message: `there is no event type "${event.type}"${didYouMean(event.type, MAPPABLE)}`,
    });
  else if (kindOf(event.type) !== kind)
    problems.push({
      path: [...path, 'type'],
      message: `${event.type} is about a ${kindOf(event.type)}, and the subject here is a ${kind}: give this row rule a subject of its own`,
    });
  const times = Object.keys(mapping.times);
  if (!times.includes(event.at))
    problems.push({
      path: [...path, 'at'],
      message: `the mapping has no time "${event.at}"${didYouMean(event.at, times)}`,
    });
  return [...problems, ...checkFields(event, path)];
};

const isCatchAll = ({ when, unless }: RowRule): boolean =>
  Object.keys(when ?? {}).length === 0 && unless === undefined;

const checkRow = (rule: RowRule, index: number, mapping: Mapping): readonly MappingProblem[] => {
  const path = ['rows', index];
  const problems: MappingProblem[] = [];
  if (mapping.rows.slice(0, index).some(isCatchAll))
    problems.push({ path, message: 'no row ever comes here: a rule above fits every row' });
  if (rule.unless && Object.keys(rule.unless).length === 0)
    problems.push({
      path: [...path, 'unless'],
      message: 'an empty unless fits every row, so the rule fits none',
    });
  if ('ignore' in rule) return problems;
  if (rule.subject) problems.push(...checkKind(rule.subject.kind, [...path, 'subject', 'kind']));
  const { kind } = rule.subject ?? mapping.subject;
  const events = rule.events.flatMap((event, at) =>
    checkEvent(event, kind, mapping, [...path, 'events', at]),
  );
  return [...problems, ...events];
};

const checkFormat = (format: string, path: Path): readonly MappingProblem[] => {
  if (format === 'iso' || isEpochFormat(format)) return [];
  const pattern = compilePattern(format);
  if (pattern.ok) return [];
  const isName = /^[a-z]+([-_ ]?[a-z]+)*$/i.test(format);
  const known = isName ? didYouMean(format, ['iso', 'epoch-s', 'epoch-ms', 'epoch-us']) : '';
  return [{ path, message: `${pattern.message}${known}` }];
};

/** A name may be one that every object has (`constructor`): only the mapping's own count. */
const timeOf = (mapping: Mapping, name: string): TimeSource | undefined =>
  Object.hasOwn(mapping.times, name) ? mapping.times[name] : undefined;

/** Whether following `earlierThan` from this time comes back to a time already passed. */
const waitsForItself = (name: string, mapping: Mapping): boolean => {
  const passed = new Set<string>();
  let at: string | undefined = name;
  while (at !== undefined) {
    if (passed.has(at)) return true;
    passed.add(at);
    at = timeOf(mapping, at)?.nextDayIf?.earlierThan;
  }
  return false;
};

const checkNextDay = (name: string, mapping: Mapping): readonly MappingProblem[] => {
  const source = timeOf(mapping, name);
  if (!source?.nextDayIf) return [];
  const path = ['times', name, 'nextDayIf', 'earlierThan'];
  const other = source.nextDayIf.earlierThan;
  const otherSource = timeOf(mapping, other);
  if (!otherSource) {
    const names = Object.keys(mapping.times);
    return [{ path, message: `the mapping has no time "${other}"${didYouMean(other, names)}` }];
  }
  if (waitsForItself(name, mapping))
    return [{ path, message: `${name} and ${other} wait for each other: one of them must stand alone` }];
  if (isEpochFormat(source.format) || isEpochFormat(otherSource.format))
    return [{ path, message: 'nextDayIf compares local clocks, and an epoch has its date: leave it out' }];
  return [];
};

const checkAttribute = (name: string): readonly MappingProblem[] =>
  name === '__proto__' || name.length > 60
    ? [
        {
          path: ['attributes', name],
          message: 'an attribute name has at most 60 characters and is not __proto__',
        },
      ]
    : [];

const checkZone = (mapping: Mapping, zones: Zones): readonly MappingProblem[] => {
  try {
    zones.toInstants(mapping.zone, 0);
    return [];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = `there is no zone "${mapping.zone}": write an IANA name like Europe/Berlin, UTC or UTC+10`;
    return [{ path: ['zone'], message }];
  }
};

/** Everything that can be known before the file is: ordered as in the mapping. The zone is checked where zones are given. */
export const checkMapping = (mapping: Mapping, zones?: Zones): readonly MappingProblem[] => {
  const names = Object.keys(mapping.times);
  return [
    ...(zones ? checkZone(mapping, zones) : []),
    ...checkKind(mapping.subject.kind, ['subject', 'kind']),
    ...Object.keys(mapping.attributes).flatMap(checkAttribute),
    ...names.flatMap((name) => checkFormat(mapping.times[name]?.format ?? '', ['times', name, 'format'])),
    ...names.flatMap((name) => checkNextDay(name, mapping)),
    ...mapping.rows.flatMap((rule, index) => checkRow(rule, index, mapping)),
  ];
};

interface ColumnUse {
  readonly path: Path;
  readonly column: string;
}

const uses = (columns: string | readonly string[] | undefined, path: Path): readonly ColumnUse[] =>
  Array.isArray(columns)
    ? columns.map((column: string, index) => ({ path: [...path, index], column }))
    : listed(columns).map((column) => ({ path, column }));

const keyUses = (record: Readonly<Record<string, unknown>> | undefined, path: Path): readonly ColumnUse[] =>
  Object.keys(record ?? {}).map((column) => ({ path: [...path, column], column }));

const rowUses = (rule: RowRule, index: number): readonly ColumnUse[] => {
  const path = ['rows', index];
  const conditions = [...keyUses(rule.when, [...path, 'when']), ...keyUses(rule.unless, [...path, 'unless'])];
  if ('ignore' in rule) return conditions;
  const events = rule.events.flatMap((event, at) => [
    ...COLUMNS.flatMap((key) => uses(event[key], [...path, 'events', at, key])),
    ...uses(event.duration?.column, [...path, 'events', at, 'duration', 'column']),
  ]);
  return [...conditions, ...uses(rule.subject?.id, [...path, 'subject', 'id']), ...events];
};

const columnUses = (mapping: Mapping): readonly ColumnUse[] => [
  ...uses(mapping.id, ['id']),
  ...uses(mapping.subject.id, ['subject', 'id']),
  ...keyUses(mapping.none, ['none']),
  ...Object.entries(mapping.attributes).flatMap(([name, column]) => uses(column, ['attributes', name])),
  ...Object.entries(mapping.times).flatMap(([name, time]) => uses(time.column, ['times', name, 'column'])),
  ...mapping.rows.flatMap(rowUses),
];

/** The columns that the mapping speaks of and the header does not have. For files with a header: csv and tsv. */
export const checkColumns = (mapping: Mapping, header: readonly string[]): readonly MappingProblem[] =>
  columnUses(mapping).flatMap(({ path, column }) =>
    header.includes(column)
      ? []
      : [{ path, message: `the file has no column "${column}"${didYouMean(column, header)}` }],
  );
