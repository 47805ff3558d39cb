/**
 * AMI, the manager interface: blocks of `Key: value` lines.
 *
 * | event              | fact                                                  |
 * | ------------------ | ----------------------------------------------------- |
 * | Hold, Unhold       | CallHeld, CallResumed, of a person's channel          |
 * | QueueCallerJoin    | CallQueued                                            |
 * | AgentCalled        | CallOffered                                           |
 * | AgentRingNoAnswer  | CallMissed, durationMs = RingTime                     |
 * | AgentConnect       | CallConnected, durationMs = HoldTime                  |
 * | AgentComplete      | CallEnded, durationMs = TalkTime                      |
 * | QueueCallerAbandon | CallAbandoned, durationMs = HoldTime                  |
 *
 * Source: docs.asterisk.org, AMI events. `Timestamp` (epoch seconds with a fraction) comes with `timestampevents=yes`;
 * without it the time is that of receipt. It is the only place where Asterisk tells hold: a PBX whose queue_log is read
 * needs Hold and Unhold from here and nothing else. RingTime of AgentRingNoAnswer is milliseconds, all other lengths are
 * seconds.
 */
import type { EventType } from '../../../schemas/event.ts';
import type { Signal, Translation } from '../../../schemas/signal.ts';
import { readEpoch } from '../reading/epoch.ts';
import { type Said, told } from '../reading/facts.ts';
import { shortHash } from '../reading/hash.ts';
import { headerBlock } from '../reading/header-block.ts';
import { lengthOf } from '../reading/lengths.ts';
import { ignored, rejected } from '../reading/message.ts';
import type { IsPerson } from '../reading/pattern.ts';
import { quote } from '../reading/quote.ts';
import { subjectOf } from '../reading/subject.ts';
import { deviceOf } from './device.ts';

export const isAmi = (raw: string): boolean => /^Event: *\w+/.test(raw);

type Block = Readonly<Record<string, string>>;

const SECOND_MS = 1_000;

interface Step {
  readonly type: EventType;
  readonly said: Said;
}

/** The agent: the interface that the queue knows it by; for a hold, the device of the channel. */
const memberOf = (block: Block): string | undefined => block['Interface'] ?? block['DestChannel'];

const STEPS: Readonly<Record<string, (block: Block) => Step>> = {
  QueueCallerJoin: (block) => ({
    type: 'CallQueued',
    said: { attributes: { queue: block['Queue'], customer: block['CallerIDNum'] } },
  }),
  AgentCalled: (block) => ({ type: 'CallOffered', said: { actor: memberOf(block) } }),
  AgentRingNoAnswer: (block) => ({
    type: 'CallMissed',
    said: { actor: memberOf(block), durationMs: lengthOf(block['RingTime'], 1) },
  }),
  AgentConnect: (block) => ({
    type: 'CallConnected',
    said: {
      actor: memberOf(block),
      durationMs: lengthOf(block['HoldTime'], SECOND_MS),
      attributes: { queue: block['Queue'] },
    },
  }),
  AgentComplete: (block) => ({
    type: 'CallEnded',
    said: {
      actor: memberOf(block),
      reason: block['Reason'],
      durationMs: lengthOf(block['TalkTime'], SECOND_MS),
    },
  }),
  QueueCallerAbandon: (block) => ({
    type: 'CallAbandoned',
    said: { reason: 'caller', durationMs: lengthOf(block['HoldTime'], SECOND_MS) },
  }),
  Hold: (block) => ({ type: 'CallHeld', said: { actor: deviceOf(block['Channel'] ?? '') } }),
  Unhold: (block) => ({ type: 'CallResumed', said: { actor: deviceOf(block['Channel'] ?? '') } }),
};

/** These mean nothing without their person; a caller may wait or give up without one. */
const NEEDS_NOBODY = new Set(['CallQueued', 'CallAbandoned']);

export const readAmi = (signal: Signal, isPerson: IsPerson): Translation => {
  const block = headerBlock(signal.raw);
  const event = block['Event'] ?? '';
  const step = Object.hasOwn(STEPS, event) ? STEPS[event]?.(block) : undefined;
  if (!step) return ignored(`AMI ${quote(event)}: it moves no clock`);
  const call = block['Linkedid'] ?? block['Uniqueid'] ?? '';
  if (call === '') return rejected('missing-field', 'Linkedid and Uniqueid are absent or empty');
  if ((event === 'Hold' || event === 'Unhold') && !isPerson(step.said.actor))
    return ignored('a hold by the other side');
  if (!NEEDS_NOBODY.has(step.type) && (step.said.actor ?? '') === '')
    return rejected('missing-field', `${event} needs its Interface`);
  const time = block['Timestamp'];
  const at = time === undefined ? signal.receivedAt : readEpoch(time, 'epoch-s');
  if (typeof at === 'string') return rejected('bad-time', `Timestamp ${quote(time ?? '')} ${at}`);
  // Without a time the same block may be told twice and mean two holds.
  const id = `ami|${event}|${shortHash(signal.raw)}${time === undefined ? `|${signal.receivedAt}` : ''}`;
  const said = { ...step.said, timedBy: time === undefined ? ('receipt' as const) : undefined };
  return told([{ type: step.type, id, subject: subjectOf('call', call), at, said }]);
};
