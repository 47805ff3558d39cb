/** Every store, by the suite that it must pass and the folder that it lives in. */
import { memoryDeadLetters, memoryEventLog, memoryReadModels } from '../../adapters/stores/memory/index.ts';
import { sqliteDeadLetters, sqliteEventLog, sqliteReadModels } from '../../adapters/stores/sqlite/index.ts';
import { deadLettersContract } from './dead-letters.contract.ts';
import { eventLogContract } from './event-log.contract.ts';
import { readModelsContract } from './read-models.contract.ts';
import { temporaryFolder } from './temporary-folder.ts';

export const storeFiles = temporaryFolder();

type Enrolment = Readonly<Record<string, () => void>>;

/** The outer key is the name of the suite and of the file that holds the store; the inner one its folder. */
export const ENROLLED: Readonly<Record<string, Enrolment>> = {
  'event-log': {
    memory: () => eventLogContract('memory', memoryEventLog),
    sqlite: () => eventLogContract('sqlite', () => sqliteEventLog(storeFiles.fresh('log.db'))),
  },
  'dead-letters': {
    memory: () => deadLettersContract('memory', memoryDeadLetters),
    sqlite: () => deadLettersContract('sqlite', () => sqliteDeadLetters(storeFiles.fresh('log.db'))),
  },
  'read-models': {
    memory: () => readModelsContract('memory', memoryReadModels),
    sqlite: () => readModelsContract('sqlite', () => sqliteReadModels(storeFiles.fresh('answers.db'))),
  },
};

/** Stores behind a server: the file of the other tier that runs their suite. */
export const ENROLLED_WITH_A_SERVER: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'read-models': { postgres: 'postgres.int.test.ts' },
  worker: { postgres: 'postgres.int.test.ts' },
};
