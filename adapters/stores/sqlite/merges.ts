/** Merges in SQLite: where each merged subject went. */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { type SubjectId, subjectId } from '../../../schemas/brand.ts';
import { textOfColumn } from '../order.ts';
import { textCell } from './cells.ts';

const read = (cell: SQLOutputValue | undefined): SubjectId => subjectId(textOfColumn(textCell(cell)));

export const mergeReader = (database: DatabaseSync) => {
  const all = database.prepare('SELECT subject, into_subject FROM merge ORDER BY subject');
  return (): ReadonlyMap<SubjectId, SubjectId> =>
    new Map(all.all().map((row) => [read(row.subject), read(row.into_subject)]));
};
