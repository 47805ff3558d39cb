/** Field visits: the way there, the work at the customer's, and one check-out that nobody pressed. */
import { type ActorId, elapsed, type InstantMs, shift, type SubjectId } from '../../schemas/brand.ts';
import { MINUTE_MS } from './calendar.ts';
import { CUSTOMERS, minutes, type Opening, partWay, PRODUCTS, type Scene } from './scene.ts';

export const VISIT_ROOM_MS = 60 * MINUTE_MS;

export interface Visit {
  readonly subject: SubjectId;
  readonly travelMs: InstantMs;
  readonly checkedInMs: InstantMs;
  /** When the technician really left, whether or not it was said. */
  readonly leftMs: InstantMs;
}

const onSite = (scene: Scene, actor: ActorId, { subject, checkedInMs, leftMs }: Visit): void => {
  const { ledger, random } = scene;
  if (elapsed(checkedInMs, leftMs) < 50 * MINUTE_MS || !random.chance(0.3)) {
    ledger.spend({ actor, activity: 'visit', subject, fromMs: checkedInMs, toMs: leftMs });
    return;
  }
  const pausedMs = partWay(checkedInMs, leftMs, 0.5);
  const resumedMs = shift(pausedMs, minutes(scene, 8, 18));
  ledger.say('VisitPaused', subject, pausedMs, { actor, reason: random.pick(['fetching parts', 'break']) });
  ledger.say('VisitResumed', subject, resumedMs, { actor });
  ledger.spend({ actor, activity: 'visit', subject, fromMs: checkedInMs, toMs: pausedMs });
  ledger.spend({ actor, activity: 'visit', subject, fromMs: resumedMs, toMs: leftMs });
};

/** One visit. With `checkOut` false the stay is neither ended nor counted: only an end would prove it. */
export const visitCustomer = (scene: Scene, actor: ActorId, opening: Opening, checkOut: boolean): Visit => {
  const { ledger, random } = scene;
  const subject = ledger.open('visit');
  const attributes = { customer: random.pick(CUSTOMERS), product: random.pick(PRODUCTS) };
  const travelMs = opening.fromMs;
  const checkedInMs = shift(travelMs, minutes(scene, 12, 35));
  const stayMs = Math.min(minutes(scene, 45, 110), opening.roomMs - elapsed(travelMs, checkedInMs));
  const visit = { subject, travelMs, checkedInMs, leftMs: shift(checkedInMs, stayMs) };
  ledger.say('VisitTravelStarted', subject, travelMs, { actor, attributes });
  ledger.say('VisitCheckedIn', subject, checkedInMs, { actor, attributes });
  ledger.spend({ actor, activity: 'travel', subject, fromMs: travelMs, toMs: checkedInMs });
  if (!checkOut) return visit;
  onSite(scene, actor, visit);
  ledger.say('VisitCheckedOut', subject, visit.leftMs, { actor });
  return visit;
};
