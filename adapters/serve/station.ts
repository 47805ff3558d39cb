/** A station: an open workspace at work. Signals in, answers kept up, questions answered, as the roles say. */
import type { DeadLetters, ReadModels, RowReader } from '../../projections/ports.ts';
import type { DialectOf } from '../dialect-of.ts';
import { openIntake } from '../intake.ts';
import { areDerived, rulesReader } from '../live.ts';
import type { Answers } from '../report-question.ts';
import type { Ruling } from '../rule-file.ts';
import type { Workspace } from '../workspace.ts';
import { openBackoff } from './backoff.ts';
import type { Clock, Luck } from './clock.ts';
import type { DrainStep } from './drain.ts';
import { type GroupCommit, openGroupCommit } from './group-commit.ts';
import { type Projecting, openProjecting } from './projecting.ts';
import { type Checks, intakeCheck, projectorCheck, storeCheck } from './readiness.ts';
import type { Roles } from './roles.ts';

export interface Station {
  readonly intake: GroupCommit | undefined;
  readonly deadLetters: Pick<DeadLetters, 'page'>;
  /** Reads within `work` are of one commit. Undefined while the answers are being derived under other rules. */
  read<Result>(work: (answers: Answers) => Promise<Result>): Promise<Result | undefined>;
  checks(): Promise<Checks>;
  /** What has to be done, in this order, before the process may end. */
  readonly drainSteps: readonly DrainStep[];
}

export interface StationSetup {
  readonly workspace: Workspace;
  readonly roles: Roles;
  readonly dialectOf: DialectOf;
  /** Rules as long as none were applied. */
  readonly fallback: Ruling;
  readonly clock: Clock;
  readonly luck: Luck;
  readonly onFailure: (part: 'intake' | 'projector', error: unknown) => void;
}

const inOneCommit = <Result>(
  answers: ReadModels,
  work: (rows: RowReader) => Promise<Result>,
): Promise<Result> => (answers.snapshot ? answers.snapshot(work) : work(answers));

const openProjectingOf = ({ workspace, fallback, clock, luck, onFailure }: StationSetup): Projecting =>
  openProjecting({
    start: (onBeat) => workspace.follower({ ruleSet: fallback.plan.ruleSet, onBeat }),
    clock,
    backoff: openBackoff(luck),
    onFailure: (error) => onFailure('projector', error),
  });

const openIntakeOf = (
  { workspace, dialectOf, clock, luck, onFailure }: StationSetup,
  projecting: Projecting | undefined,
): GroupCommit =>
  openGroupCommit({
    intake: openIntake({ ...workspace, dialectOf }),
    clock,
    backoff: openBackoff(luck),
    onFailure: (error) => onFailure('intake', error),
    onAppended: (events) => {
      if (events > 0) projecting?.wake();
    },
  });

const drainStepsOf = (
  workspace: Workspace,
  intake: GroupCommit | undefined,
  projecting: Projecting | undefined,
): readonly DrainStep[] => [
  { name: 'intake', run: async () => intake?.close(), mostMs: 2_000 },
  { name: 'projector', run: async () => projecting?.stop(), mostMs: 3_000 },
  { name: 'stores', run: () => workspace.close(), mostMs: 1_000 },
];

export const openStation = (setup: StationSetup): Station => {
  const { workspace, roles, clock, fallback } = setup;
  const { log, answers } = workspace;
  const rules = rulesReader(log, fallback);
  const projecting = roles.has('project') ? openProjectingOf(setup) : undefined;
  const intake = roles.has('intake') ? openIntakeOf(setup, projecting) : undefined;
  return {
    intake,
    deadLetters: workspace.deadLetters,
    read: async (work) => {
      const applied = await rules();
      return inOneCommit(answers, async (rows) =>
        areDerived(await rows.state(), applied) ? work({ rows, log, plan: applied.ruling.plan }) : undefined,
      );
    },
    checks: async () => ({
      log: await storeCheck(clock, rules),
      answers: await storeCheck(clock, () => answers.state()),
      ...(intake ? { intake: intakeCheck(intake) } : {}),
      ...(projecting
        ? { projector: projectorCheck(projecting.status(), await log.size?.().catch(() => undefined)) }
        : {}),
    }),
    drainSteps: drainStepsOf(workspace, intake, projecting),
  };
};
