/** The live answers: which rule set rules them, and bringing them up to the end of the log. */
import { setTimeout } from 'node:timers/promises';
import { type InstantMs, subjectId } from '../schemas/brand.ts';
import type { TickmarkEvent } from '../schemas/event.ts';
import { catchUp, isUsable, sameLens } from '../projections/index.ts';
import type { EventLog, ProjectionState, ReadModels, Right } from '../projections/ports.ts';
import { eventIdOf, signalHashOf } from './event-id.ts';
import { type Ruling, ruleOn } from './rule-file.ts';
import type { OpenedLog, Workspace } from './workspace.ts';

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

/** Answers are given when they hold everything up to the moment in which their rules were applied. */
export const areDerived = (state: ProjectionState | undefined, { ruling, position }: Applied): boolean =>
  state !== undefined && sameLens(state.lens, ruling.lens) && state.position > position;

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

/** How far the answers have come. */
export interface BroughtUp extends ProjectionState {
  /** How many events that took, this time. */
  readonly events: number;
}

/** Told how many events are done by now. */
type OnEvents = (events: number) => void;

const catchUpCounting = async (
  log: EventLog,
  ruling: Ruling,
  rows: ReadModels,
  onEvents: OnEvents,
): Promise<BroughtUp> => {
  let events = 0;
  const onPage = (_position: number, more: number): void => onEvents((events += more));
  const state = await catchUp({ ...ruling, log, rows, onPage });
  return { ...state, events };
};

/** Derives the whole log anew into these answers: in bulk where the workspace can. */
export const deriveAnew = async (
  { log, rebuild }: Workspace,
  ruling: Ruling,
  rows: ReadModels,
  onEvents: OnEvents,
): Promise<BroughtUp> => {
  // A log that is read in bulk has positions without gaps.
  const state = await rebuild?.(ruling, rows, onEvents);
  if (state) return { ...state, events: state.position };
  await rows.clear();
  return catchUpCounting(log, ruling, rows, onEvents);
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
): Promise<Right | ProjectionState> => {
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

/** Where nothing of what is there can be used, all of it is derived anew. */
const catchUpOrDerive = async (
  workspace: Workspace,
  ruling: Ruling,
  onEvents: OnEvents,
): Promise<BroughtUp> => {
  const { log, answers: rows } = workspace;
  const state = await rows.state();
  if (state && (await isUsable({ ...ruling, log }, state)))
    return catchUpCounting(log, ruling, rows, onEvents);
  return deriveAnew(workspace, ruling, rows, onEvents);
};

/**
 * Answers whether rows are whole: derived under the rules that rule, and as far as the log went when their edition was
 * first asked about.
 */
export const wholenessOf = (
  log: OpenedLog,
  fallback: Ruling,
): ((edition: string, state: ProjectionState) => Promise<boolean>) => {
  const rules = rulesReader(log, fallback);
  let known: { readonly edition: string; readonly end: number } | undefined;
  return async (edition, state) => {
    if (!areDerived(state, await rules())) return false;
    if (known?.edition !== edition)
      known = { edition, end: (await log.size?.()) ?? (await endOfLog(log, state.position)) };
    return state.position >= known.end;
  };
};

/** Brings the live answers to the end of the log under the ruling, or waits for the programs that do. */
export const bringUp = async (
  workspace: Workspace,
  ruling: Ruling,
  onEvents: OnEvents = () => undefined,
): Promise<BroughtUp> => {
  if (!workspace.answers.takeRight) return catchUpOrDerive(workspace, ruling, onEvents);
  const right = await rightOrRows(workspace, ruling);
  if (!('release' in right)) return { ...right, events: 0 };
  try {
    return await catchUpOrDerive(workspace, ruling, onEvents);
  } finally {
    await right.release();
  }
};

/** Throws the live answers away and derives them anew, or lets the programs do that which project. */
export const rebuildAnswers = async (
  workspace: Workspace,
  ruling: Ruling,
  onEvents: OnEvents,
): Promise<BroughtUp> => {
  const { answers, rebuild } = workspace;
  if (!answers.takeRight) return deriveAnew(workspace, ruling, answers, onEvents);
  const right = rebuild && (await answers.takeRight());
  if (right) return deriveAnew(workspace, ruling, answers, onEvents).finally(() => right.release());
  await answers.clear();
  return bringUp(workspace, ruling, onEvents);
};
