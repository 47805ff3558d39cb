/**
 * The traffic of a service desk, made up from a seed: calls and tickets as columns, subject after subject, each in order
 * of time. Ends go missing, several facts fall on one millisecond, a fact does not always name anybody.
 */
import { type Columns, NOBODY, NO_DURATION, typeCode } from '../../engine/clock/columns.ts';
import { UNTOLD } from '../../engine/clock/dictionary.ts';
import type { EventType } from '../../schemas/event.ts';
import { luck } from '../luck.ts';

export const AGENTS = 400;
export const SEED = 1997;

/** What the traffic consists of; other programs know the types by their place here. */
export const TRAFFIC_TYPES = [
  'CallOffered',
  'CallAbandoned',
  'CallConnected',
  'CallHeld',
  'CallResumed',
  'CallTransferred',
  'CallEnded',
  'CallWrappedUp',
  'TicketOpened',
  'TicketAssigned',
  'TicketStatusChanged',
  'TicketPended',
  'TicketResumed',
  'TicketResolved',
  'TicketReopened',
  'TicketClosed',
] as const satisfies readonly EventType[];
export type TrafficType = (typeof TRAFFIC_TYPES)[number];

export const STATUSES = ['new', 'open', 'pending', 'solved'] as const;
export type Status = (typeof STATUSES)[number];

export interface Traffic {
  readonly events: number;
  /** The facts; their only field is the status, told by its place in STATUSES. */
  readonly columns: Columns & { readonly status: Int32Array };
  /** Subject s has the facts `[first[s], first[s + 1])`. */
  readonly first: Int32Array;
  readonly subjects: number;
  readonly isCall: Uint8Array;
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
  write(type: TrafficType, actor?: number, status?: Status): void;
  /** Lets up to so much time pass. */
  pass(mostMs: number): void;
  chance(share: number): boolean;
  someone(): number;
}

const call = (pen: Pen): void => {
  pen.actor = pen.someone();
  pen.write('CallOffered', pen.actor);
  pen.pass(20 * SECOND);
  if (pen.chance(0.08)) return pen.write('CallAbandoned');
  pen.write('CallConnected', pen.actor);
  for (let again = pen.chance(0.35); again; again = pen.chance(0.25)) {
    pen.pass(5 * MINUTE);
    pen.write('CallHeld', pen.chance(0.5) ? pen.actor : NOBODY);
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
  if (pen.chance(0.03)) return;
  pen.write('CallEnded', pen.chance(0.7) ? pen.actor : NOBODY);
  if (!pen.chance(0.85)) return;
  if (!pen.chance(0.05)) pen.pass(3 * MINUTE);
  pen.write('CallWrappedUp', pen.actor);
};

const wait = (pen: Pen): void => {
  pen.write('TicketPended', pen.chance(0.5) ? pen.actor : NOBODY);
  pen.write('TicketStatusChanged', NOBODY, 'pending');
  // An automatic answer: it pends and goes on in the same millisecond.
  if (!pen.chance(0.03)) pen.pass(30 * HOUR);
  if (pen.chance(0.05)) return;
  pen.write('TicketResumed');
  pen.write('TicketStatusChanged', NOBODY, 'open');
};

const workOn = (pen: Pen): void => {
  for (let again = pen.chance(0.9); again; again = pen.chance(0.3)) {
    // Most are given to somebody in the very millisecond in which they are opened.
    if (!pen.chance(0.4)) pen.pass(2 * HOUR);
    pen.actor = pen.someone();
    pen.write('TicketAssigned', pen.actor);
  }
  pen.pass(HOUR);
  if (pen.chance(0.7)) pen.write('TicketStatusChanged', pen.actor, 'open');
  for (let again = pen.chance(0.5); again; again = pen.chance(0.3)) {
    pen.pass(3 * HOUR);
    wait(pen);
  }
  pen.pass(4 * HOUR);
};

const ticket = (pen: Pen): void => {
  pen.actor = NOBODY;
  pen.write('TicketOpened', pen.chance(0.2) ? pen.someone() : NOBODY, 'new');
  if (pen.chance(0.02)) return pen.write('TicketResolved', pen.someone(), 'solved');
  for (;;) {
    workOn(pen);
    if (pen.chance(0.05)) return;
    pen.write('TicketResolved', pen.chance(0.8) ? pen.actor : NOBODY);
    pen.write('TicketStatusChanged', NOBODY, 'solved');
    if (!pen.chance(0.12)) break;
    // A rule of the help desk may open it again at once.
    if (!pen.chance(0.1)) pen.pass(40 * HOUR);
    pen.write('TicketReopened', pen.chance(0.3) ? pen.someone() : NOBODY, 'open');
  }
  pen.pass(40 * HOUR);
  if (pen.chance(0.5)) pen.write('TicketClosed');
};

const TICKETS = 0.45;

/** So many facts; the last subject breaks off where they are at an end. */
export const traffic = (events: number, seed: number): Traffic => {
  const random = luck(seed);
  const at = new Float64Array(events);
  const type = new Uint8Array(events);
  const actor = new Int32Array(events);
  const status = new Int32Array(events);
  const first = new Int32Array(events + 1);
  const isCall = new Uint8Array(events);
  let written = 0;
  let subjects = 0;
  const pen: Pen = {
    atMs: 0,
    actor: NOBODY,
    hasRoom: () => written < events,
    write: (what, who = NOBODY, told) => {
      if (written === events) return;
      at[written] = pen.atMs;
      type[written] = typeCode(what);
      actor[written] = who;
      status[written] = told === undefined ? UNTOLD : STATUSES.indexOf(told);
      written += 1;
    },
    pass: (mostMs) => {
      pen.atMs += 1 + Math.floor(random() * mostMs);
    },
    chance: (share) => random() < share,
    someone: () => Math.floor(random() * AGENTS),
  };
  while (pen.hasRoom()) {
    pen.atMs = FROM_MS + Math.floor(random() * YEAR_MS);
    isCall[subjects] = pen.chance(TICKETS) ? 0 : 1;
    if (isCall[subjects] === 1) call(pen);
    else ticket(pen);
    subjects += 1;
    first[subjects] = written;
  }
  const durationMs = new Float64Array(events).fill(NO_DURATION);
  return {
    events,
    columns: { at, type, actor, durationMs, fields: [status], status },
    first: first.slice(0, subjects + 1),
    subjects,
    isCall: isCall.slice(0, subjects),
  };
};
