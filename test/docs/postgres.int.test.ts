/** The SQL of docs/postgres.md, asked of a real server that holds the facts of the page. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryEventLog } from '../../adapters/stores/memory/index.ts';
import { postgresReadModels } from '../../adapters/stores/postgres/index.ts';
import { catchUp } from '../../projections/index.ts';
import { recordId } from '../../schemas/brand.ts';
import { sampleFinding, sampleRecord, sampleWeek } from '../contracts/store-samples.ts';
import { facts, planOf } from '../support/scenario.ts';
import { formatTable, headerOf, parseTable } from '../support/table.ts';
import { type PostgresServer, ask, startPostgres } from '../support/postgres/server.ts';
import { type Block, pageAt } from './page.ts';

const LENS = { ruleSet: 'page', version: 1, ruleSetHash: 'page', engine: 1, projection: 1, tzdata: 'page' };
const PAGE = pageAt('docs/postgres.md');

const named = (name: string): string => {
  const block = PAGE.blocks.find(({ directive }) => directive?.name === name);
  if (!block) throw new Error(`the page has no block ${name}`);
  return block.text;
};

/** Each question with the block behind it. */
const questions = PAGE.blocks.flatMap((block, at): readonly (readonly [sql: string, answer: Block])[] => {
  const answer = PAGE.blocks[at + 1];
  return block.language === 'sql' && answer ? [[block.text, answer]] : [];
});

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

describe('docs/postgres.md', () => {
  let url: string;
  beforeAll(async () => {
    url = await server.fresh();
    const [log, rows] = [await memoryEventLog(), await postgresReadModels(url)];
    for (const event of facts(named('facts')))
      await log.append([{ stream: event.subject, expected: { at: 'any' }, events: [event] }]);
    await catchUp({ plan: planOf(named('rules')), lens: LENS, log, rows });
    await rows.close();
  });

  it('asks about every view that it names', () => {
    expect(questions).toHaveLength(5);
    for (const view of ['time_record', 'weekly_report', 'weekly_report_by_kind', 'finding', 'progress'])
      expect(questions.filter(([sql]) => new RegExp(`tickmark_bi\\.${view}\\b`).test(sql))).not.toEqual([]);
  });

  it.each(questions)('%s', async (sql, answer) => {
    const rows = await ask(url, sql);
    const texts = rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([column, value]) => [column, String(value)])),
    );
    const header = headerOf(answer.text);
    expect(Object.keys(rows[0] ?? {})).toEqual(header);
    expect(formatTable(header, texts)).toBe(formatTable(header, parseTable(answer.text)));
  });

  it('lets a role of its own read the views and nothing else', async () => {
    const grants = PAGE.blocks.find(({ text }) => text.startsWith('CREATE ROLE'))?.text ?? '';
    await ask(url, grants);
    try {
      const asAnalyst = (sql: string) => ask(url, `SET ROLE analyst; ${sql}`);
      await asAnalyst('SELECT * FROM tickmark_bi.time_record');
      await expect(asAnalyst('SELECT * FROM tickmark.time_record')).rejects.toThrow(/permission denied/);
      await expect(asAnalyst('DELETE FROM tickmark_bi.finding')).rejects.toThrow(/cannot delete/);
    } finally {
      await ask(url, 'DROP OWNED BY analyst; DROP ROLE analyst');
    }
  });
});

describe('the views', () => {
  it('show text that no jsonb can hold, and times outside of every calendar', async () => {
    const url = await server.fresh();
    const rows = await postgresReadModels(url);
    const odd = 'a\u0000\u0000b\ud800c\\u0000d\u0001';
    const [first, last] = [-8_640_000_000_000_000, 8_640_000_000_000_000];
    await rows.transact(async (row) => {
      await row.putRecord(sampleRecord('x', { from: first, to: last, attributes: { queue: odd } }), []);
      await row.putFindings(sampleRecord('x').subject, [sampleFinding('call-1', { at: first, detail: odd })]);
      await row.putPersonWeek(sampleRecord('x').actor, sampleWeek('AVI', '1999-W05').week, [
        sampleWeek('AVI', '1999-W05', odd),
      ]);
    });
    expect((await rows.record(recordId('x')))?.attributes).toEqual({ queue: odd });
    await rows.close();
    const shown = await ask(
      url,
      `SELECT attributes ->> 'queue' AS queue, started_at::text, ended_at::text FROM tickmark_bi.time_record`,
    );
    expect(shown).toEqual([
      {
        queue: 'a\ufffd\ufffdb\ufffdc\\u0000d\u0001',
        started_at: '-infinity',
        ended_at: '275760-09-13 00:00:00+00',
      },
    ]);
    expect(await ask(url, 'SELECT detail FROM tickmark_bi.finding')).toHaveLength(1);
    expect(await ask(url, 'SELECT sunday_ms FROM tickmark_bi.weekly_report')).toEqual([
      { sunday_ms: '60000' },
    ]);
  });
});
