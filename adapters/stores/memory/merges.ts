/** Merges in memory: where each merged subject went. */
import type { SubjectId } from '../../../schemas/brand.ts';
import { sortedBy } from '../order.ts';
import type { Tables } from './tables.ts';

export const mergesIn = ({ merges }: Tables): ReadonlyMap<SubjectId, SubjectId> =>
  new Map(sortedBy(merges.all(), (row) => row.subject).map(({ subject, into }) => [subject, into]));
