/** The messages of one JSON delivery: one object, the members of a list, or what `each` cuts out of it. */
import { quote } from '../reading/quote.ts';
import { isObject, valueAt } from './path.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** `delivery`: the document in which the element stands; the element itself where nothing is cut. */
export type Message =
  | { readonly kind: 'message'; readonly element: JsonObject; readonly delivery: JsonObject }
  | { readonly kind: 'unusable'; readonly code: 'malformed' | 'missing-field'; readonly message: string }
  | { readonly kind: 'nothing'; readonly because: string };

/** An id beyond 2^53 would be rounded to its neighbour: then the digits themselves are the value. */
const exactInteger = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
  typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
    ? context?.source
    : value;

const LONG_NUMBER = /\d{16}/;

const parseJson = (raw: string): unknown =>
  LONG_NUMBER.test(raw) ? JSON.parse(raw, exactInteger) : JSON.parse(raw);

const malformed = (message: string): Message => ({ kind: 'unusable', code: 'malformed', message });

const noObject = (what: string, value: unknown): Message =>
  malformed(
    `${what} must be one JSON object, and this is ${Array.isArray(value) ? 'a list' : quote(String(value))}`,
  );

/** What `each` cuts: the path as the mapping writes it and its steps. */
export interface Cut {
  readonly path: string;
  readonly steps: readonly string[];
}

const elementsOf = (delivery: JsonObject, { path, steps }: Cut): readonly Message[] => {
  const list = valueAt(delivery, steps);
  if (list === undefined || list === null)
    return [{ kind: 'unusable', code: 'missing-field', message: `the list ${path} is absent` }];
  if (!Array.isArray(list)) return [malformed(`${path} is no list, and "each" cuts one`)];
  if (list.length === 0) return [{ kind: 'nothing', because: `an empty list ${path}` }];
  return list.map((element: unknown) =>
    isObject(element) ? { kind: 'message', element, delivery } : noObject(`an element of ${path}`, element),
  );
};

/** Never empty. */
export const messagesIn = (raw: string, cut: Cut | undefined): readonly Message[] => {
  let value: unknown;
  try {
    value = parseJson(raw);
  } catch (error) {
    return [malformed(`not JSON: ${error instanceof Error ? error.message : String(error)}`)];
  }
  const members: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (members.length === 0) return [{ kind: 'nothing', because: 'an empty list' }];
  return members.flatMap((member) => {
    if (!isObject(member)) return [noObject('a message', member)];
    return cut ? elementsOf(member, cut) : [{ kind: 'message' as const, element: member, delivery: member }];
  });
};
