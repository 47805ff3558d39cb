/** The subject of a piece: it stands in the id of its record. */
import { type SubjectId, subjectId } from '../../schemas/brand.ts';
import type { Piece } from '../../schemas/record.ts';

/** `<subject>/<rule>#<cycle>@<actor>`, taken apart from behind: people and subjects may be called anything. */
export const subjectOf = ({ record, rule, actor }: Pick<Piece, 'record' | 'rule' | 'actor'>): SubjectId =>
  subjectId(record.slice(0, record.lastIndexOf(`/${rule}#`, record.length - actor.length - 1)));
