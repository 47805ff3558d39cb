/** What a mapping's shape cannot say: names that must exist, kinds that must agree, columns that the file must have. */
import { EVENT_TYPES, kindOf } from '../../../schemas/event.ts';
import {
  type MappedEvent,
  type Mapping,
  RECEIPT,
  type RowRule,
  type TimeSource,
} from '../../../schemas/mapping.ts';
import { didYouMean } from '../../../schemas/nearest.ts';
import { isEpochFormat } from '../reading/epoch.ts';
import { type MappableType, isMappable } from './draft.ts';
import type { Zones } from '../reading/local-zone.ts';
import { type ColumnUse, columnUses } from './column-uses.ts';
import { isJsonFormat } from './feeder.ts';
import { pathOf } from './path.ts';
import { compilePattern } from './time-pattern.ts';

/** `path` leads into the mapping as it was written, for line and column; the message says what to write instead. */
export interface MappingProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}
type Path = MappingProblem['path'];

const MAPPABLE = Object.keys(EVENT_TYPES).filter(isMappable);
const KINDS = [...new Set(MAPPABLE.map(kindOf))];
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

/** What is known only from when we heard of it is marked so, and reference data have no place for that. */
const checkReceipt = (type: string, { format }: Mapping, path: Path): readonly MappingProblem[] => {
  if (!isJsonFormat(format))
    return [
      { path, message: 'a row of a file was not received when it happened: name a time of the mapping' },
    ];
  return isMappable(type) && !Object.hasOwn(EVENT_TYPES[type].data.shape, 'timedBy')
    ? [{ path, message: `${type} needs a time of its own: name a time of the mapping` }]
    : [];
};

const checkAt = ({ type, at }: MappedEvent, mapping: Mapping, path: Path): readonly MappingProblem[] => {
  if (Object.hasOwn(mapping.times, at)) return [];
  if (at === RECEIPT) return checkReceipt(type, mapping, path);
  const known = [...Object.keys(mapping.times), ...(isJsonFormat(mapping.format) ? [RECEIPT] : [])];
  return [{ path, message: `the mapping has no time "${at}"${didYouMean(at, known)}` }];
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
  return [...problems, ...checkAt(event, mapping, [...path, 'at']), ...checkFields(event, path)];
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
  if (format === 'iso' || format === 'rfc2822' || isEpochFormat(format)) return [];
  const pattern = compilePattern(format);
  if (pattern.ok) return [];
  const isName = /^[a-z]+([-_ ]?[a-z]+)*\d*$/i.test(format);
  const known = isName ? didYouMean(format, ['iso', 'rfc2822', 'epoch-s', 'epoch-ms', 'epoch-us']) : '';
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

const namesItsDate = ({ format }: TimeSource): boolean => format === 'rfc2822' || isEpochFormat(format);

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
  if (namesItsDate(source) || namesItsDate(otherSource))
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

/** `receipt` is never a time of the message, so that nobody has to ask which of the two is meant. */
const checkTimeNames = ({ format, times }: Mapping): readonly MappingProblem[] =>
  isJsonFormat(format) && Object.hasOwn(times, RECEIPT)
    ? [
        {
          path: ['times', RECEIPT],
          message: '"receipt" is the moment of receipt: give this time another name',
        },
      ]
    : [];

const checkEach = ({ each, format }: Mapping): readonly MappingProblem[] => {
  if (each === undefined) return [];
  const path = ['each'];
  if (!isJsonFormat(format))
    return [{ path, message: `each cuts JSON messages, and this mapping reads ${format}: leave it out` }];
  const list = pathOf(each);
  if (typeof list === 'string') return [{ path, message: list }];
  return list.from === 'element' ? [] : [{ path, message: 'each names a list within the message' }];
};

const checkPath = ({ path, column }: ColumnUse, { each }: Mapping): readonly MappingProblem[] => {
  const found = pathOf(column);
  if (typeof found === 'string') return [{ path, message: found }];
  return found.from === 'delivery' && each === undefined
    ? [{ path, message: `"${column}" is what stands around an element, and there is no each: leave ^. out` }]
    : [];
};

/** Everything that can be known before the file is: ordered as in the mapping. The zone is checked where zones are given. */
export const checkMapping = (mapping: Mapping, zones?: Zones): readonly MappingProblem[] => {
  const names = Object.keys(mapping.times);
  return [
    ...(zones ? checkZone(mapping, zones) : []),
    ...checkTimeNames(mapping),
    ...checkEach(mapping),
    ...(isJsonFormat(mapping.format) ? columnUses(mapping).flatMap((use) => checkPath(use, mapping)) : []),
    ...checkKind(mapping.subject.kind, ['subject', 'kind']),
    ...Object.keys(mapping.attributes).flatMap(checkAttribute),
    ...names.flatMap((name) => checkFormat(mapping.times[name]?.format ?? '', ['times', name, 'format'])),
    ...names.flatMap((name) => checkNextDay(name, mapping)),
    ...mapping.rows.flatMap((rule, index) => checkRow(rule, index, mapping)),
  ];
};

const SEPARATORS = { csv: /[;\t|]/, tsv: /[,;|]/ } as const;

/** A header of one column that holds the separator of another format. */
const checkSeparator = (
  { format }: Mapping,
  [only = '', ...more]: readonly string[],
): readonly MappingProblem[] => {
  if (more.length > 0 || (format !== 'csv' && format !== 'tsv')) return [];
  const separator = SEPARATORS[format].exec(only)?.[0];
  if (separator === undefined) return [];
  const message = `the header looks separated by "${separator}", and ${format} is read with ${format === 'csv' ? 'commas' : 'tabs'}: save the file so, or write the other format in the mapping`;
  return [{ path: ['format'], message }];
};

/** The columns that the mapping speaks of and the header does not have. For files with a header: csv and tsv. */
export const checkColumns = (mapping: Mapping, header: readonly string[]): readonly MappingProblem[] => {
  const separated = checkSeparator(mapping, header);
  if (separated.length > 0) return separated;
  return columnUses(mapping).flatMap(({ path, column }) =>
    header.includes(column)
      ? []
      : [{ path, message: `the file has no column "${column}"${didYouMean(column, header)}` }],
  );
};
