/** Readiness: one check for each part of the process, and whether all that others need are well. */
import type { Clock } from './clock.ts';
import type { GroupCommit } from './group-commit.ts';
import type { ProjectingStatus } from './projecting.ts';
import { isDiskFull } from './store-failure.ts';

export type Check =
  | { readonly status: 'ok'; readonly [figure: string]: string | number | null }
  | {
      /** `degraded`: it does not work, and nobody who sends or asks is worse off. */
      readonly status: 'failed' | 'degraded';
      readonly because: string;
      readonly [figure: string]: string | number | null;
    };

export type Part = 'log' | 'answers' | 'intake' | 'projector' | 'kafka' | 'publisher';
export type Checks = Partial<Readonly<Record<Part, Check>>>;

export interface Readiness {
  readonly status: 'ready' | 'not-ready';
  readonly checks: Checks;
}

const failed = (because: string, figures: Readonly<Record<string, number | null>> = {}): Check => ({
  status: 'failed',
  because,
  ...figures,
});

/** A store that hangs is as bad as one that fails. */
const PATIENCE_MS = 2_000;

/** Asks a store something small. What it failed with is for the log and not for whoever asks over HTTP. */
export const storeCheck = async (clock: Clock, ask: () => Promise<unknown>): Promise<Check> => {
  const over = new AbortController();
  const late = clock.sleep(PATIENCE_MS, over.signal).then(() => failed(`no answer within ${PATIENCE_MS} ms`));
  const answered = ask().then(
    (): Check => ({ status: 'ok' }),
    () => failed('it cannot be read'),
  );
  const check = await Promise.race([answered, late]);
  over.abort();
  return check;
};

export const intakeCheck = (intake: Pick<GroupCommit, 'failure' | 'waiting'>): Check => {
  const [failure, waiting] = [intake.failure(), intake.waiting()];
  if (failure === undefined) return { status: 'ok', waiting };
  const what = isDiskFull(failure) ? 'the disk is full' : 'the log takes nothing';
  return failed(`${what}; it is tried again`, { waiting });
};

/** Lag alone is no failure: every report says up to which position it is. */
export const projectorCheck = (status: ProjectingStatus, logSize: number | undefined): Check => {
  const { state, position, restarts } = status;
  const figures = {
    position: position ?? null,
    lagEvents: logSize === undefined || position === undefined ? null : Math.max(0, logSize - position),
    sinceBeatMs: Math.round(status.silentMs),
    restarts,
  };
  switch (state) {
    case 'running':
      return { status: 'ok', ...figures };
    case 'silent':
      return failed('it gives no sign of life', figures);
    case 'waiting-to-restart':
      return failed('it failed and is started again', figures);
  }
};

export const readinessOf = (checks: Checks): Readiness => ({
  status: Object.values(checks).every(({ status }) => status !== 'failed') ? 'ready' : 'not-ready',
  checks,
});

/** While there is nothing to look at: the stores are not open yet, or not any more. */
export const notReady = (parts: readonly Part[], because: string): Readiness =>
  readinessOf(Object.fromEntries(parts.map((part) => [part, failed(because)])));
