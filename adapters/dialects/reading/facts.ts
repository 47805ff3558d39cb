/** Facts as a vendor's dialect tells them: plain values in, checked drafts out. */
import { EventDraft, type EventType } from '../../../schemas/event.ts';
import type { ActorKind } from '../../../schemas/event-types.ts';
import type { Translation } from '../../../schemas/signal.ts';
import { rejected } from './message.ts';

/** What a fact may say; which of it its type takes is in schemas/event-types.ts. What is undefined or empty is not said. */
export interface Said {
  readonly actor?: string | undefined;
  readonly actorKind?: ActorKind | undefined;
  readonly status?: string | undefined;
  readonly reason?: string | undefined;
  /** How long the source itself says it took, ending with this fact. */
  readonly durationMs?: number | undefined;
  /** The source tells no time: `at` is the moment of receipt; or it tells what was planned. */
  readonly timedBy?: 'receipt' | 'plan' | undefined;
  readonly into?: string | undefined;
  readonly attributes?: Readonly<Record<string, string | undefined>> | undefined;
}

export interface Fact {
  readonly type: EventType;
  /** The vendor's id of the message, unique within its source; several facts of one message may share it. */
  readonly id: string;
  /** Made by `subjectOf`. */
  readonly subject: string;
  /** When it happened, in milliseconds since 1970. */
  readonly at: number;
  readonly sequence?: number | undefined;
  /** A later word of the vendor on the same fact; the highest counts. */
  readonly revision?: number | undefined;
  readonly correlation?: string | undefined;
  readonly said?: Said;
}

type Plain = Record<string, unknown>;

const present = (values: object): Plain =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ''));

const LONGEST_ATTRIBUTE = 400;
/** An attribute is a label: what is longer is cut, and the signal has the whole of it. */
const attributesOf = (attributes: Said['attributes']): Plain | undefined => {
  const told = Object.entries(present(attributes ?? {})).map(
    ([name, value]) => [name, String(value).slice(0, LONGEST_ATTRIBUTE).toWellFormed()] as const,
  );
  return told.length === 0 ? undefined : Object.fromEntries(told);
};

const LONGEST_REASON = 200;

const dataOf = ({ attributes, reason, ...said }: Said): Plain =>
  present({ ...said, reason: reason?.slice(0, LONGEST_REASON), attributes: attributesOf(attributes) });

const draftOf = ({ type, id, subject, at, said = {}, ...rest }: Fact): unknown => ({
  ...present(rest),
  type,
  vendorId: id,
  subject,
  occurredAt: at,
  data: dataOf(said),
});

/** The translation that tells these facts. One that does not fit its schema rejects the whole message. */
export const told = (facts: readonly Fact[]): Translation => {
  const events: EventDraft[] = [];
  for (const fact of facts) {
    const parsed = EventDraft.safeParse(draftOf(fact));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const where = issue?.path.map(String).join('.') ?? '';
      return rejected('invalid-event', `${fact.type}: ${where} ${issue?.message ?? ''}`.slice(0, 1_000));
    }
    events.push(parsed.data);
  }
  return { status: 'events', events, checked: true };
};
