/** The bodies of the answers, read back as the rows that were put. */
import type { PersonTeam, ProjectionState } from '../../projections/ports.ts';
import type { RecordChange } from '../../projections/record-changes.ts';
import type { Finding } from '../../schemas/audit.ts';
import type { RecordId } from '../../schemas/brand.ts';
import type { Piece, TimeRecord } from '../../schemas/record.ts';
import type { PersonDay, PersonWeek } from '../../schemas/report.ts';
import { bodyOf } from './cells.ts';

export const stateOf = bodyOf<ProjectionState>('lens', 'position', 'horizonMs');
export const recordOf = bodyOf<TimeRecord>('id', 'subject', 'spans');
const allPieces = bodyOf<readonly Piece[]>('length');
/** The pieces of one record that fall on the day, in the order in which they were put. */
export const piecesOn = (day: string, body: unknown): readonly Piece[] =>
  allPieces(body).filter((piece) => piece.day === day);
/** A record that changed: as its body says, or gone where there is none. */
export const changeOf = (id: RecordId, body: unknown): RecordChange =>
  body === null || body === undefined ? { id } : { id, record: recordOf(body) };
export const attributesOf = bodyOf<TimeRecord['attributes']>();
export const personDayOf = bodyOf<PersonDay>('actor', 'day', 'all');
export const personWeekOf = bodyOf<PersonWeek>('actor', 'week', 'all');
export const findingOf = bodyOf<Finding>('code', 'actor', 'detail');
export const teamOf = bodyOf<PersonTeam>('actor', 'fromMs', 'team');
