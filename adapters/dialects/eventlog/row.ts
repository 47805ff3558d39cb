/** A row: column -> text. From the columns that the carrier split, or from one JSON object, flattened. */
import type { Mapping } from '../../../schemas/mapping.ts';
import type { Signal } from '../../../schemas/signal.ts';
import { quote } from '../reading/quote.ts';

export type Row = Readonly<Record<string, string>>;

/** The text of a cell, trimmed; empty where there is no such column. The type is asked at run time: a row may inherit. */
export const cell = (row: Row, column: string): string => {
  const value: unknown = row[column];
  return typeof value === 'string' ? value.trim() : '';
};

/** A cell, empty where it holds one of the values that mean nothing in its column. */
export type TextOf = (row: Row, column: string) => string;

/** Whether the mapping says that this value of this column means "nothing here". */
export type IsNothing = (column: string, value: string) => boolean;

/** Deeper than any export; names grow with the depth, so there must be a limit. */
const DEEPEST = 64;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Adds `a.b.0` columns to `columns`; answers the sentence that says why it cannot. */
const flatten = (
  value: unknown,
  name: string,
  depth: number,
  columns: Map<string, string>,
): string | undefined => {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'object') {
    if (depth >= DEEPEST) return `the JSON is nested deeper than ${DEEPEST} levels`;
    for (const [key, member] of Object.entries(value)) {
      const fault = flatten(member, name === '' ? key : `${name}.${key}`, depth + 1, columns);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }
  if (columns.has(name)) return `the column ${quote(name)} occurs twice, nested and with a dot in its name`;
  if (typeof value === 'string') columns.set(name, value);
  else if (typeof value === 'number' || typeof value === 'boolean') columns.set(name, String(value));
  return undefined;
};

/** An id beyond 2^53 would be rounded to its neighbour: then the digits themselves are the value. */
const exactInteger = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
  typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
    ? context?.source
    : value;

const LONG_NUMBER = /\d{16}/;

const parseJson = (raw: string): unknown =>
  LONG_NUMBER.test(raw) ? JSON.parse(raw, exactInteger) : JSON.parse(raw);

/** The row, or the sentence that says why the JSON line is none. */
export const jsonRow = (raw: string): Row | string => {
  let value: unknown;
  try {
    value = parseJson(raw);
  } catch (error) {
    return `not JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
  if (!isObject(value)) return `a line must be one JSON object, and this is ${quote(raw)}`;
  const columns = new Map<string, string>();
  const fault = flatten(value, '', 0, columns);
  return fault ?? Object.fromEntries(columns);
};

export const rowOf = (signal: Signal, format: Mapping['format']): Row | string => {
  if (signal.fields) return signal.fields;
  if (format === 'ndjson') return jsonRow(signal.raw);
  return 'the columns of the line are not known: its number of columns, its quotes or its bytes are wrong';
};
