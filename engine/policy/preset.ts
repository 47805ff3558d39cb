/** A preset: so much is booked from the start on. What was not observed of it is declared, and may wait for approval. */
import { type InstantMs, instantMs, shift } from '../../schemas/brand.ts';
import { byStart } from '../interval/interval.ts';
import type { Cycle } from '../cycle.ts';
import { type Account, type Naming, moveOut } from './account.ts';

const PRESET = { clause: 'preset' };

/** When all that is known of a record ends: its last second may be a pause. */
const endOf = ({ spans, subtracted }: Account): InstantMs =>
  instantMs(Math.max(...[...spans, ...subtracted].map(({ toMs }) => toMs)));

/**
 *     start                       start + 60 min
 *     |== observed 37 ==|- declared 23 -|
 */
const filled = (
  account: Account,
  fromMs: InstantMs,
  toMs: InstantMs,
  counts: boolean,
  { namesOuterEnds }: Naming,
): Account => {
  const stretch = { fromMs, toMs, opened: PRESET, closed: PRESET };
  return counts
    ? { ...account, spans: [...account.spans, { ...stretch, grade: 'declared' }] }
    : {
        ...account,
        subtracted: [
          ...account.subtracted,
          { reason: 'unapproved' as const, ...stretch, ...(namesOuterEnds ? { by: PRESET } : {}) },
        ].sort(byStart),
      };
};

/** A record that still runs is not filled: it may become longer than the preset by itself. */
export const withPreset = (account: Account, { rule, words, actor }: Cycle, isOpen: boolean): Account => {
  const { preset } = rule;
  const [first] = account.spans;
  const last = account.spans.at(-1);
  if (preset === undefined || isOpen || !first || !last) return account;
  const endMs = shift(first.fromMs, preset.durationMs);
  if (preset.capToObserved)
    return moveOut(
      account,
      endMs < last.toMs ? [{ fromMs: endMs, toMs: last.toMs, because: PRESET }] : [],
      'over-maximum',
      rule,
    );
  const knownMs = endOf(account);
  if (knownMs >= endMs) return account;
  return filled(account, knownMs, endMs, !preset.needsApproval || words.approvedMs.has(actor), rule);
};
