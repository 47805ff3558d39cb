/** Workspaces for the real logs: one in a folder that goes with it, and one in memory. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DOORS } from '../../adapters/main.ts';
import { ruleOn } from '../../adapters/rule-file.ts';
import { memoryDeadLetters, memoryEventLog, memoryReadModels } from '../../adapters/stores/memory/index.ts';
import type { Workspace } from '../../adapters/workspace.ts';
import { catchUp } from '../../projections/index.ts';

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'tickmark-real-'));

export const removeFolder = (path: string): Promise<void> => rm(path, { recursive: true, force: true });

export const sqliteWorkspace = async (): Promise<Workspace> => {
  const path = await temporaryFolder();
  const workspace = await DOORS.openWorkspace(join(path, 'data'));
  return {
    ...workspace,
    close: async () => {
      await workspace.close();
      await removeFolder(path);
    },
  };
};

export const memoryWorkspace = async (): Promise<Workspace> => {
  const log = await memoryEventLog();
  const answers = await memoryReadModels();
  return {
    path: 'memory',
    log,
    deadLetters: await memoryDeadLetters(),
    answers,
    projector: (ruleSet) => ({
      nudge: () => undefined,
      finish: () => catchUp({ ...ruleOn(ruleSet), log, rows: answers }),
      stop: async () => undefined,
    }),
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
