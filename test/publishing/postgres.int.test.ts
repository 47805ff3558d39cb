/** Publishing from answers in PostgreSQL, where others write into the same server: nothing is passed over. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { postgresPublished, postgresReadModels } from '../../adapters/stores/postgres/index.ts';
import { sampleRecord } from '../contracts/store-samples.ts';
import { type PostgresServer, startPostgres } from '../support/postgres/server.ts';
import { publishingRoom, told } from './room.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const record = (id: string, minutes: number) => sampleRecord(id, { to: minutes * 60_000 });

it('tells what changed, what is gone, and after a replay what it changed', async () => {
  const url = await server.fresh();
  const room = await publishingRoom({
    rows: await postgresReadModels(url),
    published: await postgresPublished(url),
  });
  /** A change may be told a moment later, while any older transaction of the server runs. */
  const untilSent = (count: number) =>
    vi.waitUntil(async () => (await room.publish()) === 'up-to-date' && room.sent.length >= count);
  await room.put(record('call-1/a', 1), record('call-2/a', 2), record('call-3/a', 3));
  await untilSent(3);
  await room.put(record('call-1/a', 10));
  await room.remove('call-2/a');
  await untilSent(5);
  room.setWhole(false);
  await room.rows.clear();
  await room.put(record('call-1/a', 10));
  expect(await room.publish()).toBe('replaying');
  room.setWhole(true);
  await untilSent(6);
  const load = await room.rows.load();
  await load.put({ records: [{ record: record('call-4/a', 4), pieces: [], begins: true }] });
  const state = await room.rows.state();
  if (state) await load.finish(state);
  await untilSent(8);
  expect(room.sent.slice(0, 3).map(told).toSorted()).toEqual(
    ['call-1/a', 'call-2/a', 'call-3/a'].map((id) => `${id} 1 TimeRecordFinished`),
  );
  expect(room.sent.slice(3).map(told)).toEqual([
    'call-1/a 2 TimeRecordCorrected',
    'call-2/a gone',
    'call-3/a gone',
    'call-1/a gone',
    'call-4/a 1 TimeRecordFinished',
  ]);
  await Promise.all([room.rows.close(), room.published.close()]);
});
