/** The live answers: which rule set rules them, and bringing them up to the end of the log. */
import { type InstantMs, subjectId } from '../schemas/brand.ts';
import type { TickmarkEvent } from '../schemas/event.ts';
import { catchUp, isUsable } from '../projections/index.ts';
import type { EventLog, ProjectionState, ReadModels } from '../projections/ports.ts';
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

/** Derives the whole log anew into these answers: in bulk where the workspace can. */
export const deriveAnew = async (
  { log, rebuild }: Workspace,
  ruling: Ruling,
  rows: ReadModels,
  onPage?: (events: number) => void,
): Promise<ProjectionState> => {
  if (rebuild) return rebuild(ruling, rows, onPage);
  await rows.clear();
  return catchUp({ ...ruling, log, rows, ...(onPage ? { onPage } : {}) });
};

/** Brings the live answers to the end of the log under the ruling. */
export const bringUp = async (
  workspace: Workspace,
  ruling: Ruling,
  onPage?: (position: number) => void,
): Promise<ProjectionState> => {
  const { log, answers: rows } = workspace;
  const state = await rows.state();
  if (!state || !(await isUsable({ ...ruling, log }, state)))
    await deriveAnew(workspace, ruling, rows, onPage);
  return catchUp({ ...ruling, log, rows, ...(onPage ? { onPage } : {}) });
};
