/** Overlaps: records of one person and measure that run at once, where nothing divides the time between them. */
import type { Finding } from '../../schemas/audit.ts';
import { type InstantMs, type RecordId, type SubjectId, earlier } from '../../schemas/brand.ts';
import { type OverlapPolicy, amongOf } from '../../schemas/measure.ts';
import { compareText } from '../../schemas/text-order.ts';
import { type Interval, byStart } from '../interval/interval.ts';
import { lengthOf } from '../interval/length.ts';
import { union } from '../interval/union.ts';
import type { KnownPiece, PersonCase } from './auditor.ts';
import { clockText } from './figures.ts';
import { subjectOf } from './subject-of.ts';

interface Run extends Interval {
  readonly record: RecordId;
  readonly subject: SubjectId;
  /** Whether its time is divided with others that are divided too. */
  readonly isShared: boolean;
}

interface Beside {
  readonly subject: SubjectId;
  /** The earlier records that this one runs beside, in the order in which they are met. */
  readonly others: Set<RecordId>;
  readonly times: Interval[];
  /** Whether one of them has its own time divided with yet others. */
  isPart: boolean;
}

/** The kinds of work that a policy divides the time between: all of them, or those that it names. */
const isDivided = (kind: string, policy: OverlapPolicy | undefined): boolean =>
  policy !== undefined && policy.policy !== 'countAll' && (amongOf(policy)?.includes(kind) ?? true);

/** What runs on at midnight, or under another grade, is one run. */
const runsOf = (pieces: readonly KnownPiece[], policy: OverlapPolicy | undefined): readonly Run[] =>
  [...Map.groupBy(pieces, ({ record }) => record)]
    .flatMap(([record, own]) => {
      const [first] = own;
      if (!first) return [];
      const [subject, isShared] = [subjectOf(first), isDivided(first.kind, policy)];
      return union(own.toSorted(byStart)).map((run) => ({ ...run, record, subject, isShared }));
    })
    .sort((a, b) => byStart(a, b) || compareText(a.record, b.record));

/** The place of each record in order of beginning. */
const ranksOf = (runs: readonly Run[]): ReadonlyMap<RecordId, number> =>
  new Map([...new Set(runs.map(({ record }) => record))].map((record, place) => [record, place]));

const besideNone = ({ subject }: Run): Beside => ({ subject, others: new Set(), times: [], isPart: false });

const besideEach = (runs: readonly Run[]): ReadonlyMap<RecordId, Beside> => {
  const ranks = ranksOf(runs);
  const found = new Map<RecordId, Beside>();
  let active: Run[] = [];
  for (const run of runs) {
    active = active.filter(({ toMs }) => toMs > run.fromMs);
    for (const other of active) {
      if (run.isShared && other.isShared) continue;
      const runIsLater = (ranks.get(run.record) ?? 0) > (ranks.get(other.record) ?? 0);
      const [first, second] = runIsLater ? [other, run] : [run, other];
      const beside = found.get(second.record) ?? besideNone(second);
      beside.others.add(first.record);
      beside.isPart ||= run.isShared || other.isShared;
      beside.times.push({ fromMs: run.fromMs, toMs: earlier(run.toMs, other.toMs) });
      found.set(second.record, beside);
    }
    active.push(run);
  }
  return found;
};

const startOf = ([first]: readonly Interval[]): InstantMs | undefined => first?.fromMs;

/**
 *     first    |==========|
 *     second         |=========|      one finding, about the second
 *     third              |==|         one finding: beside the first, and one more
 *
 * Where an overlap policy divides the time between the two there is none: there the double time is not counted. What
 * the policy leaves out counts on top of everything beside it.
 */
export const overlap = ({ plan, actor, measure, pieces }: PersonCase): readonly Finding[] => {
  const runs = runsOf(pieces, plan.overlaps.get(measure));
  return [...besideEach(runs)].flatMap(([record, { subject, others, times, isPart }]) => {
    const together = union([...times].sort(byStart));
    const atMs = startOf(together);
    const [first, ...more] = others;
    if (atMs === undefined || first === undefined) return [];
    const beside = `${first}${more.length === 0 ? '' : ` and ${more.length} more`}`;
    return [
      {
        code: 'overlap' as const,
        actor,
        atMs,
        subject,
        record,
        detail: `${clockText(lengthOf(together))} at the same time as ${beside}, counted ${isPart ? 'on top' : 'in full'} in ${measure}`,
      },
    ];
  });
};
