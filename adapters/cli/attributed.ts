/** Attributed time: how much of one record counts beside what else its person did at once. */
import { type Plan, attributed, dateOfDay } from '../../engine/index.ts';
import { type DurationMs, type InstantMs, type LocalDate, total } from '../../schemas/brand.ts';
import type { Piece, TimeRecord } from '../../schemas/record.ts';
import type { RowReader } from '../../projections/ports.ts';

export interface AttributedTime {
  readonly ms: DurationMs;
  readonly ofMs: DurationMs;
  readonly policy: string;
  /** The kinds of work among which the policy applies; among all when empty. */
  readonly among: readonly string[];
}

/** Nothing where the measure has no policy: then every record counts in full. */
export const attributedTime = async (
  answers: Pick<RowReader, 'pieces'>,
  plan: Plan,
  { id, actor, measure, fromMs, toMs, countedMs }: TimeRecord,
): Promise<AttributedTime | undefined> => {
  const policy = plan.overlaps.get(measure);
  if (policy === undefined || countedMs === 0) return undefined;
  const dateAt = (at: InstantMs): LocalDate => dateOfDay(plan.zone.dayOf(at));
  const own: Piece[] = [];
  for await (const page of answers.pieces(measure, dateAt(fromMs), dateAt(toMs)))
    own.push(...page.filter((piece) => piece.actor === actor));
  const shares = [...Map.groupBy(own, ({ day }) => day).values()]
    .flatMap((pieces) => attributed(pieces, plan))
    .filter(({ record }) => record === id);
  return {
    ms: total(shares.map(({ attributedMs }) => attributedMs)),
    ofMs: countedMs,
    policy: policy.policy,
    among: [policy.among ?? []].flat(),
  };
};
