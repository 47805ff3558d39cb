/** The bodies of answers.db, read back as the rows that were put. */
import type { PersonTeam, ProjectionState } from '../../../projections/ports.ts';
import type { Piece, TimeRecord } from '../../../schemas/record.ts';
import type { PersonDay, PersonWeek } from '../../../schemas/report.ts';
import { bodyOf } from './cells.ts';

export const stateOf = bodyOf<ProjectionState>('lens', 'position', 'horizonMs');
export const recordOf = bodyOf<TimeRecord>('id', 'subject', 'spans');
/** The pieces of one record on one day, in the order in which they were put. */
export const piecesOfBody = bodyOf<readonly Piece[]>('length');
export const attributesOf = bodyOf<TimeRecord['attributes']>();
export const personDayOf = bodyOf<PersonDay>('actor', 'day', 'all');
export const personWeekOf = bodyOf<PersonWeek>('actor', 'week', 'all');
export const teamOf = bodyOf<PersonTeam>('actor', 'fromMs', 'team');
