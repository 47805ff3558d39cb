/** Loading on a real PostgreSQL server: the contract, and what only others on the same server can see of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { memoryEventLog } from '../../adapters/stores/memory/index.ts';
import { postgresReadModels } from '../../adapters/stores/postgres/index.ts';
import { catchUp, rebuild } from '../../projections/index.ts';
import { recordId, subjectId } from '../../schemas/brand.ts';
import { delivered, deliveries, histories, plans } from '../support/arbitraries.ts';
import { LENS, append, joined } from '../support/law-log.ts';
import { type PostgresServer, ask, startPostgres } from '../support/postgres/server.ts';
import { tableHashes } from '../support/postgres/table-hashes.ts';
import { loadingRowsContract } from './loading-rows.ts';
import { sampleState } from './read-models.contract.ts';
import { sampleRecord } from './store-samples.ts';

const HISTORIES = 25;

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

describe('read models that can be loaded: postgres', () =>
  loadingRowsContract(async () => postgresReadModels(await server.fresh())));

const recordsOf = (ids: readonly string[]) =>
  ids.map((id) => ({
    record: sampleRecord(id, { subject: subjectId(`call-${id}`) }),
    pieces: [],
    begins: true,
  }));

/** Everything that migrations made, by its definition; PostgreSQL numbers sequences and objects anew. */
const DEFINITIONS = `
  SELECT indexdef AS definition FROM pg_indexes WHERE schemaname LIKE 'tickmark%'
  UNION ALL
  SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
  WHERE connamespace = 'tickmark'::regnamespace
  UNION ALL
  SELECT concat_ws(' ', table_schema, table_name, column_name, ordinal_position, data_type, collation_name, is_nullable,
    column_default, identity_generation)
  FROM information_schema.columns WHERE table_schema LIKE 'tickmark%'
  UNION ALL
  SELECT format('%s.%s %s', schemaname, viewname, definition) FROM pg_views WHERE schemaname = 'tickmark_bi'
  UNION ALL
  SELECT pg_get_serial_sequence('tickmark.time_record', 'key')
  UNION ALL
  SELECT nspname FROM pg_namespace WHERE nspname LIKE 'tickmark%'
  ORDER BY 1`;

describe('a load', () => {
  it('gives the tables of catching up in pages, column by column', async () => {
    const [loaded, paged] = [await server.fresh(), await server.fresh()];
    const [bulk, pages] = [await postgresReadModels(loaded), await postgresReadModels(paged)];
    let rows = 0;
    await fc.assert(
      fc.asyncProperty(plans, histories, deliveries, async ({ plan }, { facts }, delivery) => {
        const ruling = { plan, lens: LENS, log: await memoryEventLog() };
        await append(ruling.log, [...delivered(facts, delivery), joined('ANNA', 'north', 0)]);
        await rebuild({ ...ruling, load: await bulk.load() });
        await pages.clear();
        await catchUp({ ...ruling, rows: pages });
        const wanted = await tableHashes(paged);
        expect(await tableHashes(loaded)).toEqual(wanted);
        expect(await bulk.state()).toEqual(await pages.state());
        rows += wanted['time_record']?.rows ?? 0;
      }),
      { numRuns: HISTORIES },
    );
    expect(rows).toBeGreaterThan(HISTORIES);
    await Promise.all([bulk.close(), pages.close()]);
  });

  it('leaves tables, keys, indexes and views as migrations made them', async () => {
    const url = await server.fresh();
    const models = await postgresReadModels(url);
    const before = await ask(url, DEFINITIONS);
    expect(before.length).toBeGreaterThan(80);
    for (const position of [1, 2]) {
      const load = await models.load();
      await load.put({ records: recordsOf(['a', 'b']) });
      await load.finish(sampleState(position));
      expect(await ask(url, DEFINITIONS)).toEqual(before);
    }
    await models.close();
  });

  it('is seen as a whole by who asks the views meanwhile, and leaves their rights and what was made of them', async () => {
    const url = await server.fresh();
    const models = await postgresReadModels(url);
    const load = async (position: number, ids: readonly string[]) => {
      const one = await models.load();
      for (const id of ids) await one.put({ records: recordsOf([id]) });
      await one.finish(sampleState(position));
    };
    await load(1, ['a']);
    await ask(
      url,
      'CREATE VIEW mine AS SELECT count(*)::integer AS records FROM tickmark_bi.time_record; GRANT SELECT ON tickmark_bi.time_record TO pg_monitor',
    );
    const seen = new Set<string>();
    let isLoading = true;
    const reading = (async () => {
      const both = 'SELECT records, position::integer FROM mine, tickmark_bi.progress';
      while (isLoading) seen.add(JSON.stringify((await ask(url, both))[0]));
      return ask(url, both);
    })();
    for (let position = 2; position < 12; position += 1)
      await load(
        position,
        Array.from({ length: position }, (_, at) => `r${at}`),
      );
    isLoading = false;
    expect(await reading).toEqual([{ records: 11, position: 11 }]);
    for (const one of seen) {
      const { records, position } = JSON.parse(one);
      expect(records).toBe(position);
    }
    expect(seen.size).toBeGreaterThan(1);
    const granted = `SELECT has_table_privilege('pg_monitor', 'tickmark_bi.time_record', 'SELECT') AS may`;
    expect(await ask(url, granted)).toEqual([{ may: true }]);
    await models.close();
  });

  it('leaves the old rows where somebody’s own view depends on a table', async () => {
    const url = await server.fresh();
    const models = await postgresReadModels(url);
    await models.transact((rows) => rows.save(sampleState(7)));
    await ask(url, 'CREATE VIEW mine AS SELECT count(*) AS records FROM tickmark.time_record');
    const before = await ask(url, DEFINITIONS);
    const load = await models.load();
    await load.put({ records: recordsOf(['new']) });
    await expect(load.finish(sampleState(9))).rejects.toThrow(/depend/);
    await load.abandon();
    expect([(await models.state())?.position, await models.record(recordId('new'))]).toEqual([7, undefined]);
    expect(await ask(url, DEFINITIONS)).toEqual(before);
    await models.close();
  });

  it('whose connection is lost leaves the old rows and nothing of its own', async () => {
    const url = await server.fresh();
    const models = await postgresReadModels(url);
    await models.transact(async (rows) => {
      await rows.putRecord(sampleRecord('old'), []);
      await rows.save(sampleState(7));
    });
    const before = await ask(url, DEFINITIONS);
    const load = await models.load();
    await load.put({ records: recordsOf(['new']) });
    await ask(
      url,
      `SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
       WHERE d.datname = current_database() AND l.mode = 'AccessExclusiveLock' AND l.locktype = 'relation'
       GROUP BY l.pid`,
    );
    await expect(load.finish(sampleState(9))).rejects.toThrow();
    await load.abandon();
    expect([(await models.state())?.position, await models.record(recordId('new'))]).toEqual([7, undefined]);
    expect(await models.record(recordId('old'))).toBeDefined();
    expect(await ask(url, DEFINITIONS)).toEqual(before);
    await models.close();
  });
});
