/** The PostgreSQL stores: answers for several machines, and for people who ask with SQL. */
export { postgresReadModels } from './read-models.ts';
export type { PostgresOptions } from './store.ts';
export { type WorkerOptions, postgresWorker } from './worker.ts';
export { postgresPublished } from './published.ts';
