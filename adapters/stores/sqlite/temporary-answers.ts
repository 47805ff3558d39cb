/** Answers beside the live ones, in a folder of their own, which goes with them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SqliteReadModels, sqliteReadModels } from './read-models.ts';

export const temporaryAnswers = async (): Promise<SqliteReadModels> => {
  const folder = await mkdtemp(join(tmpdir(), 'tickmark-beside-'));
  const answers = await sqliteReadModels(join(folder, 'answers.db'));
  return {
    ...answers,
    close: async () => {
      await answers.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
