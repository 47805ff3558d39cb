/** What messages have, beside what a mapping names: a misspelt path reads as nothing, and nobody would be told. */
import type { Mapping } from '../../../schemas/mapping.ts';
import { didYouMean } from '../../../schemas/nearest.ts';
import type { MappingProblem } from './check-mapping.ts';
import { columnUses } from './column-uses.ts';
import { cutOf, isJsonFormat } from './feeder.ts';
import { messagesIn } from './json-message.ts';
import { isObject, pathOf, pathText } from './path.ts';

/** Deeper than mappings reach; a message may be nested for ever. */
const DEEPEST = 20;
const AROUND = '^.';

const addPaths = (value: unknown, steps: readonly string[], prefix: string, seen: Set<string>): void => {
  if (steps.length > 0) seen.add(prefix + pathText(steps));
  if (steps.length >= DEEPEST) return;
  const members = Array.isArray(value) || isObject(value) ? Object.entries(value) : [];
  for (const [step, member] of members) addPaths(member, [...steps, step], prefix, seen);
};

const seenIn = (raws: readonly string[], mapping: Mapping): ReadonlySet<string> => {
  const cut = cutOf(mapping);
  const seen = new Set<string>();
  for (const message of raws.flatMap((raw) => messagesIn(raw, cut))) {
    if (message.kind !== 'message') continue;
    addPaths(message.element, [], '', seen);
    if (cut) addPaths(message.delivery, [], AROUND, seen);
  }
  return seen;
};

/** The one spelling of a column; undefined for a header, of which a body says nothing. */
const spelling = (column: string): string | undefined => {
  const path = pathOf(column);
  if (typeof path === 'string' || path.from === 'header') return undefined;
  return `${path.from === 'delivery' ? AROUND : ''}${pathText(path.steps)}`;
};

/** The paths that a mapping names and none of the messages has. They may be right: a message need not say everything. */
export const unseenPaths = (mapping: Mapping, raws: readonly string[]): readonly MappingProblem[] => {
  if (!isJsonFormat(mapping.format)) return [];
  const seen = seenIn(raws, mapping);
  const told = new Set<string>();
  return columnUses(mapping).flatMap(({ path, column }) => {
    const name = spelling(column);
    if (name === undefined || seen.has(name) || told.has(name)) return [];
    told.add(name);
    return [{ path, message: `"${column}" is in none of them${didYouMean(name, [...seen])}` }];
  });
};
