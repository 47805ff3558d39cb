/** The word for time that was not timed: so much, ending then. */
import { type DurationMs, type InstantMs, NO_TIME, type SubjectId } from '../../schemas/brand.ts';
import { type SpeakingLog, historyOf } from './say.ts';
import {
  type DataOf,
  type Here,
  type Hearing,
  type Sentence,
  futureProblem,
  isRetracted,
  known,
  refused,
  spoken,
  subjectNamed,
} from './word.ts';

export interface Entry {
  readonly endAt: InstantMs;
  readonly data: DataOf<'TimeEntered'>;
}

const entryNamed = ({ endAt, data: { actor, durationMs } }: Entry, number: number): SubjectId =>
  subjectNamed('entry', actor, endAt, durationMs, number);

/**
 * The subject of an entry: person, end and length make it, so that typing it twice is the same entry. One that was
 * retracted is out of the way; with `again` so is every other.
 */
export const subjectOfEntry = async (log: SpeakingLog, entry: Entry, again: boolean): Promise<SubjectId> => {
  for (let number = 0; ; number += 1) {
    const subject = entryNamed(entry, number);
    const history = await historyOf(log, subject);
    if (history.length === 0 || (!again && !isRetracted(history))) return subject;
  }
};

const lengthProblem = (lengthMs: DurationMs): string | undefined =>
  lengthMs > NO_TIME ? undefined : 'an entry ends after it begins: --to must lie after --from';

export const enterTime = (subject: SubjectId, { endAt, data }: Entry, here: Here): Sentence => ({
  subject,
  speak: ([first]): Hearing => {
    const problem = lengthProblem(data.durationMs) ?? futureProblem('an entry until', endAt, here);
    if (problem !== undefined) return refused(problem);
    if (first) return known(first);
    return spoken({ type: 'TimeEntered', subject, occurredAt: endAt, data });
  },
});
