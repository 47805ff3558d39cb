/** Attributed time: how much of each piece counts once the overlap policy of its measure has spoken. */
import { type DurationMs, NO_TIME, elapsed } from '../../schemas/brand.ts';
import { type OverlapPolicy, amongOf } from '../../schemas/measure.ts';
import { cap } from './cap.ts';
import { type Attribution, type OverlapPiece, contendersOf } from './contender.ts';
import { countAll } from './count-all.ts';
import { exclusive } from './exclusive.ts';
import { fairShare } from './fair-share.ts';
import { priority } from './priority.ts';

const POLICIES: Readonly<Record<OverlapPolicy['policy'], Attribution>> = {
  countAll,
  fairShare,
  priority,
  exclusive,
  cap,
};

/**
 * `pieces` of one person, one local day and one measure, in any order; pieces of one record do not overlap.
 * The answer has their order. A piece gets from nothing to its own length; what it does not get is shed.
 *
 * Added up, fairShare, exclusive and priority give the union of what they apply to, and so never more than the
 * day; cap gives at most as many times the union as it lets count. That total stays the same to the
 * millisecond if the pieces are cut at any instant and the halves attributed apart. What a single piece gets:
 * - the same too, if the cut runs through no piece and parts no two that touch, and with countAll always;
 * - with fairShare at most 2 ms more or less: three roundings of less than a millisecond each;
 * - with the others the same too, as long as what was cut says when it began (`beganMs`).
 */
export const attribute = (pieces: readonly OverlapPiece[], policy: OverlapPolicy): readonly DurationMs[] => {
  const attributedMs = pieces.map(({ fromMs, toMs }) => elapsed(fromMs, toMs));
  const contenders = contendersOf(pieces, amongOf(policy));
  const given = POLICIES[policy.policy](contenders, policy);
  for (const one of contenders) attributedMs[one.place] = given.get(one) ?? NO_TIME;
  return attributedMs;
};
