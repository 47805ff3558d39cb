/** The stores on KurrentDB (EventStoreDB): the event log and the dead letters, where one machine is outgrown. */
export { kurrentdbDeadLetters } from './dead-letters.ts';
export { type KurrentdbEventLog, kurrentdbEventLog } from './event-log.ts';
export type { KurrentdbOptions, Trouble } from './options.ts';
