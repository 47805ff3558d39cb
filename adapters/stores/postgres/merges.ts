/** Merges in PostgreSQL: where each merged subject went. */
import { type SubjectId, subjectId } from '../../../schemas/brand.ts';
import { SUBJECT_QUERIES } from '../answers-queries.ts';
import { textCell } from '../cells.ts';
import { textOfCell } from './cells.ts';
import type { Session } from './session.ts';

const read = (cell: unknown): SubjectId => subjectId(textOfCell(textCell(cell)));

export const mergesIn = async (session: Session): Promise<ReadonlyMap<SubjectId, SubjectId>> => {
  const rows = await session.rows(SUBJECT_QUERIES.merges);
  return new Map(rows.map((row) => [read(row['subject']), read(row['into_subject'])]));
};
