/**
 * The traffic of a service desk, made up from a seed: calls, chats and tickets as columns, subject after subject, each in
 * order of time. Ends go missing or come twice or too early, several facts fall on one millisecond, a fact does not always
 * name anybody.
 */
import { type Columns, NOBODY, NO_DURATION, typeCode } from '../../engine/clock/columns.ts';
import type { EventType } from '../../schemas/event.ts';
import { luck } from '../luck.ts';

export const AGENTS = 400;
/** One of them is a program: it greets in chats. */
const BOT = 0;
export const SEED = 1997;

/** What the traffic consists of; other programs know the types by their place here. */
export const TRAFFIC_TYPES = [
  'CallQueued',
  'CallOffered',
  'CallAbandoned',
  'CallConnected',
  'CallHeld',
  'CallResumed',
  'CallTransferred',
  'CallEnded',
  'CallWrappedUp',
  'ChatStarted',
  'ChatPaused',
  'ChatResumed',
  'ChatTransferred',
  'ChatEnded',
  'TicketOpened',
  'TicketAssigned',
  'TicketPended',
  'TicketResumed',
  'TicketResolved',
  'TicketReopened',
  'TicketClosed',
  'SubjectMerged',
] as const satisfies readonly EventType[];
export type TrafficType = (typeof TRAFFIC_TYPES)[number];

/** Other programs know the kinds of subject by their place here. */
export const TRAFFIC_KINDS = ['call', 'chat', 'ticket'] as const;
export type TrafficKind = (typeof TRAFFIC_KINDS)[number];

export interface Traffic {
  readonly events: number;
  readonly columns: Columns;
  /** Subject s has the facts `[first[s], first[s + 1])`. */
  readonly first: Int32Array;
  readonly subjects: number;
  /** By subject, the place in TRAFFIC_KINDS. */
  readonly kind: Uint8Array;
}

const YEAR_MS = 365 * 86_400_000;
const FROM_MS = Date.UTC(2026, 0, 1);
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Writes facts one after the other, and dice for what they are to be. */
interface Pen {
  atMs: number;
  actor: number;
  /** Whether there is room for one more. */
  hasRoom(): boolean;
  write(type: TrafficType, actor?: number): void;
  /** Lets up to so much time pass. */
  pass(mostMs: number): void;
  chance(share: number): boolean;
  someone(): number;
}

/** The one who speaks, or nobody. */
const perhaps = (pen: Pen, share: number): number => (pen.chance(share) ? pen.actor : NOBODY);

/** Whether it was ended. */
const converse = (pen: Pen): boolean => {
  pen.write('CallConnected', pen.actor);
  for (let again = pen.chance(0.35); again; again = pen.chance(0.25)) {
    pen.pass(5 * MINUTE);
    pen.write('CallHeld', perhaps(pen, 0.5));
    pen.pass(2 * MINUTE);
    if (pen.chance(0.06)) break;
    pen.write('CallResumed');
    if (!pen.chance(0.3)) continue;
    // Half of the transfers take the customer off hold in the same millisecond.
    if (pen.chance(0.5)) pen.pass(20 * SECOND);
    pen.actor = pen.someone();
    pen.write('CallTransferred', pen.actor);
  }
  pen.pass(8 * MINUTE);
  if (pen.chance(0.03)) return false;
  pen.write('CallEnded', perhaps(pen, 0.7));
  if (!pen.chance(0.04)) return true;
  // Both ends of the line tell that it was hung up.
  pen.pass(2 * SECOND);
  pen.write('CallEnded');
  return true;
};

/** Whether the work after the call was done. */
const wrapUp = (pen: Pen): boolean => {
  if (!pen.chance(0.85)) return false;
  if (!pen.chance(0.05)) pen.pass(3 * MINUTE);
  pen.write('CallWrappedUp', pen.actor);
  return true;
};

const call = (pen: Pen): void => {
  pen.actor = pen.someone();
  if (pen.chance(0.3)) {
    pen.write('CallQueued');
    pen.pass(MINUTE);
  }
  pen.write('CallOffered', pen.actor);
  pen.pass(20 * SECOND);
  if (pen.chance(0.08)) {
    pen.write('CallAbandoned');
    if (pen.chance(0.5)) pen.write('CallEnded');
    return;
  }
  while (converse(pen) && wrapUp(pen) && pen.chance(0.05)) {
    // Rung up once more about the same.
    pen.pass(HOUR);
    pen.actor = pen.someone();
  }
};

