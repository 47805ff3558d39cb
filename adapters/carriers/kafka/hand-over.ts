/**
 * Handing a batch over, piece by piece: append, copy what was rejected, commit. In this order: what the group calls
 * read is durable, and a message that cannot be understood keeps none of those behind it.
 */
import type { InstantMs } from '../../../schemas/brand.ts';
import type { DeadLetter } from '../../../schemas/signal.ts';
import type { Arrival, Outcome } from '../../intake.ts';
import type { Clock } from '../../serve/clock.ts';
import type { GroupCommit, Offered } from '../../serve/group-commit.ts';
import { deadLetterCopyOf } from './dead-letter-copy.ts';
import { lively } from './lively.ts';
import { noteOf } from './place.ts';
import type { Batch, Grip, Message, Outgoing, Partition } from './port.ts';

export interface HandOver {
  readonly arrivalsOf: (from: Partition, message: Message, receivedAt: InstantMs) => readonly Arrival[];
  readonly offer: GroupCommit['offer'];
  /** Never rejects: the letters themselves are in the store. */
  readonly copy: (copies: readonly Outgoing[]) => Promise<void>;
  readonly now: () => InstantMs;
  readonly clock: Clock;
  /** Everything before it is durable and committed. */
  readonly onDone: (nextOffset: number, readMs: number) => void;
}

/** `gone`: the partition is no longer ours. The others are the store's: nothing was acknowledged. */
export type Handed = 'done' | 'gone' | Exclude<Offered['status'], 'settled'>;

const AT_ONCE = 500;

const piecesOf = (messages: readonly Message[]): readonly (readonly Message[])[] =>
  Array.from({ length: Math.ceil(messages.length / AT_ONCE) }, (_, index) =>
    messages.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  );

const lettersIn = (outcomes: readonly Outcome[]): readonly DeadLetter[] =>
  outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.letter] : []));

/** `told`: what each message told; their outcomes follow one another in the same order. */
const copiesOf = (
  from: Partition,
  messages: readonly Message[],
  told: readonly (readonly Arrival[])[],
  outcomes: readonly Outcome[],
): readonly Outgoing[] => {
  let at = 0;
  return messages.flatMap((message, index) => {
    const own = outcomes.slice(at, (at += told[index]?.length ?? 0));
    const letters = lettersIn(own);
    return letters.length === 0 ? [] : [deadLetterCopyOf(from, message, letters)];
  });
};

const latestMs = (messages: readonly Message[]): number =>
  messages.reduce((latest, { timestampMs }) => Math.max(latest, timestampMs), 0);

/** `before`: signals of our own that must be durable before the piece is committed. */
const handPiece = async (
  hand: HandOver,
  from: Partition,
  messages: readonly Message[],
  before: readonly Arrival[],
  grip: Grip,
): Promise<Handed> => {
  const receivedAt = hand.now();
  const told = messages.map((message) => hand.arrivalsOf(from, message, receivedAt));
  const offered = await lively(hand.offer([...before, ...told.flat()]), grip, hand.clock);
  if (offered.status !== 'settled') return offered.status;
  const copies = copiesOf(from, messages, told, offered.outcomes.slice(before.length));
  if (copies.length > 0) await lively(hand.copy(copies), grip, hand.clock);
  const nextOffset = (messages.at(-1)?.offset ?? -1) + 1;
  const readMs = latestMs(messages);
  await grip.commit(nextOffset, noteOf(readMs));
  hand.onDone(nextOffset, readMs);
  await grip.heartbeat();
  return 'done';
};

export const handOver = async (
  hand: HandOver,
  batch: Batch,
  before: readonly Arrival[],
  grip: Grip,
): Promise<Handed> => {
  let first = before;
  for (const piece of piecesOf(batch.messages)) {
    if (!grip.holds()) return 'gone';
    const handed = await handPiece(hand, batch, piece, first, grip);
    if (handed !== 'done') return handed;
    first = [];
  }
  return 'done';
};
