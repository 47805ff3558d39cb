/** Back-filling: declared time that was told late. Beyond the rule's window it waits for somebody's approval. */
import type { EventId } from '../../schemas/brand.ts';
import type { Span } from '../../schemas/record.ts';
import type { Cycle } from '../cycle.ts';
import { type Account, moveOut } from './account.ts';

/** The facts that bound a span. Where another record counts the time already, its facts say nothing of this one. */
const boundsOf = ({ opened, closed }: Span): readonly EventId[] =>
  [opened, closed].flatMap(({ clause, event }) =>
    event === undefined || clause === 'merged' || clause === 'counted-already' ? [] : [event],
  );

const latenessOf = (span: Span, latenessMs: ReadonlyMap<EventId, number>): number =>
  Math.max(0, ...boundsOf(span).map((event) => latenessMs.get(event) ?? 0));

/** Whether anything that counts was told later than this after it happened. */
export const isLate = ({ spans }: Account, { words }: Cycle, afterMs: number): boolean =>
  words.latenessMs.size > 0 && spans.some((span) => latenessOf(span, words.latenessMs) > afterMs);

/** When the last was told of the facts that bound a span. */
const toldOf = (span: Span, toldMs: ReadonlyMap<EventId, number>): number =>
  Math.max(-Infinity, ...boundsOf(span).map((event) => toldMs.get(event) ?? -Infinity));

const lacksReason = (span: Span, unreasoned: ReadonlySet<EventId>): boolean =>
  boundsOf(span).some((event) => unreasoned.has(event));

export const withoutUnapproved = (account: Account, { rule, words, actor }: Cycle): Account => {
  const { backfill } = rule;
  if (backfill === undefined) return account;
  const approvedMs = words.approvedMs.get(actor) ?? -Infinity;
  return moveOut(
    account,
    account.spans
      .filter(
        (span) =>
          toldOf(span, words.toldMs) > approvedMs &&
          (latenessOf(span, words.latenessMs) > backfill.afterMs ||
            (backfill.needsReason && lacksReason(span, words.unreasoned))),
      )
      .map(({ fromMs, toMs }) => ({ fromMs, toMs, because: { clause: 'backfill' } })),
    'unapproved',
    rule,
  );
};
