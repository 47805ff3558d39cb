/** The words about a subject as a whole: retracted, allocated, approved, explained, merged into another. */
import { isDeepStrictEqual } from 'node:util';
import { type SubjectId } from '../../schemas/brand.ts';
import { kindOfSubject } from '../../schemas/event.ts';
import { sharesProblem } from '../../schemas/shares.ts';
import {
  type DataOf,
  type Here,
  type Hearing,
  type History,
  type Sentence,
  type Word,
  eventsOf,
  isRetracted,
  isSamePerson,
  known,
  nothingAbout,
  refused,
  saidBefore,
  spoken,
} from './word.ts';

/** Reference data, rule sets and seals are no work: nobody spends time on them. */
const NO_WORK: ReadonlySet<string> = new Set(['person', 'presence', 'ruleset', 'seal', 'source']);

/** What every word about a subject needs: that there is one. */
const about = (subject: SubjectId, speak: (history: History) => Hearing): Sentence => ({
  subject,
  speak: (history) => {
    if (NO_WORK.has(kindOfSubject(subject))) return refused(`${subject} is nothing that anybody works on`);
    return history.length === 0 ? nothingAbout(subject) : speak(history);
  },
});

const once = (history: History, word: Word): Hearing => {
  const before = saidBefore(history, word);
  return before ? known(before) : spoken(word);
};

export const retract = (subject: SubjectId, data: DataOf<'TimeRetracted'>, { now }: Here): Sentence =>
  about(subject, (history) => {
    const [before] = eventsOf(history, 'TimeRetracted');
    return before ? known(before) : spoken({ type: 'TimeRetracted', subject, occurredAt: now, data });
  });

/** The last allocation of a person holds; only saying that one again says nothing. */
export const allocate = (subject: SubjectId, data: DataOf<'TimeAllocated'>, { now }: Here): Sentence =>
  about(subject, (history) => {
    const problem = sharesProblem(data.over);
    if (problem !== undefined) return refused(problem);
    const last = eventsOf(history, 'TimeAllocated').findLast((event) => event.data.actor === data.actor);
    if (last && isDeepStrictEqual(last.data, data)) return known(last);
    return spoken({ type: 'TimeAllocated', subject, occurredAt: now, data });
  });

/** Approved again means something only where more was said since. */
export const approve = (subject: SubjectId, data: DataOf<'TimeApproved'>, { now }: Here): Sentence =>
  about(subject, (history) => {
    if (isSamePerson(data.by, data.actor))
      return refused(`${data.by} cannot approve time of their own: somebody else says --by`);
    if (isRetracted(history)) return refused(`${subject} was retracted: there is nothing to approve`);
    const last = history.findLast(({ type }) => type !== 'NoteAttached');
    if (last?.type === 'TimeApproved' && isDeepStrictEqual(last.data, data)) return known(last);
    return spoken({ type: 'TimeApproved', subject, occurredAt: now, data });
  });

export const note = (subject: SubjectId, data: DataOf<'NoteAttached'>, { now }: Here): Sentence =>
  about(subject, (history) => once(history, { type: 'NoteAttached', subject, occurredAt: now, data }));

/** `target`: what the log holds about the subject that stays. One that went away itself cannot be it: no circles. */
export const merge = (
  subject: SubjectId,
  data: DataOf<'SubjectMerged'>,
  target: History,
  { now }: Here,
): Sentence =>
  about(subject, (history) => {
    const { into } = data;
    const onward = eventsOf(target, 'SubjectMerged')[0]?.data.into;
    const [kind, other] = [kindOfSubject(subject), kindOfSubject(into)];
    if (into === subject) return refused(`${subject} cannot be merged into itself`);
    if (kind !== other) return refused(`a ${kind} is no ${other}: only subjects of one kind can be merged`);
    const [before] = eventsOf(history, 'SubjectMerged');
    if (before?.data.into === into) return known(before);
    if (before) return refused(`${subject} was merged into ${before.data.into} already`);
    if (target.length === 0) return nothingAbout(into);
    if (onward !== undefined)
      return refused(
        onward === subject
          ? `${into} was merged into ${subject} already: they are one`
          : `${into} was itself merged into ${onward}: merge into ${onward}`,
      );
    return spoken({ type: 'SubjectMerged', subject, occurredAt: now, data });
  });
