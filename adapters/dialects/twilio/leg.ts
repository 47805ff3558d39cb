/** One leg of a call: Programmable Voice's status callback. What it tells depends on whose telephone it is. */
import { z } from 'zod';
import type { EventType } from '../../../schemas/event.ts';
import type { Signal, Translation } from '../../../schemas/signal.ts';
import { type Said, told } from '../reading/facts.ts';
import { maybe, rfc2822Instant, text } from '../reading/fields.ts';
import { counter, seconds } from '../reading/lengths.ts';
import { ignored, readValue, rejected } from '../reading/message.ts';
import { quote } from '../reading/quote.ts';
import { subjectOf } from '../reading/subject.ts';
import { type Form, timedAt } from './form.ts';

const Leg = z.looseObject({
  CallSid: text,
  ParentCallSid: maybe(text),
  CallStatus: text,
  Direction: maybe(text),
  From: maybe(text),
  To: maybe(text),
  Timestamp: maybe(rfc2822Instant),
  SequenceNumber: maybe(counter),
  /** In seconds, from the answer on; `Duration` beside it is in minutes, for the bill. */
  CallDuration: maybe(seconds),
});
type Leg = z.infer<typeof Leg>;

/** The telephone numbers that are somebody's of ours. */
export interface Telephones {
  readonly agents: readonly string[];
}

/** Devices that register with Twilio (a browser, a desk telephone) are people of ours; numbers only where we know it. */
const isOurs = (address: string | undefined, { agents }: Telephones): boolean =>
  address !== undefined && (/^(client|sips?):/i.test(address) || agents.includes(address));

/** `sip:ana@example.com;transport=udp` is ana at whatever transport. */
const personAt = (address: string | undefined): string | undefined =>
  address !== undefined && /^sips?:/i.test(address) ? address.replace(/[;?].*$/s, '') : address;

/** `rings`: Twilio calls one of us. `reaches`: it calls somebody else. `dials`: one of us calls. `arrives`: a caller. */
type Role = 'rings' | 'reaches' | 'dials' | 'arrives';

const roleOf = ({ Direction, From, To }: Leg, telephones: Telephones): Role => {
  if (Direction?.startsWith('outbound') === true) return isOurs(To, telephones) ? 'rings' : 'reaches';
  return isOurs(From, telephones) ? 'dials' : 'arrives';
};

const UNANSWERED = ['busy', 'no-answer', 'failed', 'canceled'] as const;
const STATUSES = ['queued', 'initiated', 'ringing', 'in-progress', 'completed', ...UNANSWERED] as const;
type Status = (typeof STATUSES)[number];

const isStatus = (status: string): status is Status => STATUSES.some((known) => known === status);
const isUnanswered = (status: Status): boolean => UNANSWERED.some((known) => known === status);

/** What is not here moves no clock: who calls us is first answered by an application, and nobody works yet. */
const STEPS: Readonly<Record<Role, Readonly<Partial<Record<Status, EventType>>>>> = {
  rings: { ringing: 'CallOffered', 'in-progress': 'CallConnected', completed: 'CallEnded' },
  reaches: {
    initiated: 'CallContacting',
    ringing: 'CallDialed',
    'in-progress': 'CallConnected',
    completed: 'CallEnded',
  },
  dials: { ringing: 'CallDialed', completed: 'CallEnded' },
  arrives: { completed: 'CallEnded' },
};

const stepOf = (role: Role, status: Status): EventType | undefined => {
  if (!isUnanswered(status)) return STEPS[role][status];
  return role === 'rings' ? 'CallMissed' : 'CallEnded';
};

const personOf = (role: Role, { From, To }: Leg, telephones: Telephones): string | undefined => {
  if (role === 'rings') return personAt(To);
  return isOurs(From, telephones) ? personAt(From) : undefined;
};

/** The far end. Of a leg that another leg dialled the form does not say whether it goes to a customer or to a colleague. */
const attributesOf = (role: Role, { From, To, ParentCallSid }: Leg, telephones: Telephones) => {
  if (role === 'rings') return { customer: isOurs(From, telephones) ? undefined : From };
  if (role === 'arrives') return { customer: From, direction: 'inbound' };
  return ParentCallSid === undefined ? { customer: To, direction: 'outbound' } : {};
};

/** Talk begins with the answer of the leg to a person, or to the customer: those durations measure it, the others do not. */
const saidOf = (role: Role, status: Status, leg: Leg, telephones: Telephones): Said => ({
  actor: personOf(role, leg, telephones),
  reason: isUnanswered(status) ? status : undefined,
  durationMs:
    status === 'completed' && (role === 'rings' || role === 'reaches') ? leg.CallDuration : undefined,
  attributes: attributesOf(role, leg, telephones),
});

export const translateLeg = (form: Form, signal: Signal, telephones: Telephones): Translation => {
  const read = readValue(form, Leg);
  if (read.status === 'rejected') return read;
  const { message: leg } = read;
  const { CallSid, CallStatus, ParentCallSid, SequenceNumber, Timestamp } = leg;
  if (!isStatus(CallStatus))
    return rejected('unknown-type', `CallStatus: ${quote(CallStatus)} is no status of a call`);
  const role = roleOf(leg, telephones);
  const type = stepOf(role, CallStatus);
  if (type === undefined) return ignored(`a leg that ${role} and is ${CallStatus}: it moves no clock`);
  const { at, timedBy } = timedAt(Timestamp, signal);
  return told([
    {
      type,
      id: `${CallSid}+${SequenceNumber ?? CallStatus}`,
      subject: subjectOf('call', ParentCallSid ?? CallSid),
      at,
      sequence: SequenceNumber,
      correlation: ParentCallSid === undefined ? undefined : CallSid,
      said: { ...saidOf(role, CallStatus, leg, telephones), timedBy },
    },
  ]);
};
