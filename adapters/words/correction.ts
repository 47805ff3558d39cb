/** The word that takes time out of a record, or adds some beside it. */
import { isDeepStrictEqual } from 'node:util';
import { type InstantMs, type SubjectId } from '../../schemas/brand.ts';
import type { TimeRecord } from '../../schemas/record.ts';
import {
  type DataOf,
  type Here,
  type Hearing,
  type History,
  type Sentence,
  eventsOf,
  futureProblem,
  isRetracted,
  known,
  refused,
  spoken,
} from './word.ts';

interface Period {
  readonly fromMs: InstantMs;
  readonly toMs: InstantMs;
}

/** Half-open: what only touches does not meet. */
const meets = (a: Period, b: Period): boolean => a.fromMs < b.toMs && b.fromMs < a.toMs;

/** The last correction of the same person and rule that speaks of any of this time. */
const lastOn = (history: History, { actor, rule, ...period }: DataOf<'TimeCorrected'>) =>
  eventsOf(history, 'TimeCorrected').findLast(
    ({ data }) => data.actor === actor && data.rule === rule && meets(data, period),
  );

const periodText = ({ fromMs, toMs }: Period, { local }: Here): string =>
  `${local(fromMs)} to ${local(toMs)}`;

const periodProblem = (record: TimeRecord, data: DataOf<'TimeCorrected'>, here: Here): string | undefined => {
  if (data.fromMs >= data.toMs) return '--to must lie after --from';
  const future = futureProblem('a correction until', data.toMs, here);
  if (future !== undefined) return future;
  // A record that runs has no end to be beyond.
  const whole = record.status === 'closed' ? record : { fromMs: record.fromMs, toMs: here.now };
  if (data.effect === 'remove' && !meets(data, whole))
    return `${record.id} lies from ${periodText(record, here)}; nothing of it is there to be taken out`;
  const counted = record.spans.find((span) => meets(data, span));
  if (data.effect === 'add' && counted)
    return `${record.id} counts from ${periodText(counted, here)} already: add only what it does not count`;
  return undefined;
};

export const correctTime = (
  record: TimeRecord,
  told: Omit<DataOf<'TimeCorrected'>, 'actor' | 'rule'>,
  here: Here,
): Sentence => {
  const subject: SubjectId = record.subject;
  const data: DataOf<'TimeCorrected'> = { actor: record.actor, rule: record.rule, ...told };
  return {
    subject,
    speak: (history): Hearing => {
      const before = lastOn(history, data);
      if (before && isDeepStrictEqual(before.data, data)) return known(before);
      if (isRetracted(history)) return refused(`${subject} was retracted and counts nothing`);
      const problem = periodProblem(record, data, here);
      if (problem !== undefined) return refused(problem);
      return spoken({ type: 'TimeCorrected', subject, occurredAt: here.now, data });
    },
  };
};
