/** The stores on a real PostgreSQL server: they pass the contracts, and what only a server can do to them. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  postgresPublished,
  postgresReadModels,
  postgresWorker,
} from '../../adapters/stores/postgres/index.ts';
import { MIGRATIONS } from '../../adapters/stores/postgres/migrations/index.ts';
import { recordId, subjectId } from '../../schemas/brand.ts';
import { startProxy } from '../support/postgres/proxy.ts';
import { type PostgresServer, ask, startPostgres } from '../support/postgres/server.ts';
import { ON_SERVERS } from './on-servers.ts';
import { sampleState } from './read-models.contract.ts';
import { sampleRecord } from './store-samples.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

for (const suite of Object.values(ON_SERVERS.postgres)) suite(() => server.fresh());

const withSchema = (url: string, schema: string): string => {
  const address = new URL(url);
  address.searchParams.set('schema', schema);
  return address.href;
};

/** Does not wait: the server of a test is there at once, or not at all. */
const atOnce = { wait: async () => undefined };

describe('answers on a server', () => {
  it('are there when somebody else opens them, and end with nothing half-written', async () => {
    const url = await server.fresh();
    const first = await postgresReadModels(url, { durable: true });
    await first.transact(async (rows) => {
      await rows.putRecord(sampleRecord('a'), []);
      await rows.save(sampleState(9));
    });
    const second = await postgresReadModels(url);
    expect(await second.state()).toEqual(sampleState(9));
    expect(await second.record(recordId('a'))).toEqual(sampleRecord('a'));
    await Promise.all([first.close(), second.close()]);
  });

  it('are apart in schemas of their own', async () => {
    const url = await server.fresh();
    const [one, two] = [
      await postgresReadModels(withSchema(url, 'one')),
      await postgresReadModels(withSchema(url, 'two')),
    ];
    await one.transact((rows) => rows.save(sampleState(1)));
    expect([await two.state(), (await one.state())?.position]).toEqual([undefined, 1]);
    const schemas = await ask(url, `SELECT schemaname FROM pg_views WHERE viewname = 'weekly_report'`);
    expect(schemas.map(({ schemaname }) => schemaname).sort()).toEqual(['one_bi', 'two_bi']);
    await Promise.all([one.close(), two.close()]);
  });

  it('tell no change before those of older transactions that still run, and so pass none over', async () => {
    const url = await server.fresh();
    const models = await postgresReadModels(url);
    const older = new pg.Client({ connectionString: url });
    await older.connect();
    const place = await models.changePlace();
    await older.query(`BEGIN; INSERT INTO tickmark.record_change (id) VALUES ('older')`);
    await models.transact((rows) => rows.putRecord(sampleRecord('younger'), []));
    const early = await models.changesSince(place, 9);
    expect(early).toEqual({ changes: [], place });
    await older.query('COMMIT');
    await vi.waitUntil(async () => (await models.changesSince(place, 9))?.changes.length === 2);
    expect((await models.changesSince(place, 9))?.changes.map(({ id }) => id)).toEqual(['older', 'younger']);
    await Promise.all([older.end(), models.close()]);
  });

  it('are published by one program at a time', async () => {
    const url = await server.fresh();
    const [first, second] = [await postgresPublished(url), await postgresPublished(url)];
    const right = await first.takeRight?.();
    expect([right === undefined, await second.takeRight?.()]).toEqual([false, undefined]);
    await right?.release();
    const next = await second.takeRight?.();
    expect(next).toBeDefined();
    await next?.release();
    await Promise.all([first.close(), second.close()]);
  });

  it('are projected into by one program alone, or by workers together, and by the next when those are gone', async () => {
    const url = await server.fresh();
    const [first, second] = [await postgresReadModels(url), await postgresReadModels(url)];
    const workers = await Promise.all([0, 1].map((worker) => postgresWorker(url, { worker, of: 2 })));
    const alone = await first.takeRight?.();
    expect([alone === undefined, await second.takeRight?.(), await workers[0]?.takeRight?.()]).toEqual([
      false,
      undefined,
      undefined,
    ]);
    await alone?.release();
    const together = await Promise.all(workers.map(async (worker) => worker.takeRight?.()));
    expect(together.every((right) => right !== undefined)).toBe(true);
    expect(await first.takeRight?.()).toBeUndefined();
    // One of them dies without a word: the server drops its lock with its connection.
    await ask(
      url,
      `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock' LIMIT 1`,
    );
    expect(await first.takeRight?.()).toBeUndefined();
    for (const right of together) await right?.release().catch(() => undefined);
    const next = await first.takeRight?.();
    expect(next).toBeDefined();
    await next?.release();
    await Promise.all([first, second, ...workers].map((models) => models.close()));
  });

  it('are made once by however many programs that begin at the same moment', async () => {
    const url = await server.fresh();
    const opened = await Promise.all(Array.from({ length: 5 }, () => postgresReadModels(url)));
    await Promise.all(opened.map((models) => models.close()));
    const names = await ask(url, 'SELECT name FROM tickmark.migration_checksum ORDER BY name');
    expect(names.map(({ name }) => name)).toEqual(MIGRATIONS.map(({ name }) => name));
  });

  it('an error that work swallows does not make a commit of a rollback', async () => {
    const models = await postgresReadModels(await server.fresh());
    const swallowing = models.transact(async (rows) => {
      await rows.save(sampleState(1));
      await rows.dueRecords(Number.NaN as never, Number.NaN as never).catch(() => undefined);
    });
    await expect(swallowing).rejects.toThrow(/aborted/);
    expect(await models.state()).toBeUndefined();
    await models.close();
  });
});

