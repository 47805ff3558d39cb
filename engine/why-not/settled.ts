/** Records that count nothing: what has become of their time. */
import { durationMs, elapsed } from '../../schemas/brand.ts';
import { SUBTRACTIONS, type TimeRecord } from '../../schemas/record.ts';
import { clockText } from '../audit/figures.ts';
import type { WhyNot } from './answer.ts';

const subtractedText = ({ subtracted }: TimeRecord): readonly string[] =>
  SUBTRACTIONS.flatMap((reason) => {
    const own = subtracted.filter((gap) => gap.reason === reason);
    const ms = durationMs(own.reduce((sum, { fromMs, toMs }) => sum + elapsed(fromMs, toMs), 0));
    return ms === 0 ? [] : [`${clockText(ms)} ${reason}`];
  });

const withoutTime = (rule: string, record: TimeRecord): WhyNot => {
  const { id, status, tail, toMs, fromMs } = record;
  const parts = subtractedText(record);
  const rest = parts.length === 0 ? '' : `; ${parts.join(', ')}`;
  const at = { rule, timed: false as const };
  if (status === 'retracted')
    return { ...at, clause: 'retraction', failing: 'retracted', says: `${id} was retracted${rest}` };
  if (tail)
    return {
      ...at,
      clause: 'tail',
      failing: `still ${tail.state}`,
      says: `${id} is still ${tail.state}: it counts once its end is known${rest}`,
      ...(tail.opened.event === undefined ? {} : { event: tail.opened.event }),
    };
  if (parts.length === 0 && toMs === fromMs)
    return {
      ...at,
      clause: 'subtracted',
      failing: '0 s long',
      says: `${id} ends in the instant it begins: 0 s`,
    };
  return {
    ...at,
    clause: 'subtracted',
    failing: parts.join(', '),
    says: `all of ${id} is subtracted: ${parts.join(', ')}`,
  };
};

/** The answer where there are records of the rule; undefined where there is none. */
export const settledAnswer = (rule: string, records: readonly TimeRecord[]): WhyNot | undefined => {
  const own = records.filter((record) => record.rule === rule);
  const [first] = own;
  if (!first) return undefined;
  const counting = own.filter(({ countedMs }) => countedMs > 0);
  if (counting.length === 0) return withoutTime(rule, first);
  const sumMs = durationMs(counting.reduce((sum, { countedMs }) => sum + countedMs, 0));
  const ids = counting.map(({ id }) => id);
  return { rule, timed: true, records: ids, says: `it is timed: ${clockText(sumMs)} in ${ids.join(', ')}` };
};
