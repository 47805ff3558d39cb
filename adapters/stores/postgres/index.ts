/** The PostgreSQL stores: answers for several machines, and for people who ask with SQL. */
export { type PostgresOptions, postgresReadModels } from './read-models.ts';