describe('tables that are not as this program makes them', () => {
  const opened = async (spoil: string): Promise<unknown> => {
    const url = await server.fresh();
    await (await postgresReadModels(url)).close();
    await ask(url, spoil);
    return postgresReadModels(url);
  };

  it('are refused when a migration was another one then', async () => {
    const spoil = `UPDATE tickmark.migration_checksum SET checksum = 'f' WHERE name = '0001-tables'`;
    await expect(opened(spoil)).rejects.toMatchObject({
      code: 'answers-altered',
      message: expect.stringMatching(/schema tickmark of .* migration 0001-tables was another one/),
    });
  });

  it('are refused when they were made by a newer program', async () => {
    const spoil = `INSERT INTO tickmark.migration_checksum VALUES ('9999-more', 'f')`;
    await expect(opened(spoil)).rejects.toMatchObject({ code: 'answers-newer' });
  });

  it('are left as they were where a migration fails', async () => {
    const url = await server.fresh();
    await ask(url, 'CREATE SCHEMA tickmark; CREATE TABLE tickmark.person_week (something text)');
    await expect(postgresReadModels(url)).rejects.toThrow(/person_week/);
    const tables = await ask(url, `SELECT tablename FROM pg_tables WHERE schemaname = 'tickmark'`);
    expect(tables.map(({ tablename }) => tablename)).not.toContain('time_record');
  });
});

describe('an address', () => {
  it.each([
    ['postgresql://me:s3cr%3Ft@127.0.0.1:1/none', 'answers-unreachable'],
    ['postgresql://me@127.0.0.1:1/none?password=s3cr%3Ft', 'answers-unreachable'],
    ['mysql://me:s3cr%3Ft@127.0.0.1/none', 'answers-address-wrong'],
    ['postgresql://me:s3cr%3Ft@127.0.0.1/none?schema=a;drop', 'answers-address-wrong'],
    ['me:s3cr%3Ft@127.0.0.1', 'answers-address-wrong'],
    ['s3cr?t', 'answers-address-wrong'],
  ])('is refused without its password: %s', async (address, code) => {
    const refusal: unknown = await postgresReadModels(address, atOnce).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code });
    const { message, nextStep, stack } = refusal as Error & { readonly nextStep: string };
    expect(`${message} ${nextStep} ${stack}`).not.toMatch(/s3cr/);
  });
});

describe('a server that says no', () => {
  it.each([
    ['there is no such database', '', '/nowhere'],
    ['there is no such user', 'nobody:s3cret@', undefined],
  ])('is named, because %s', async (_why, user, path) => {
    const address = new URL(await server.fresh());
    if (path !== undefined) address.pathname = path;
    const url = user === '' ? address.href : address.href.replace(/\/\/[^@]*@/, `//${user}`);
    const refusal: unknown = await postgresReadModels(url, atOnce).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'answers-refused' });
    expect(String(refusal)).not.toMatch(/s3cret/);
  });
});

describe('a connection that is lost', () => {
  const through = async (work: (proxied: Awaited<ReturnType<typeof startProxy>>) => Promise<void>) => {
    const proxy = await startProxy(await server.fresh());
    try {
      await work(proxy);
    } finally {
      proxy.close();
    }
  };

  it.each([
    ['before the server gets the rows', 'n-body', 'before', 2],
    ['when the server has the rows', 'n-body', 'after', 2],
    ['before the server gets the commit', 'COMMIT', 'before', 2],
    ['when the server has committed', 'COMMIT', 'after', 1],
  ] as const)('%s: the work is done once', async (_when, text, when, attempts) => {
    await through(async (proxy) => {
      const models = await postgresReadModels(proxy.url, atOnce);
      await models.transact((rows) => rows.save(sampleState(5)));
      let runs = 0;
      proxy.cut(text, when);
      const result = await models.transact(async (rows) => {
        runs += 1;
        await rows.putRecord(sampleRecord('n', { kind: 'n-body' }), []);
        const position = (await rows.state())?.position ?? 0;
        await rows.save(sampleState(position + 1));
        return position;
      });
      expect([proxy.cuts, runs, result]).toEqual([1, attempts, 5]);
      expect((await models.state())?.position).toBe(6);
      expect(await models.records({ subject: subjectId('call-1') })).toHaveLength(1);
      await models.close();
    });
  });

  it('by the work itself, to somebody else: it fails as it failed, and is not tried again', async () => {
    const models = await postgresReadModels(await server.fresh(), atOnce);
    let runs = 0;
    const failing = models.transact(async (rows) => {
      runs += 1;
      await rows.save(sampleState(1));
      throw Object.assign(new Error('the log hung up'), { code: 'ECONNRESET' });
    });
    await expect(failing).rejects.toThrow('the log hung up');
    expect([runs, await models.state()]).toEqual([1, undefined]);
    await models.close();
  });

  it('during a read: it is asked again', async () => {
    await through(async (proxy) => {
      const models = await postgresReadModels(proxy.url, atOnce);
      await models.transact((rows) => rows.putRecord(sampleRecord('a'), []));
      proxy.cut('time_record', 'after');
      expect(await models.record(recordId('a'))).toEqual(sampleRecord('a'));
      expect(proxy.cuts).toBe(1);
      await models.close();
    });
  });

  it('for good: it is refused, after some attempts', async () => {
    await through(async (proxy) => {
      const models = await postgresReadModels(proxy.url, atOnce);
      proxy.close();
      await expect(models.state()).rejects.toMatchObject({ code: 'answers-unreachable' });
      await models.close();
    });
  });
});
