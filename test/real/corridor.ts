/** The corridor for the real logs: a file read through its mapping, taken in, and projected under its rules. */
import { type Arrival, type IntakeCounts, NO_COUNTS, addCounts, openIntake } from '../../adapters/intake.ts';
import { applyRules, bringUp } from '../../adapters/live.ts';
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
    format: mapping.format,
    dialect: dialect.name,
    source: mapping.source,
    receivedAt: () => RECEIVED_AT,
    keepDuplicates: mapping.duplicates === 'keep',
  });
  const arrivals: Arrival[] = [];
  for await (const page of pages) arrivals.push(...page);
  return { dialect, ruling: await readRules(log.rules), arrivals };
};

export interface Delivery {
  readonly arrivals: readonly Arrival[];
  readonly batch: number;
  /** After which shares (0 to 1) of the signals the answers are brought up; always at the end. */
  readonly catchUpAt?: readonly number[];
}

/** Takes the signals in a batch at a time, bringing the answers up in between. */
export const deliver = async (
  workspace: Workspace,
  { dialect, ruling }: Pick<Readings, 'dialect' | 'ruling'>,
  { arrivals, batch, catchUpAt = [] }: Delivery,
): Promise<IntakeCounts> => {
  await applyRules(workspace, ruling, RECEIVED_AT);
  const intake = openIntake({ ...workspace, dialects: [dialect] });
  const moments = catchUpAt.map((share) => Math.ceil(share * arrivals.length));
  let counts = NO_COUNTS;
  for (let at = 0; at < arrivals.length; at += batch) {
    const end = at + batch;
    counts = addCounts(counts, await intake.take(arrivals.slice(at, end)));
    if (moments.some((moment) => moment > at && moment <= end)) await bringUp(workspace, ruling);
  }
  await bringUp(workspace, ruling);
  return counts;
};
