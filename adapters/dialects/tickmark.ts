/**
 * The dialect `tickmark`: our own canonical CRM signals, CloudEvents 1.0 in JSON (structured mode), single or batch.
 *
 * A signal is one event or an array of them. As one signal an array stands or falls together (one dead letter holds
 * it whole); who wants each member on its own calls `splitBatch` first, which cuts the text without changing a byte.
 */
import { CloudEvent } from '../../schemas/cloud-event.ts';
import { EVENT_TYPES, EventDraft, type EventType, isEventType, kindOf } from '../../schemas/event.ts';
import { didYouMean } from '../../schemas/nearest.ts';
import type { Dialect, Rejection, RejectionCode, Signal, Translation } from '../../schemas/signal.ts';
import { readIso } from './reading/iso.ts';
import { jsonMembers } from './reading/json-members.ts';
import { personStreamFault } from './reading/person-stream.ts';
import { quote } from './reading/quote.ts';

type Told =
  | { readonly status: 'draft'; readonly draft: EventDraft }
  | { readonly status: 'rejected'; readonly rejection: Rejection };

const rejected = (code: RejectionCode, message: string): Told & { readonly status: 'rejected' } => ({
  status: 'rejected',
  rejection: { code, message },
});

const parseJson = (raw: string): { readonly value: unknown } | Rejection => {
  try {
    return { value: JSON.parse(raw) };
  } catch (error) {
    return {
      code: 'malformed',
      message: `not JSON: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
};

type Issue = NonNullable<ReturnType<typeof CloudEvent.safeParse>['error']>['issues'][number];
type JsonObject = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const pathText = (path: readonly PropertyKey[]): string => path.map(String).join('.');

/** An attribute is there or not told at all: one of nothing is no field that is missing. */
const isAttribute = ([part, field, name]: readonly PropertyKey[]): boolean =>
  part === 'data' && field === 'attributes' && name !== undefined;

/** Whether the value that an issue is about was not there at all. */
const isAbsent = (root: unknown, path: readonly PropertyKey[]): boolean => {
  if (isAttribute(path)) return false;
  let value: unknown = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return true;
    value = Reflect.get(value, key);
  }
  return value === null || value === '';
};

const issueText = (issue: Issue, type: string): string => {
  const at = pathText(issue.path);
  if (issue.code !== 'unrecognized_keys') return `${at}: ${issue.message}`;
  const known = isEventType(type) ? Object.keys(EVENT_TYPES[type].data.shape) : [];
  const [key = ''] = issue.keys;
  return `${at === '' ? '' : `${at}.`}${key} is not a field of ${type}${didYouMean(key, known)}`;
};

/** What only Tickmark itself writes, and the command that does. */
const OWN_TYPES: ReadonlyMap<string, string> = new Map([
  ['RuleSetApplied', 'tickmark rules apply FILE'],
  ['TimesheetSealed', 'tickmark seal week WEEK'],
  ['WeekSealed', 'tickmark seal week WEEK'],
]);

const MESSAGE_TYPES: readonly EventType[] = Object.keys(EVENT_TYPES)
  .filter(isEventType)
  .filter((type) => !OWN_TYPES.has(type));

const wrongType = (type: string): Told => {
  const command = OWN_TYPES.get(type);
  if (command !== undefined)
    return rejected('unknown-type', `${type} is not taken from a source: use ${command}`);
  return rejected('unknown-type', `there is no event type ${quote(type)}${didYouMean(type, MESSAGE_TYPES)}`);
};

const readInstant = (time: string): number | string => {
  const iso = readIso(time);
  if (typeof iso === 'string') return `time: ${quote(time)} ${iso}`;
  if (iso.offsetMs === undefined) return `time: ${quote(time)} names no offset: end it with Z or +01:00`;
  return iso.localMs - iso.offsetMs;
};

/** A key that the schema would drop without a word, and a body that it does not read: both would lose something. */
const unreadPart = (value: JsonObject): string | undefined => {
  if (Object.hasOwn(value, 'data_base64')) return 'data_base64 is not read: send data as JSON';
  const data = value['data'];
  if (!isObject(data)) return undefined;
  if (Object.hasOwn(data, '__proto__')) return 'data.__proto__ is not a field';
  const [holder] =
    Object.entries(data).find(([, held]) => isObject(held) && Object.hasOwn(held, '__proto__')) ?? [];
  return holder === undefined ? undefined : `data.${holder}.__proto__ is no name of anything`;
};

/** Ids are unique within a source. Where the signal came under another name, the message's own source goes into the id. */
const vendorIdOf = (event: CloudEvent, source: string): string =>
  event.source === source ? event.id : `${event.source.replace(/[\\|]/g, '\\$&')}|${event.id}`;

const candidateOf = (event: CloudEvent, source: string, occurredAt: number): unknown => ({
  type: event.type,
  vendorId: vendorIdOf(event, source),
  subject: event.subject,
  occurredAt,
  data: event.data,
  ...(event.sequence === undefined ? {} : { sequence: Number(event.sequence) }),
  ...(event.revision === undefined ? {} : { revision: event.revision }),
  ...(event['correlation'] === undefined ? {} : { correlation: event['correlation'] }),
});

/** The first thing wrong, told with its path. A value that is not there is `missing-field`. */
const misfit = (issues: readonly Issue[], root: unknown, type: string, code: RejectionCode): Told => {
  const [issue] = issues;
  if (!issue) return rejected(code, 'does not fit its schema');
  if (issue.code !== 'unrecognized_keys' && isAbsent(root, issue.path))
    return rejected('missing-field', `${pathText(issue.path)} is absent or empty`);
  return rejected(code, issueText(issue, type));
};

/** Facts stand in the stream of their subject; what is known of a person in the person's own. */
const streamFault = ({ type, subject, data }: CloudEvent): string | undefined => {
  if (!isEventType(type)) return undefined;
  const kind = kindOf(type);
  if (kind === 'any') return undefined;
  if (!subject.startsWith(`${kind}-`))
    return `${type} is about a ${kind}, its subject is written ${kind}-<id>, and this is ${quote(subject)}`;
  const actor = isObject(data) ? data['actor'] : undefined;
  return typeof actor === 'string' ? personStreamFault(type, subject, actor) : undefined;
};

const tellOne = (value: unknown, source: string): Told => {
  if (!isObject(value)) return rejected('malformed', 'a CloudEvent is a JSON object');
  const envelope = CloudEvent.safeParse(value);
  if (!envelope.success) return misfit(envelope.error.issues, value, 'the CloudEvent', 'malformed');
  const event = envelope.data;
  if (!isEventType(event.type) || OWN_TYPES.has(event.type)) return wrongType(event.type);
  const unread = unreadPart(value);
  if (unread !== undefined) return rejected('invalid-event', unread);
  const occurredAt = readInstant(event.time);
  if (typeof occurredAt === 'string') return rejected('bad-time', occurredAt);
  const misplaced = streamFault(event);
  if (misplaced !== undefined) return rejected('invalid-event', misplaced);
  const candidate = candidateOf(event, source, occurredAt);
  const draft = EventDraft.safeParse(candidate);
  if (!draft.success) return misfit(draft.error.issues, candidate, event.type, 'invalid-event');
  return { status: 'draft', draft: draft.data };
};

const tellAll = (values: readonly unknown[], source: string): Translation => {
  if (values.length === 0) return { status: 'ignored', because: 'an empty batch' };
  const events: EventDraft[] = [];
  for (const [index, value] of values.entries()) {
    const told = tellOne(value, source);
    if (told.status === 'rejected') {
      const { code, message } = told.rejection;
      return rejected(code, `event ${index + 1} of ${values.length} in the batch: ${message}`);
    }
    events.push(told.draft);
  }
  return { status: 'events', events, checked: true };
};

const translate = (signal: Signal): Translation => {
  const parsed = parseJson(signal.raw);
  if ('code' in parsed) return { status: 'rejected', rejection: parsed };
  if (Array.isArray(parsed.value)) return tellAll(parsed.value, signal.source);
  const told = tellOne(parsed.value, signal.source);
  return told.status === 'draft' ? { status: 'events', events: [told.draft], checked: true } : told;
};

/** The source that a member names for itself; the carrier's when it names none that could be one. */
const sourceOf = (member: unknown, fallback: string): string => {
  const source = isObject(member) ? member['source'] : undefined;
  return typeof source === 'string' && source.length > 0 && source.length <= 200 ? source : fallback;
};

/**
 * One signal for each event: an array (application/cloudevents-batch+json) is cut at its commas, each member keeping
 * its exact text, so that a bad one is a dead letter of its own. Each takes the source that its event names: the same
 * event has the same id by whatever carrier it comes. What is no JSON, and an empty array, stays one signal.
 */
export const splitBatch = (signal: Signal): readonly Signal[] => {
  const parsed = parseJson(signal.raw);
  if ('code' in parsed) return [signal];
  const { value } = parsed;
  if (!Array.isArray(value)) return [{ ...signal, source: sourceOf(value, signal.source) }];
  if (value.length === 0) return [signal];
  const members: readonly unknown[] = value;
  return jsonMembers(signal.raw).map((raw, index) => ({
    ...signal,
    source: sourceOf(members[index], signal.source),
    raw,
  }));
};

export const tickmark: Dialect = Object.freeze({
  name: 'tickmark',
  version: 1,
  translate,
  split: splitBatch,
});
