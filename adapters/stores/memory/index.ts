/** The memory stores: everything in maps, for tests and trials; gone with the process. */
export { memoryDeadLetters } from './dead-letters.ts';
export { memoryEventLog } from './event-log.ts';
export { memoryReadModels } from './read-models.ts';
export { memoryPublished } from './published.ts';
