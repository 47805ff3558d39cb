/** The rows of some answers as lines: the same rows give the same lines, and nothing of when they were learned is in them. */
import type { ReadModels } from '../../projections/ports.ts';

export const allOf = async <Row>(pages: AsyncIterable<readonly Row[]>): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for await (const page of pages) for (const row of page) rows.push(row);
  return rows;
};

/** Every record, person-day and person-week as JSON, in the order in which the answers give them. */
export const dump = async (answers: ReadModels): Promise<readonly string[]> =>
  [
    ...(await allOf(answers.allRecords())),
    ...(await allOf(answers.allPersonDays())),
    ...(await answers.personWeeks()),
  ].map((row) => JSON.stringify(row));

export interface LineDifference {
  readonly line: number;
  readonly ours: string | undefined;
  readonly wanted: string | undefined;
}

/** The first line, from 1, that is not the same byte for byte; undefined when there is none. */
export const firstLineThatDiffers = (
  ours: readonly string[],
  wanted: readonly string[],
): LineDifference | undefined => {
  const length = Math.max(ours.length, wanted.length);
  for (let at = 0; at < length; at += 1)
    if (ours[at] !== wanted[at]) return { line: at + 1, ours: ours[at], wanted: wanted[at] };
  return undefined;
};
