/** Merges in SQLite: where each merged subject went. */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { type SubjectId, subjectId } from '../../../schemas/brand.ts';
import { SUBJECT_QUERIES } from '../answers-queries.ts';
import { textCell } from '../cells.ts';
import { textOfColumn } from '../order.ts';

const read = (cell: SQLOutputValue | undefined): SubjectId => subjectId(textOfColumn(textCell(cell)));

export const mergeReader = (database: DatabaseSync) => {
  const all = database.prepare(SUBJECT_QUERIES.merges);
  return (): ReadonlyMap<SubjectId, SubjectId> =>
    new Map(all.all().map((row) => [read(row.subject), read(row.into_subject)]));
};
