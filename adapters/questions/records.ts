/** A question for time records as people write it, by whatever door it comes in. */
import type { RecordFilter, RecordPlace } from '../../projections/ports.ts';
import { actorId, subjectId } from '../../schemas/brand.ts';
import type { TimeRecord } from '../../schemas/record.ts';
import { type Answers, measureOf } from '../report-question.ts';
import { kindMeant, personMeant } from './meant.ts';
import { type PeriodAsked, readPeriod } from './period.ts';

export interface RecordsAsked extends PeriodAsked {
  readonly who?: string | undefined;
  readonly subject?: string | undefined;
  readonly status?: TimeRecord['status'] | undefined;
  readonly kind?: string | undefined;
  readonly measure?: string | undefined;
}

/** Which part of the answer: so many, behind that place. */
export interface Portion<Place> {
  readonly after?: Place | undefined;
  readonly limit: number;
}

const filterOf = (asked: RecordsAsked, zone: string): RecordFilter => ({
  ...(asked.who === undefined ? {} : { actor: actorId(asked.who) }),
  ...(asked.subject === undefined ? {} : { subject: subjectId(asked.subject) }),
  ...(asked.status === undefined ? {} : { status: asked.status }),
  ...(asked.measure === undefined ? {} : { measure: asked.measure }),
  ...(asked.kind === undefined ? {} : { kind: asked.kind }),
  ...readPeriod(asked, zone),
});

/** In order of time. Throws an InputError where the question cannot be meant. */
export const askRecords = async (
  asked: RecordsAsked,
  { after, limit }: Portion<RecordPlace>,
  { rows, plan }: Pick<Answers, 'rows' | 'plan'>,
): Promise<readonly TimeRecord[]> => {
  await personMeant(asked.who, rows);
  kindMeant(asked.kind, plan);
  if (asked.measure !== undefined) measureOf(asked.measure, plan);
  const filter = filterOf(asked, plan.ruleSet.zone);
  return rows.records({ ...filter, ...(after === undefined ? {} : { after }), limit });
};
