/**
 * The JSON CDR of FreeSWITCH (mod_json_cdr): a document for each leg, written when it is over.
 *
 * | leg                                  | facts                                                             |
 * | ------------------------------------ | ----------------------------------------------------------------- |
 * | the first (uuid = call_uuid), of a   | CallDialed, CallConnected, the holds, CallEnded                   |
 * | person                               |                                                                   |
 * | the first, of somebody else          | CallQueued, CallEnded                                             |
 * | another, of a person                 | CallOffered, CallConnected, the holds, CallLeft; CallMissed where |
 * |                                      | it was not answered                                               |
 *
 * Source: mod_json_cdr; a document of cgrates engine/fscdr_test.go. Times are `*_uepoch`, microseconds as text, kept to
 * the millisecond; "0" is "did not happen". `*_stamp` is naive and not read. `hold_events` has each hold, also where it
 * ends some milliseconds after the call. The check is billmsec: billsec subtracts two truncated seconds. `direction` is
 * seen from FreeSWITCH: an inbound leg is somebody who calls.
 */
import { z } from 'zod';
import type { EventType } from '../../../schemas/event.ts';
import type { Translation } from '../../../schemas/signal.ts';
import { readEpoch } from '../reading/epoch.ts';
import { type Fact, type Said, told } from '../reading/facts.ts';
import { epochInstant, maybe, text } from '../reading/fields.ts';
import { lengthOf } from '../reading/lengths.ts';
import { ignored, readValue, rejected } from '../reading/message.ts';
import type { IsPerson } from '../reading/pattern.ts';
import { quote } from '../reading/quote.ts';
import { subjectOf } from '../reading/subject.ts';

/** "0" where it did not happen. */
const moment = z.preprocess(
  (value) => (value === '0' || value === 0 || value === '' ? undefined : value),
  epochInstant('epoch-us').optional(),
);

export const Cdr = z.looseObject({
  variables: z.looseObject({
    uuid: text,
    call_uuid: maybe(text),
    bridge_uuid: maybe(text),
    direction: z.enum(['inbound', 'outbound']),
    cc_agent: maybe(text),
    dialed_user: maybe(text),
    sip_from_user: maybe(text),
    sip_to_user: maybe(text),
    hangup_cause: maybe(text),
    hold_events: maybe(text),
    billmsec: maybe(text),
    start_uepoch: epochInstant('epoch-us'),
    answer_uepoch: moment,
    end_uepoch: epochInstant('epoch-us'),
  }),
});
type Leg = z.infer<typeof Cdr>['variables'];

/** `{{start,end},{start,end}}` in microseconds. A hold that goes on at the end of the leg has no end, or 0. */
const holdsIn = (list: string | undefined): readonly (readonly [string, string])[] =>
  [...(list ?? '').matchAll(/\{(\d+),(\d*)\}/g)].map(([, from = '', to = '']) => [from, to]);

const callOf = ({ uuid, call_uuid, bridge_uuid, direction }: Leg): string =>
  call_uuid ?? (direction === 'outbound' ? bridge_uuid : undefined) ?? uuid;

const userOf = ({ cc_agent, dialed_user, sip_to_user, sip_from_user, direction }: Leg): string | undefined =>
  cc_agent ?? (direction === 'outbound' ? (dialed_user ?? sip_to_user) : sip_from_user);

interface Step {
  readonly type: EventType;
  readonly at: number;
  readonly said?: Said;
}

const holdSteps = ({ hold_events }: Leg): readonly Step[] | string => {
  const steps: Step[] = [];
  for (const [from, to] of holdsIn(hold_events)) {
    const began = readEpoch(from, 'epoch-us');
    const over = to === '' || to === '0' ? undefined : readEpoch(to, 'epoch-us');
    if (typeof began === 'string') return `hold_events: ${quote(from)} ${began}`;
    if (typeof over === 'string') return `hold_events: ${quote(to)} ${over}`;
    steps.push({ type: 'CallHeld', at: began });
    if (over !== undefined) steps.push({ type: 'CallResumed', at: over });
  }
  return steps;
};

/** How the leg began and how it ended, as seen by the call. */
const boundsOf = (leg: Leg, isFirst: boolean, isPerson: boolean): readonly [EventType, EventType] => {
  if (isFirst) return [isPerson ? 'CallDialed' : 'CallQueued', 'CallEnded'];
  return ['CallOffered', leg.answer_uepoch === undefined ? 'CallMissed' : 'CallLeft'];
};

export const readCdr = (value: unknown, isPerson: IsPerson): Translation => {
  const read = readValue(value, Cdr);
  if (read.status === 'rejected') return read;
  const leg = read.message.variables;
  const user = userOf(leg);
  const actor = isPerson(user) ? user : undefined;
  const call = callOf(leg);
  const isFirst = call === leg.uuid;
  if (!isFirst && actor === undefined) return ignored('a leg of no person');
  const holds = holdSteps(leg);
  if (typeof holds === 'string') return rejected('bad-time', holds);
  const [begins, ends] = boundsOf(leg, isFirst, actor !== undefined);
  const durationMs = leg.answer_uepoch === undefined ? undefined : lengthOf(leg.billmsec, 1);
  const reason = ends === 'CallLeft' ? undefined : leg.hangup_cause;
  const steps: readonly Step[] = [
    {
      type: begins,
      at: leg.start_uepoch,
      said: { attributes: { customer: isFirst ? leg.sip_from_user : undefined } },
    },
    ...(actor !== undefined && leg.answer_uepoch !== undefined
      ? [{ type: 'CallConnected' as const, at: leg.answer_uepoch }, ...holds]
      : []),
    {
      type: ends,
      at: leg.end_uepoch,
      said: { durationMs: actor === undefined ? undefined : durationMs, reason },
    },
  ];
  return told(
    steps.map(({ type, at, said }, index): Fact => ({
      type,
      // Several holds of a leg are several facts of one type.
      id: type === 'CallHeld' || type === 'CallResumed' ? `${leg.uuid}|${index}` : leg.uuid,
      subject: subjectOf('call', call),
      at,
      sequence: index,
      said: { actor, ...said },
    })),
  );
};
