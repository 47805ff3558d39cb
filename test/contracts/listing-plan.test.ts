/** How SQLite finds a page of records: by an index in the order of the list, so that a page costs a page. */
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { whereOf } from '../../adapters/stores/record-filter.ts';
import { createIndexes, createTables } from '../../adapters/stores/sqlite/answers-schema.ts';
import type { RecordFilter } from '../../projections/ports.ts';
import { instantMs, recordId } from '../../schemas/brand.ts';

const database = new DatabaseSync(':memory:');
createTables(database);
createIndexes(database);
afterAll(() => database.close());

const planOf = (filter: RecordFilter): string => {
  const { sql, values } = whereOf(filter, (text) => text);
  return database
    .prepare(`EXPLAIN QUERY PLAN SELECT body FROM time_record ${sql} ORDER BY from_ms, id LIMIT 51`)
    .all(...values)
    .map(({ detail }) => String(detail))
    .join('; ');
};

const after = { fromMs: instantMs(1), id: recordId('a') };

describe('a page of records is found', () => {
  it.each([
    ['all of them', {}, 'SCAN time_record USING INDEX time_record_from'],
    ['all behind a place', { after }, 'SEARCH time_record USING INDEX time_record_from (from_ms>?)'],
    ['the open ones', { open: true }, 'INDEX time_record_unended'],
    ['the open ones behind a place', { open: true, after }, 'INDEX time_record_unended (from_ms>?)'],
    ['the paused ones', { status: 'paused' }, 'INDEX time_record_unended'],
  ] as const)('by an index, where it is asked for %s', (_what, filter, index) => {
    expect(planOf(filter)).toContain(index);
    expect(planOf(filter)).not.toContain('USE TEMP B-TREE FOR ORDER BY');
  });
});
