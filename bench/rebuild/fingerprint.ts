/** The fingerprint of answers: every row of every table in the order of its key, numbers of records left out. */
import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

const RECORD = `id, subject, actor, measure, kind, status, from_ms, to_ms, reaches_ms, begins, tail_from_ms,
  closes_at_ms, days, pieces, body`;

const QUERIES = [
  'SELECT body FROM state',
  `SELECT ${RECORD} FROM time_record ORDER BY id`,
  `SELECT d.actor, d.day, r.id FROM record_day d JOIN time_record r ON r.key = d.record
   ORDER BY d.actor, d.day, r.id`,
  'SELECT * FROM person_day ORDER BY day, actor, measure',
  'SELECT * FROM person_week ORDER BY week, actor, measure',
  'SELECT * FROM person_team ORDER BY actor, from_ms',
  'SELECT * FROM merge ORDER BY subject',
  'SELECT * FROM finding ORDER BY subject, place',
] as const;

export interface Fingerprint {
  readonly rows: number;
  readonly sha256: string;
}

export const fingerprintOf = (file: string): Fingerprint => {
  const database = new DatabaseSync(file, { readOnly: true });
  const hash = createHash('sha256');
  let rows = 0;
  for (const query of QUERIES) {
    hash.update(`\n${query}\n`);
    for (const row of database.prepare(query, { returnArrays: true }).iterate()) {
      hash.update(JSON.stringify(row));
      rows += 1;
    }
  }
  database.close();
  return { rows, sha256: hash.digest('hex') };
};
