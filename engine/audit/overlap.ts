/** Overlaps: records of one person and measure that run at once and are both counted in full. */
import type { Finding } from '../../schemas/audit.ts';
import { type InstantMs, type RecordId, type SubjectId, earlier } from '../../schemas/brand.ts';
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
}

interface Beside {
  readonly subject: SubjectId;
  /** The earlier records that this one runs beside, in the order in which they are met. */
  readonly others: Set<RecordId>;
  readonly times: Interval[];
}

/** What runs on at midnight, or under another grade, is one run. */
const runsOf = (pieces: readonly KnownPiece[]): readonly Run[] =>
  [...Map.groupBy(pieces, ({ record }) => record)]
    .flatMap(([record, own]) => {
      const [first] = own;
      if (!first) return [];
      const subject = subjectOf(first);
      return union(own.toSorted(byStart)).map((run) => ({ ...run, record, subject }));
    })
    .sort((a, b) => byStart(a, b) || compareText(a.record, b.record));

/** The place of each record in order of beginning. */
const ranksOf = (runs: readonly Run[]): ReadonlyMap<RecordId, number> =>
  new Map([...new Set(runs.map(({ record }) => record))].map((record, place) => [record, place]));

const besideEach = (runs: readonly Run[]): ReadonlyMap<RecordId, Beside> => {
  const ranks = ranksOf(runs);
  const found = new Map<RecordId, Beside>();
  let active: Run[] = [];
  for (const run of runs) {
    active = active.filter(({ toMs }) => toMs > run.fromMs);
    for (const other of active) {
      const runIsLater = (ranks.get(run.record) ?? 0) > (ranks.get(other.record) ?? 0);
      const [first, second] = runIsLater ? [other, run] : [run, other];
      const beside = found.get(second.record) ?? { subject: second.subject, others: new Set(), times: [] };
      beside.others.add(first.record);
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
 * A measure whose overlap policy divides the time has no such records: there the double time is not counted.
 */
export const overlap = ({ plan, actor, measure, pieces }: PersonCase): readonly Finding[] => {
  const policy = plan.overlaps.get(measure)?.policy;
  if (policy !== undefined && policy !== 'countAll') return [];
  return [...besideEach(runsOf(pieces))].flatMap(([record, { subject, others, times }]) => {
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
        detail: `${clockText(lengthOf(together))} at the same time as ${beside}, counted in full in ${measure}`,
      },
    ];
  });
};
