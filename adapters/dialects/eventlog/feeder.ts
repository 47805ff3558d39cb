/** The two feeders of the one compiler: rows from the cells of a file, rows from the paths of a JSON message. */
import type { Mapping } from '../../../schemas/mapping.ts';
import type { RejectionCode, Signal } from '../../../schemas/signal.ts';
import { type Cut, type Message, messagesIn } from './json-message.ts';
import { type Path, isObject, pathOf, stepText, valueAt } from './path.ts';
import type { Row } from './row.ts';

/** `faults`: why a column is no cell, for columns that hold an object or a list. Asked only of columns that are used. */
export interface Fed {
  readonly kind: 'row';
  readonly row: Row;
  readonly faults: ReadonlyMap<string, string>;
}
export type Feed =
  | Fed
  | { readonly kind: 'unusable'; readonly code: RejectionCode; readonly message: string }
  | { readonly kind: 'nothing'; readonly because: string };

/** What a signal holds: at least one row, or why it has none. */
export type Feeder = (signal: Signal) => readonly Feed[];

const NO_FAULTS: ReadonlyMap<string, string> = new Map();

const NO_COLUMNS = {
  kind: 'unusable',
  code: 'malformed',
  message: 'the columns of the line are not known: its number of columns, its quotes or its bytes are wrong',
} as const;

const feedCells: Feeder = ({ fields }) =>
  fields ? [{ kind: 'row', row: fields, faults: NO_FAULTS }] : [NO_COLUMNS];

/** Of a name that a sender may make as long as they like. */
const LONGEST_KEY = 60;

/** Says what to write instead: a field of the object, a member of the list. */
const structureFault = (column: string, value: object): string => {
  if (!isObject(value))
    return `${column} is a list where one value is needed: name a member, ${column}[0], or cut the message with "each"`;
  const [key = 'id'] = Object.keys(value);
  return `${column} is an object where one value is needed: name a field of it, for instance ${column}.${stepText(key).slice(0, LONGEST_KEY)}`;
};

type UsableMessage = Extract<Message, { kind: 'message' }>;

const valueIn = ({ element, delivery }: UsableMessage, headers: Row, path: Path): unknown => {
  if (path.from === 'header') return valueAt(headers, [path.name]);
  return valueAt(path.from === 'delivery' ? delivery : element, path.steps);
};

type Paths = readonly (readonly [column: string, path: Path])[];

const rowOf = (message: UsableMessage, headers: Row, paths: Paths): Fed => {
  const cells: (readonly [string, string])[] = [];
  const faults = new Map<string, string>();
  for (const [column, path] of paths) {
    const value = valueIn(message, headers, path);
    if (typeof value === 'object' && value !== null) faults.set(column, structureFault(column, value));
    else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      cells.push([column, String(value)]);
  }
  return { kind: 'row', row: Object.fromEntries(cells), faults };
};

/** `columns`: those that the mapping names; nothing else of a message is read. */
const jsonFeeder = (columns: readonly string[], cut: Cut | undefined): Feeder => {
  const paths: Paths = columns.flatMap((column) => {
    const path = pathOf(column);
    return typeof path === 'string' ? [] : [[column, path]];
  });
  return ({ raw, fields = {} }) =>
    messagesIn(raw, cut).map((message) =>
      message.kind === 'message' ? rowOf(message, fields, paths) : message,
    );
};

/** The formats whose columns are paths. */
export const isJsonFormat = (format: Mapping['format']): boolean => format === 'json' || format === 'ndjson';

/** What `each` cuts, of a mapping that has passed its checks. */
export const cutOf = ({ each }: Mapping): Cut | undefined => {
  const path = each === undefined ? undefined : pathOf(each);
  return each === undefined || typeof path !== 'object' || path.from !== 'element'
    ? undefined
    : { path: each, steps: path.steps };
};

export const feederOf = (mapping: Mapping, columns: readonly string[]): Feeder =>
  isJsonFormat(mapping.format) ? jsonFeeder(columns, cutOf(mapping)) : feedCells;

/** The headers that the mapping names, in lower case. */
export const headersIn = (columns: readonly string[]): readonly string[] => [
  ...new Set(
    columns.flatMap((column) => {
      const path = pathOf(column);
      return typeof path === 'object' && path.from === 'header' ? [path.name] : [];
    }),
  ),
];
