/** The stores on a real PostgreSQL server pass the contracts. */
import { afterAll, beforeAll } from 'vitest';
import { postgresReadModels } from '../../adapters/stores/postgres/index.ts';
import { type PostgresServer, startPostgres } from '../support/postgres/server.ts';
import { readModelsContract } from './read-models.contract.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

readModelsContract('postgres', async () => postgresReadModels(await server.fresh()));
