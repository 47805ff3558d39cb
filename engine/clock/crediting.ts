/** Crediting: whose time it is that begins now. */
import { HAND_OVER } from './clock.ts';
import { NOBODY } from './columns.ts';
import type { Fold } from './fold.ts';
import { eventOf } from './running.ts';

const HANDS_OVER = 1 << HAND_OVER;
const NO_ONE = NOBODY;

/** Whom the subject's facts have named last, this instant's included. Asked rarely, so it is looked up. */
const namedLast = ({ run, columns: { actor, at } }: Fold): number => {
  const now = at[run.now] ?? 0;
  for (; run.namedUntil < run.until && (at[run.namedUntil] ?? 0) <= now; run.namedUntil += 1) {
    const who = actor[run.namedUntil] ?? NO_ONE;
    if (who !== NO_ONE) run.named = who;
  }
  return run.named;
};

/** Whom the hand-over of this instant names, or NOBODY. */
export const heirNow = ({ run, columns: { actor } }: Fold): number =>
  (run.acts & HANDS_OVER) !== 0 ? (actor[eventOf(run, HAND_OVER)] ?? NO_ONE) : NO_ONE;

/** Who begins with `event`. `wasOpen`: a cycle was when the instant began. */
export const starter = (fold: Fold, event: number, wasOpen: boolean): number => {
  if (fold.only !== NO_ONE) return fold.only;
  // A ticket that is opened by one and given to another in the same second is the other's from the start.
  const heir = wasOpen ? NO_ONE : heirNow(fold);
  if (heir !== NO_ONE) return heir;
  const own = fold.columns.actor[event] ?? NO_ONE;
  return own === NO_ONE ? namedLast(fold) : own;
};
