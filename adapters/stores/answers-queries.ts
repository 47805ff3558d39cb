/**
 * The questions that the answers are asked, as SQL that every database of ours understands: the tables and columns
 * are the same in all of them. A `?` is a value. Text columns are ordered by their bytes, which is the order of code
 * points; where a column may be empty, what is absent comes first.
 */

export const RECORD_QUERIES = {
  byId: 'SELECT body FROM time_record WHERE id = ?',
  /** Page after page, by the id of the last one. */
  page: 'SELECT id, body FROM time_record WHERE id > ? ORDER BY id LIMIT ?',
  ofSubject: 'SELECT body FROM time_record WHERE subject = ? ORDER BY from_ms, id',
  open: `
    SELECT body FROM time_record WHERE actor = ? AND measure = ? AND tail_from_ms BETWEEN ? AND ?
    ORDER BY from_ms, id`,
  within: `
    SELECT body FROM time_record WHERE actor = ? AND reaches_ms >= ? AND from_ms <= ? ORDER BY from_ms, id`,
  tailed: `
    SELECT body FROM time_record WHERE tail_from_ms IS NOT NULL AND status = 'closed' AND to_ms >= ?
    ORDER BY from_ms, id`,
  due: 'SELECT body FROM time_record WHERE closes_at_ms > ? AND closes_at_ms <= ? ORDER BY from_ms, id',
  nextStart: `
    SELECT from_ms, id FROM time_record
    WHERE actor = ? AND measure = ? AND from_ms >= ? AND subject <> ? AND begins = 1
      AND (from_ms > ? OR tail_from_ms IS NULL OR tail_from_ms > from_ms OR id > ?)
    ORDER BY from_ms, id LIMIT ?`,
  days: 'SELECT DISTINCT day FROM record_day WHERE actor = ? ORDER BY day',
} as const;

export const PERSON_QUERIES = {
  dayPage: `
    SELECT day, actor, measure, body FROM person_day
    WHERE (day, actor, measure) > (?, ?, ?) ORDER BY day, actor, measure LIMIT ?`,
  day: 'SELECT body FROM person_day WHERE day = ? AND actor = ?',
  allWeeks: 'SELECT body FROM person_week ORDER BY week, actor, measure',
  ofWeek: 'SELECT body FROM person_week WHERE week = ? ORDER BY actor, measure',
  weeks: 'SELECT DISTINCT week FROM person_week ORDER BY week',
  teams: 'SELECT body FROM person_team ORDER BY actor, from_ms',
  teamsOf: 'SELECT body FROM person_team WHERE actor = ? ORDER BY from_ms',
} as const;

export const SUBJECT_QUERIES = {
  merges: 'SELECT subject, into_subject FROM merge ORDER BY subject',
  findings: `
    SELECT body FROM finding
    ORDER BY at_ms, subject NULLS FIRST, code, record NULLS FIRST, event NULLS FIRST, place`,
} as const;

/** Every table, for whoever empties them. */
export const ANSWER_TABLES = [
  'state',
  'time_record',
  'record_day',
  'person_day',
  'person_week',
  'person_team',
  'merge',
  'finding',
  'edition',
  'record_change',
] as const;
