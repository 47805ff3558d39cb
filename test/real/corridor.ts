/** The corridor for the real logs: a file read through its mapping, taken in, and projected under its rules. */
import { byName } from '../../adapters/dialect-of.ts';
import { type Arrival, type IntakeCounts, NO_COUNTS, addCounts, openIntake } from '../../adapters/intake.ts';
import { applyRules, bringUp } from '../../adapters/live.ts';
import { layoutOf } from '../../adapters/layout.ts';
import { DOORS } from '../../adapters/main.ts';
import { type Ruling, readRules } from '../../adapters/rule-file.ts';
import type { Workspace } from '../../adapters/workspace.ts';
import { instantMs } from '../../schemas/brand.ts';
import type { Dialect } from '../../schemas/signal.ts';
import type { RealLog } from './logs.ts';

/** Long after the last fact of any of the logs. */
export const RECEIVED_AT = instantMs(Date.UTC(2026, 0, 1));

export interface Readings {
  readonly dialect: Dialect;
  readonly ruling: Ruling;
  /** Every signal of the file, in the order of the file. */
  readonly arrivals: readonly Arrival[];
}

export const readLog = async (log: RealLog): Promise<Readings> => {
  const mapping = await DOORS.readMapping(log.mapping);
  const dialect = DOORS.eventlog(mapping);
  const pages = DOORS.readFile({
    path: log.file,
    format: layoutOf(mapping.format, log.file),
    dialect: dialect.name,
    source: mapping.source,
    receivedAt: () => RECEIVED_AT,
    keepDuplicates: mapping.duplicates === 'keep',
  });
  const arrivals: Arrival[] = [];
  for await (const page of pages) arrivals.push(...page);
  return { dialect, ruling: await readRules(log.rules), arrivals };
};

/**
 * When the answers are brought up: after these shares (0 to 1) of the signals and at the end, or by the projecting
 * thread, which goes at its own pace while signals are taken in.
 */
export type CatchUpAt = readonly number[] | 'alongside';

export interface Delivery {
  readonly arrivals: readonly Arrival[];
  readonly batch: number;
  readonly catchUpAt: CatchUpAt;
}

/** Told how many signals are in, then that all of them are; or that it is over before that. */
interface Follower {
  reached(signals: number): Promise<void>;
  end(): Promise<unknown>;
  stop(): Promise<void>;
}

/** Enough for the projector to take a step of its own each time. */
const EVERY_STEP = 10_000;

const follow = (workspace: Workspace, ruling: Ruling, { arrivals, catchUpAt }: Delivery): Follower => {
  if (catchUpAt === 'alongside') {
    const projector = workspace.projector(ruling.plan.ruleSet);
    return {
      reached: async () => projector.nudge(EVERY_STEP),
      end: () => projector.finish(),
      stop: () => projector.stop(),
    };
  }
  const moments = catchUpAt.map((share) => Math.ceil(share * arrivals.length)).sort((a, b) => a - b);
  return {
    reached: async (signals) => {
      const due = moments.findLastIndex((moment) => moment <= signals) + 1;
      if (moments.splice(0, due).length > 0) await bringUp(workspace, ruling);
    },
    end: () => bringUp(workspace, ruling),
    stop: async () => undefined,
  };
};

/** Takes the signals in a batch at a time while the answers follow. */
export const deliver = async (
  workspace: Workspace,
  { dialect, ruling }: Pick<Readings, 'dialect' | 'ruling'>,
  delivery: Delivery,
): Promise<IntakeCounts> => {
  await applyRules(workspace, ruling, RECEIVED_AT);
  const { arrivals, batch } = delivery;
  const intake = openIntake({ ...workspace, dialectOf: byName(dialect) });
  const follower = follow(workspace, ruling, delivery);
  let counts = NO_COUNTS;
  try {
    for (let at = 0; at < arrivals.length; at += batch) {
      counts = addCounts(counts, await intake.take(arrivals.slice(at, at + batch)));
      await follower.reached(counts.signals);
    }
    await follower.end();
    return counts;
  } finally {
    await follower.stop();
  }
};
