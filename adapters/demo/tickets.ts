/** Tickets: short stretches of work, long waits in between, and some that come back after they were resolved. */
import { type ActorId, type InstantMs, shift, type SubjectId } from '../../schemas/brand.ts';
import { HOUR_MS, MINUTE_MS } from './calendar.ts';
import { CUSTOMERS, minutes, type Opening, PRODUCTS, type Scene } from './scene.ts';

export const TICKET_ROOM_MS = 10 * MINUTE_MS;

/** A ticket that lies somewhere since `sinceMs` and can be taken up again. */
interface Shelved {
  readonly subject: SubjectId;
  readonly actor: ActorId;
  readonly sinceMs: InstantMs;
}

export interface TicketDesk {
  /** One stretch of work on a new, a waiting or a reopened ticket; returns when it is over. */
  work(actor: ActorId, opening: Opening): InstantMs;
}

/** Opened and assigned in one go: who takes the message works on it from that instant, and no ticket waits for a person. */
const openTicket = (scene: Scene, actor: ActorId, atMs: InstantMs): SubjectId => {
  const subject = scene.ledger.open('ticket');
  const attributes = {
    customer: scene.random.pick(CUSTOMERS),
    product: scene.random.pick(PRODUCTS),
    case: `C-${scene.random.between(1_000, 1_400)}`,
  };
  scene.ledger.say('TicketOpened', subject, atMs, { actor, attributes });
  scene.ledger.say('TicketAssigned', subject, atMs, { actor });
  return subject;
};

const take = (shelf: Shelved[], actor: ActorId, beforeMs: number): SubjectId | undefined => {
  const index = shelf.findIndex((entry) => entry.actor === actor && entry.sinceMs <= beforeMs);
  return index < 0 ? undefined : shelf.splice(index, 1)[0]?.subject;
};

export const ticketDesk = (scene: Scene): TicketDesk => {
  const { ledger, random } = scene;
  const waiting: Shelved[] = [];
  const resolved: Shelved[] = [];

  const takeUp = (actor: ActorId, fromMs: InstantMs): SubjectId => {
    const resumed = random.chance(0.6) ? take(waiting, actor, fromMs - 45 * MINUTE_MS) : undefined;
    if (resumed !== undefined) {
      ledger.say('TicketResumed', resumed, fromMs, { actor });
      return resumed;
    }
    const reopened = random.chance(0.15) ? take(resolved, actor, fromMs - 4 * HOUR_MS) : undefined;
    if (reopened === undefined) return openTicket(scene, actor, fromMs);
    ledger.say('TicketReopened', reopened, fromMs, { actor, reason: 'customer wrote again' });
    return reopened;
  };

  return {
    work: (actor, { fromMs, roomMs }) => {
      const toMs = shift(fromMs, Math.min(minutes(scene, 10, 40), roomMs));
      const subject = takeUp(actor, fromMs);
      ledger.spend({ actor, activity: 'ticket', subject, fromMs, toMs });
      if (random.chance(0.5)) {
        ledger.say('TicketPended', subject, toMs, { actor, reason: 'waiting for the customer' });
        waiting.push({ subject, actor, sinceMs: toMs });
      } else {
        ledger.say('TicketResolved', subject, toMs, { actor });
        resolved.push({ subject, actor, sinceMs: toMs });
      }
      return toMs;
    },
  };
};

/** A chat worked during a call: two things at once, on purpose. */
export const workChatTicket = (scene: Scene, actor: ActorId, fromMs: InstantMs, toMs: InstantMs): void => {
  const subject = openTicket(scene, actor, fromMs);
  scene.ledger.say('TicketResolved', subject, toMs, { actor });
  scene.ledger.spend({ actor, activity: 'ticket', subject, fromMs, toMs });
};

/** A ticket that one person starts and another finishes: `[fromMs, middleMs)` and `[middleMs, toMs)`. */
export const handOverTicket = (
  scene: Scene,
  from: ActorId,
  to: ActorId,
  [fromMs, middleMs, toMs]: readonly [InstantMs, InstantMs, InstantMs],
): SubjectId => {
  const { ledger } = scene;
  const subject = openTicket(scene, from, fromMs);
  ledger.say('TicketAssigned', subject, middleMs, { actor: to });
  ledger.say('TicketResolved', subject, toMs, { actor: to });
  ledger.spend({ actor: from, activity: 'ticket', subject, fromMs, toMs: middleMs });
  ledger.spend({ actor: to, activity: 'ticket', subject, fromMs: middleMs, toMs });
  return subject;
};
