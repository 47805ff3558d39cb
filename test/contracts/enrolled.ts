/** Every store, by the suite that it must pass and the folder that it lives in. */
import {
  memoryDeadLetters,
  memoryEventLog,
  memoryPublished,
  memoryReadModels,
} from '../../adapters/stores/memory/index.ts';
import {
  sqliteDeadLetters,
  sqliteEventLog,
  sqlitePublished,
  sqliteReadModels,
} from '../../adapters/stores/sqlite/index.ts';
import { deadLettersContract } from './dead-letters.contract.ts';
import { type Divergences, eventLogContract } from './event-log.contract.ts';
import { publishedContract } from './published.contract.ts';
import { readModelsContract } from './read-models.contract.ts';
import { temporaryFolder } from './temporary-folder.ts';

export const storeFiles = temporaryFolder();

const GONE_WITH_THE_PROCESS: Divergences = {
  'holds its events, knows their ids, and a reader resumes where it was': 'memory is gone with the process',
};

export type Enrolment = Readonly<Record<string, () => void>>;

/** The outer key is the name of the suite and of the file that holds the store; the inner one its folder. */
export const ENROLLED: Readonly<Record<string, Enrolment>> = {
  'event-log': {
    memory: () => eventLogContract('memory', () => ({ open: memoryEventLog }), GONE_WITH_THE_PROCESS),
    sqlite: () =>
      eventLogContract('sqlite', () => {
        const file = storeFiles.fresh('log.db');
        return { open: () => sqliteEventLog(file) };
      }),
  },
  'dead-letters': {
    memory: () => deadLettersContract('memory', memoryDeadLetters),
    sqlite: () => deadLettersContract('sqlite', () => sqliteDeadLetters(storeFiles.fresh('log.db'))),
  },
  'read-models': {
    memory: () => readModelsContract('memory', memoryReadModels),
    sqlite: () => readModelsContract('sqlite', () => sqliteReadModels(storeFiles.fresh('answers.db'))),
  },
  published: {
    memory: () =>
      publishedContract('memory', async () => {
        const published = await memoryPublished();
        return { open: async () => published };
      }),
    sqlite: () =>
      publishedContract('sqlite', async () => {
        const file = storeFiles.fresh('published.db');
        return { open: () => sqlitePublished(file) };
      }),
  },
};
