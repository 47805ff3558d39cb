/** A rebuild of answers on PostgreSQL from a log in a file, by the command line; and the fault: it is killed. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeCalls } from '../cli/calls.ts';
import { BANK, startTickmark } from '../cli/command.ts';
import { temporaryFolder } from '../contracts/temporary-folder.ts';
import { type PostgresServer, ask, startPostgres } from '../support/postgres/server.ts';
import { tableHashes } from '../support/postgres/table-hashes.ts';

const ROWS = 3000;

const folders = temporaryFolder();
const data = folders.fresh('data');
let server: PostgresServer;
let url = '';
beforeAll(async () => {
  server = await startPostgres();
  url = await server.fresh();
});
afterAll(async () => {
  folders.remove();
  await server.stop();
});

const start = (...args: readonly string[]) =>
  startTickmark([...args, '--data', data], { TICKMARK_ANSWERS: url });
const said = async (...args: readonly string[]): Promise<string> => {
  const { stdout, stderr, code } = await start(...args).ended;
  expect([code, stderr]).toEqual([0, expect.any(String)]);
  return stdout;
};

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds()));
};

it('leaves the rows as they were, killed or not, and nothing beside them', async () => {
  const file = folders.fresh('calls.txt');
  writeCalls(file, ROWS);
  await said('import', file, '--mapping', BANK.mapping, '--rules', BANK.rules);
  await said('report', 'week', '--week', 'all');
  const tables = await tableHashes(url);
  expect(tables['time_record']?.rows).toBeGreaterThan(ROWS / 2);

  const killed = start('rebuild');
  // Whoever fills fresh tables holds the lock of their making.
  const loading = `SELECT FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND locktype = 'relation'
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  await until(async () => (await ask(url, loading)).length > 0);
  killed.kill();
  await killed.ended;
  expect(await tableHashes(url)).toEqual(tables);

  expect(await said('rebuild')).toMatch(/^Rebuilt from /);
  expect(await tableHashes(url)).toEqual(tables);
  const schemas = await ask(
    url,
    `SELECT nspname FROM pg_namespace WHERE nspname LIKE 'tickmark%' ORDER BY 1`,
  );
  expect(schemas.map(({ nspname }) => nspname)).toEqual(['tickmark', 'tickmark_bi']);
  expect(await said('verify')).toMatch(/^Identical: /);
});
