/** The SQLite stores: one folder, one process, no server. The default. */
export { backupLog, restoreLog } from './backup.ts';
export { type CellBatch, cellsOf } from './cell-batch.ts';
export { type DataFolder, openDataFolder } from './data-folder.ts';
export { sqliteDeadLetters } from './dead-letters.ts';
export { type CheckedEventLog, sqliteEventLog } from './event-log.ts';
export { type SqliteLoad, type SqliteReadModels, sqliteReadModels } from './read-models.ts';
export { sqlitePublished } from './published.ts';
export { temporaryAnswers } from './temporary-answers.ts';
