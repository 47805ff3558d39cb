/** Unknown time: an end was supplied by a policy while the source that would have told it was down. */
import type { Outage } from '../outage.ts';
import { type Account, type Hole, type Naming, moveOut } from './account.ts';
import { MAXIMUM } from './missing-end.ts';

const isSupplied = ({ clause }: { readonly clause: string }): boolean =>
  clause.startsWith('missingEnd.') || clause === MAXIMUM.clause;

/**
 *     last sign                      cap
 *     |=========== inferred =========|
 *         |-- source was down --|
 *     |===|------ unknown ------|====|
 *
 * What a system did not say while it was down is named and not filled. Where its facts came later from elsewhere
 * nothing is missing, and nothing is unknown.
 */
export const withoutUnknown = (account: Account, outages: readonly Outage[], naming: Naming): Account => {
  if (outages.length === 0) return account;
  const supplied = account.spans.filter(({ closed }) => isSupplied(closed));
  const holes = supplied.flatMap((span) =>
    outages.map(({ fromMs, toMs, event, endedBy }): Hole => ({
      fromMs: fromMs > span.fromMs ? fromMs : span.fromMs,
      toMs: toMs < span.toMs ? toMs : span.toMs,
      because: { clause: 'outage', event },
      ...(endedBy === undefined || toMs > span.toMs ? {} : { until: { clause: 'outage', event: endedBy } }),
    })),
  );
  return moveOut(account, holes, 'unknown', naming);
};
