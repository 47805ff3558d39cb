/** A station in memory, for tests of what it does and of the routes before it: task events, timed by one rule. */
import { byName } from '../../adapters/dialect-of.ts';
import { ruleOn, type Ruling } from '../../adapters/rule-file.ts';
import { DOORS } from '../../adapters/main.ts';
import { readRoles } from '../../adapters/serve/roles.ts';
import { type Station, openStation } from '../../adapters/serve/station.ts';
import type { Workspace } from '../../adapters/workspace.ts';
import { memoryWorkspace } from '../real/workspaces.ts';
import { planOf } from '../support/scenario.ts';
import { type HeldClock, heldClock, settled } from './held-clock.ts';

/** A task lasts from its start to its completion, at most so many hours. */
export const rulingOf = (capHours: number): Ruling =>
  ruleOn(
    planOf(`
      ruleSet: tasks-${capHours}
      rules:
        - { rule: task.work, on: task, start: TaskStarted, stop: TaskCompleted, missingEnd: { cap: ${capHours}h } }`)
      .ruleSet,
  );

export interface StationRoom {
  readonly station: Station;
  readonly workspace: Workspace;
  readonly clock: HeldClock;
  readonly failures: unknown[];
  /** Resolves when it is so; throws when it never becomes so. */
  until(what: string, isSo: () => Promise<boolean>): Promise<void>;
  close(): Promise<void>;
}

const TURNS = 1_000;

export const stationRoom = async (
  change: (workspace: Workspace) => Workspace = (same) => same,
  { fallback = rulingOf(2), roles = readRoles(undefined), dialectOf = byName(DOORS.tickmark) } = {},
): Promise<StationRoom> => {
  const workspace = change(await memoryWorkspace());
  const clock = heldClock();
  const failures: unknown[] = [];
  const station = openStation({
    workspace,
    roles,
    dialectOf,
    fallback,
    clock,
    luck: () => 1,
    onFailure: (_part, error) => failures.push(error),
  });
  return {
    station,
    workspace,
    clock,
    failures,
    until: async (what, isSo) => {
      for (let turn = 0; turn < TURNS; turn += 1) {
        if (await isSo()) return;
        await settled();
      }
      throw new Error(`never so: ${what}`);
    },
    close: async () => {
      for (const { run } of station.drainSteps) await run();
    },
  };
};
