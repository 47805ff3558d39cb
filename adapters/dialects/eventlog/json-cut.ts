/**
 * One delivery of many messages, cut into deliveries of one: what stands around the list stays around each element.
 *
 *     {"account": 7, "events": [{"id": 1}, {"id": 2}]}
 *     {"account": 7, "events": [{"id": 1}]}   and   {"account": 7, "events": [{"id": 2}]}
 *
 * Each is a text of the sender's and understood by itself, so that a bad one is a dead letter alone.
 */
import { jsonMembers } from '../reading/json-members.ts';

const keyOf = (member: string): unknown => {
  const [quoted = '""'] = /^"(?:\\.|[^"\\])*"/s.exec(member) ?? [];
  return JSON.parse(quoted);
};

/** What stands before the value of a member: its key with the colon, or nothing in a list. */
const labelOf = (member: string, isObject: boolean): string =>
  isObject ? (/^"(?:\\.|[^"\\])*"\s*:\s*/s.exec(member)?.[0] ?? '') : '';

/** Of a repeated key the last counts, as for JSON.parse. */
const placeOf = (members: readonly string[], isObject: boolean, step: string): number =>
  isObject ? members.findLastIndex((member) => keyOf(member) === step) : Number(step);

/** The text around each member of the list at `steps`; undefined where there is no list, or an empty one. */
const cutAt = (text: string, steps: readonly string[]): readonly string[] | undefined => {
  const isObject = text.startsWith('{');
  if (!isObject && !text.startsWith('[')) return undefined;
  const members = jsonMembers(text);
  const [step, ...rest] = steps;
  if (step === undefined)
    return isObject || members.length === 0 ? undefined : members.map((one) => `[${one}]`);
  const at = placeOf(members, isObject, step);
  const member = members[at];
  if (member === undefined) return undefined;
  const label = labelOf(member, isObject);
  const [open, close] = isObject ? ['{', '}'] : ['[', ']'];
  return cutAt(member.slice(label.length), rest)?.map(
    (value) => `${open}${members.with(at, label + value).join(',')}${close}`,
  );
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** `each`: the steps to a list within each message. What cannot be cut stays the one text that it is. */
export const cutJson = (raw: string, each: readonly string[] | undefined): readonly string[] => {
  if (!isJson(raw)) return [raw];
  const text = raw.trim();
  const members = text.startsWith('[') ? jsonMembers(text) : [];
  const deliveries = members.length > 0 ? members : [raw];
  if (each === undefined) return deliveries;
  return deliveries.flatMap((delivery) => cutAt(delivery.trim(), each) ?? [delivery]);
};
