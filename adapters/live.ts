/** The live answers: which rule set rules them, and bringing them up to the end of the log. */
import { setTimeout } from 'node:timers/promises';
import { type InstantMs, subjectId } from '../schemas/brand.ts';
import type { TickmarkEvent } from '../schemas/event.ts';
import { type CatchUp, catchUp, sameLens } from '../projections/index.ts';
import type { EventLog, ProjectingRight, ProjectionState } from '../projections/ports.ts';
import { eventIdOf, signalHashOf } from './event-id.ts';
import { type Ruling, ruleOn } from './rule-file.ts';
import type { Workspace } from './workspace.ts';

/** The one stream of applied rule sets; the last of them is live. */
const RULES_STREAM = subjectId('ruleset-live');

/** The rule set that was applied last, or undefined when none ever was. */
export const appliedRules = async (log: EventLog): Promise<Ruling | undefined> => {
  const last = (await log.readStream(RULES_STREAM)).at(-1)?.event;
  return last?.type === 'RuleSetApplied' ? ruleOn(last.data.ruleSet) : undefined;
};

/** Which rules rule, and since when. */
export interface Applied {
  readonly ruling: Ruling;
  /** Where in the log they were applied; -1 for those that rule as long as none were. */
  readonly position: number;
}

/** Asks the log which rules rule now. The same answer is the same object: a rule set is compiled once. */
export const rulesReader = (
  log: Pick<EventLog, 'readStream'>,
  fallback: Ruling,
): (() => Promise<Applied>) => {
  let known: Applied = { ruling: fallback, position: -1 };
  return async () => {
    const last = (await log.readStream(RULES_STREAM)).at(-1);
    if (last?.event.type === 'RuleSetApplied' && last.position !== known.position)
      known = { ruling: ruleOn(last.event.data.ruleSet), position: last.position };
    return known;
  };
};

/** Appends the rule set as an event. Applying what is live already adds nothing; answers whether it did. */
export const applyRules = async (
  { log }: Workspace,
  { plan, lens }: Ruling,
  now: InstantMs,
): Promise<boolean> => {
  if ((await appliedRules(log))?.lens.ruleSetHash === lens.ruleSetHash) return false;
  const version = (await log.readStream(RULES_STREAM)).length - 1;
  const fact = {
    type: 'RuleSetApplied',
    subject: RULES_STREAM,
    occurredAt: now,
    data: { ruleSet: plan.ruleSet },
  } as const;
  const vendorId = `${lens.ruleSetHash}+${version + 1}`;
  const event: TickmarkEvent = {
    id: eventIdOf('tickmark', { ...fact, vendorId }),
    source: 'tickmark',
    ...fact,
    recordedAt: now,
    dialect: 'tickmark@1',
    signalHash: signalHashOf(JSON.stringify(plan.ruleSet)),
  };
  const [result] = await log.append([
    {
      stream: RULES_STREAM,
      expected: version < 0 ? { at: 'none' } : { at: 'version', version },
      events: [event],
    },
  ]);
  if (result?.status !== 'appended') throw new Error('somebody else applied a rule set at the same moment');
  return true;
};

/** How often whoever waits for another program's projecting looks how far it is. */
const LOOK_AGAIN_MS = 100;

/** Where the log ends now; everything before `from` is known. */
const endOfLog = async (log: EventLog, from: number): Promise<number> => {
  let end = from;
  for await (const page of log.readAll(from)) end = (page.at(-1)?.position ?? end - 1) + 1;
  return end;
};

/** Takes the right, or waits until those who have it have brought the answers to where the log ended when asked. */
const rightOrRows = async (
  { log, answers }: Workspace,
  { lens }: Ruling,
): Promise<ProjectingRight | ProjectionState> => {
  let end: number | undefined;
  for (;;) {
    const right = await answers.takeRight?.();
    if (right) return right;
    const state = await answers.state();
    end ??= await endOfLog(log, state?.position ?? 0);
    if (state && sameLens(state.lens, lens) && state.position >= end) return state;
    await setTimeout(LOOK_AGAIN_MS);
  }
};

/** Brings the live answers to the end of the log under the ruling, or waits for the programs that do. */
export const bringUp = async (
  workspace: Workspace,
  ruling: Ruling,
  onPage?: CatchUp['onPage'],
): Promise<ProjectionState> => {
  const { log, answers } = workspace;
  const work = { ...ruling, log, rows: answers, ...(onPage ? { onPage } : {}) };
  if (!answers.takeRight) return catchUp(work);
  const right = await rightOrRows(workspace, ruling);
  if (!('release' in right)) return right;
  try {
    return await catchUp(work);
  } finally {
    await right.release();
  }
};
