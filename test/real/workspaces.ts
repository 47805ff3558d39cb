/** Workspaces for the real logs: one in a folder that goes with it, and one in memory. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { followHere } from '../../adapters/follow.ts';
import { DOORS } from '../../adapters/main.ts';
import { projectorHere } from '../../adapters/projector.ts';
import { ruleOn } from '../../adapters/rule-file.ts';
import {
  memoryDeadLetters,
  memoryEventLog,
  memoryPublished,
  memoryReadModels,
} from '../../adapters/stores/memory/index.ts';
import type { Workspace } from '../../adapters/workspace.ts';

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'tickmark-real-'));

export const removeFolder = (path: string): Promise<void> => rm(path, { recursive: true, force: true });

/** With the data folder that it has. */
export interface FolderWorkspace extends Workspace {
  readonly folder: string;
}

export const sqliteWorkspace = async (): Promise<FolderWorkspace> => {
  const path = await temporaryFolder();
  const folder = join(path, 'data');
  const workspace = await DOORS.openWorkspace({ folder });
  return {
    ...workspace,
    folder,
    close: async () => {
      await workspace.close();
      await removeFolder(path);
    },
  };
};

export const memoryWorkspace = async (): Promise<Workspace> => {
  const log = await memoryEventLog();
  const answers = await memoryReadModels();
  const published = await memoryPublished();
  return {
    log,
    deadLetters: await memoryDeadLetters(),
    answers,
    isEmbedded: false,
    projector: (ruleSet) => projectorHere(log, answers, ruleOn(ruleSet)),
    follower: (following) => followHere(log, { rows: answers }, following),
    published: async () => published,
    beside: memoryReadModels,
    integrity: async () => [],
    close: async () => {
      await answers.close();
      await log.close();
    },
  };
};

export const WORKSPACES = { sqlite: sqliteWorkspace, memory: memoryWorkspace } as const;
export type StoreName = keyof typeof WORKSPACES;