const chat = (pen: Pen): void => {
  pen.actor = pen.chance(0.4) ? BOT : pen.someone();
  if (pen.chance(0.01)) {
    // Two servers whose clocks run apart: the end of a short chat lies before its start.
    pen.write('ChatEnded', perhaps(pen, 0.5));
    pen.pass(7 * SECOND);
    return pen.write('ChatStarted', pen.actor);
  }
  pen.write('ChatStarted', pen.actor);
  for (let again = pen.actor === BOT; again; again = pen.chance(0.1)) {
    pen.pass(2 * MINUTE);
    pen.actor = pen.someone();
    pen.write('ChatTransferred', pen.actor);
  }
  for (let again = pen.chance(0.5); again; again = pen.chance(0.4)) {
    pen.pass(5 * MINUTE);
    pen.write('ChatPaused', perhaps(pen, 0.5));
    pen.pass(10 * MINUTE);
    if (pen.chance(0.05)) break;
    pen.write('ChatResumed');
  }
  pen.pass(8 * MINUTE);
  if (!pen.chance(0.06)) pen.write('ChatEnded', perhaps(pen, 0.6));
};

const wait = (pen: Pen): void => {
  pen.write('TicketPended', perhaps(pen, 0.5));
  // An automatic answer: it pends and goes on in the same millisecond.
  if (!pen.chance(0.03)) pen.pass(30 * HOUR);
  if (!pen.chance(0.05)) pen.write('TicketResumed');
};

const workOn = (pen: Pen): void => {
  for (let again = pen.chance(0.9); again; again = pen.chance(0.3)) {
    // Most are given to somebody in the very millisecond in which they are opened.
    if (!pen.chance(0.4)) pen.pass(2 * HOUR);
    pen.actor = pen.someone();
    pen.write('TicketAssigned', pen.actor);
  }
  pen.pass(HOUR);
  for (let again = pen.chance(0.6); again; again = pen.chance(0.35)) {
    pen.pass(3 * HOUR);
    wait(pen);
  }
  pen.pass(4 * HOUR);
};

const ticket = (pen: Pen): void => {
  pen.actor = NOBODY;
  pen.write('TicketOpened', pen.chance(0.2) ? pen.someone() : NOBODY);
  if (pen.chance(0.02)) return pen.write('TicketResolved', pen.someone());
  for (;;) {
    workOn(pen);
    // Somebody had asked the same before.
    if (pen.chance(0.02)) return pen.write('SubjectMerged');
    if (pen.chance(0.05)) return;
    pen.write('TicketResolved', perhaps(pen, 0.8));
    if (!pen.chance(0.12)) break;
    // A rule of the help desk may open it again at once.
    if (!pen.chance(0.1)) pen.pass(40 * HOUR);
    pen.write('TicketReopened', pen.chance(0.3) ? pen.someone() : NOBODY);
  }
  pen.pass(40 * HOUR);
  if (pen.chance(0.5)) pen.write('TicketClosed');
};

const WRITERS = [call, chat, ticket] as const;
const CALLS = 0.4;
const CHATS = 0.25;

const kindOf = (pen: Pen): number => {
  if (pen.chance(CALLS)) return TRAFFIC_KINDS.indexOf('call');
  return TRAFFIC_KINDS.indexOf(pen.chance(CHATS / (1 - CALLS)) ? 'chat' : 'ticket');
};

/** So many facts; the last subject breaks off where they are at an end. */
export const traffic = (events: number, seed: number): Traffic => {
  const random = luck(seed);
  const at = new Float64Array(events);
  const type = new Uint8Array(events);
  const actor = new Int32Array(events);
  const first = new Int32Array(events + 1);
  const kind = new Uint8Array(events);
  let written = 0;
  let subjects = 0;
  const pen: Pen = {
    atMs: 0,
    actor: NOBODY,
    hasRoom: () => written < events,
    write: (what, who = NOBODY) => {
      if (written === events) return;
      at[written] = pen.atMs;
      type[written] = typeCode(what);
      actor[written] = who;
      written += 1;
    },
    pass: (mostMs) => {
      pen.atMs += 1 + Math.floor(random() * mostMs);
    },
    chance: (share) => random() < share,
    someone: () => 1 + Math.floor(random() * (AGENTS - 1)),
  };
  while (pen.hasRoom()) {
    pen.atMs = FROM_MS + Math.floor(random() * YEAR_MS);
    const what = kindOf(pen);
    kind[subjects] = what;
    WRITERS[what]?.(pen);
    subjects += 1;
    first[subjects] = written;
  }
  const durationMs = new Float64Array(events).fill(NO_DURATION);
  return {
    events,
    columns: { at, type, actor, durationMs, fields: [] },
    first: first.slice(0, subjects + 1),
    subjects,
    kind: kind.slice(0, subjects),
  };
};
