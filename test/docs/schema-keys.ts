/** The keys that a generated JSON Schema knows, as the guides write them: `rules[].missingEnd.cap`, `times.*.format`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../house/tree.ts';

type Schema = Readonly<Record<string, unknown>>;
const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const below = (schema: unknown, path: string): readonly string[] => {
  if (!isSchema(schema)) return [];
  const { anyOf, properties, additionalProperties, items } = schema;
  return [
    ...(Array.isArray(anyOf) ? anyOf.flatMap((one) => below(one, path)) : []),
    ...Object.entries(isSchema(properties) ? properties : {}).flatMap(([key, value]) => {
      const at = path === '' ? key : `${path}.${key}`;
      return [at, ...below(value, at)];
    }),
    ...below(additionalProperties, `${path}.*`),
    ...below(items, `${path}[]`),
  ];
};

/** Sorted, each once. A schema with `$ref` would lose keys here: none has one. */
export const schemaKeys = (name: string): readonly string[] => {
  const schema: unknown = JSON.parse(readFileSync(join(ROOT, 'schemas/json', `${name}.schema.json`), 'utf8'));
  return [...new Set(below(schema, ''))].toSorted();
};

const DAY_OF_WEEK = /\.(mon|tue|wed|thu|fri|sat|sun)$/;

/** Parts that may be written in many places: where they stand, and the word that stands for all of these places. */
const PARTS: readonly (readonly [RegExp, string])[] = [
  [/^.*\b(when|runWhile|where|while)(\[\])?\.\*\./, 'condition.*.'],
  [/^rules\[\]\.(start|pause|resume|stop|cancel|reset|handOver|session\.events)(\[\])?\./, 'clause.'],
  [/^.*\.(holidays|days)\[\]\./, 'date.'],
  [/^rules\[\]\.round\./, 'round.'],
  [/^rules\[\]\.missingEnd\.shift\./, 'rules[].calendar.'],
  [/^calendars\.\*\.changes\[\]\.hours\./, 'calendars.*.hours.'],
];

/** The keys of a rule set, those of a part that may be written in many places once. */
export const ruleSetKeys = (): readonly string[] => {
  const keys = schemaKeys('rule-set').map((key) =>
    PARTS.reduce((short, [place, word]) => short.replace(place, word), key).replace(DAY_OF_WEEK, '.mon'),
  );
  return [...new Set(keys)].toSorted();
};
