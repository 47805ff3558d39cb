/** The answers of a database as one hash a table, over every column that says something. */
import { z } from 'zod';
import { ask } from './server.ts';

/** A record's number tells only when it came; its days are found by its id. */
const LINES = {
  time_record: `SELECT (to_jsonb(t) - 'key')::text AS line FROM tickmark.time_record t`,
  record_day: `SELECT (d.actor, d.day, r.id)::text AS line FROM tickmark.record_day d
    JOIN tickmark.time_record r ON r.key = d.record AND r.actor = d.actor`,
  dangling_days: `SELECT d::text AS line FROM tickmark.record_day d
    WHERE NOT EXISTS (SELECT FROM tickmark.time_record r WHERE r.key = d.record AND r.actor = d.actor)`,
  person_day: 'SELECT t::text AS line FROM tickmark.person_day t',
  person_week: 'SELECT t::text AS line FROM tickmark.person_week t',
  person_team: 'SELECT t::text AS line FROM tickmark.person_team t',
  merge: 'SELECT t::text AS line FROM tickmark.merge t',
  finding: 'SELECT t::text AS line FROM tickmark.finding t',
} as const;

const Hash = z.strictObject({ rows: z.int(), hash: z.string() });
export type TableHashes = Readonly<Record<string, z.infer<typeof Hash>>>;

export const tableHashes = async (url: string): Promise<TableHashes> => {
  const hashes: Record<string, TableHashes[string]> = {};
  for (const [table, lines] of Object.entries(LINES)) {
    const [row] = await ask(
      url,
      `SELECT count(*)::integer AS rows, coalesce(md5(string_agg(line, chr(10) ORDER BY line COLLATE "C")), '') AS hash
       FROM (${lines}) lines`,
    );
    hashes[table] = Hash.parse(row);
  }
  return hashes;
};
