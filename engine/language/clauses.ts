/** The clauses of a rule compiled to a clock: which event acts how, which level holds when. */
import { isEventType } from '../../schemas/event.ts';
import type { Clause } from '../../schemas/clause.ts';
import type { Rule } from '../../schemas/rule.ts';
import {
  type Change,
  type ClauseName,
  type Clock,
  type Edge,
  type Level,
  ROLES,
  RUN_WHILE,
  type Role,
  START,
  STAND_INS,
} from '../clock/clock.ts';
import { TYPES, typeCode } from '../clock/columns.ts';
import type { AnyOf, Where } from '../../schemas/condition.ts';
import { type Test, type Vocabulary, compileCondition } from './condition.ts';
import { whenFalseOf } from './defaults.ts';
import { asList } from './problem.ts';

type ClauseKey = Exclude<Role, 'anchor'>;

/** The keys of a rule that hold clauses. A compile error here means that a role has no key. */
export const CLAUSE_KEYS = [
  'stop',
  'cancel',
  'reset',
  'pause',
  'resume',
  'handOver',
  'start',
] as const satisfies readonly ClauseKey[];

export const clausesAt = (rule: Rule, key: ClauseKey): readonly Clause[] => asList<Clause>(rule[key]);

/** The levels of a rule that act; a start that holds for a while is written `runWhile`. */
export const LEVEL_KEYS = ['stop', 'cancel', 'pause', 'resume'] as const satisfies readonly ClauseKey[];

interface Draft {
  readonly clauses: ClauseName[];
  readonly edges: Edge[][];
  readonly changes: Change[];
  readonly levels: Record<(typeof LEVEL_KEYS)[number], Level[]>;
  readonly watched: Set<number>;
}

const newDraft = (): Draft => ({
  clauses: STAND_INS.map((clause) => ({ clause, code: undefined })),
  edges: TYPES.map(() => []),
  changes: [],
  levels: { stop: [], cancel: [], pause: [], resume: [] },
  watched: new Set(),
});

const watch = (draft: Draft, condition: AnyOf | undefined, words: Vocabulary): void => {
  for (const where of asList<Where>(condition))
    for (const field of Object.keys(where)) draft.watched.add(words.fieldOf(field));
};

const isLevelKey = (key: ClauseKey): key is (typeof LEVEL_KEYS)[number] =>
  LEVEL_KEYS.some((one) => one === key);

const addEdge = (
  draft: Draft,
  role: number,
  clause: number,
  written: Extract<Clause, { readonly event: string }> | string,
  words: Vocabulary,
): void => {
  const { event, where, after } =
    typeof written === 'string' ? { event: written, where: undefined, after: undefined } : written;
  if (!isEventType(event)) return;
  draft.edges[typeCode(event)]?.push({
    role,
    clause,
    test: where && compileCondition(where, words),
    inForce: undefined,
    after: after === undefined ? undefined : asList(after).filter(isEventType).map(typeCode),
  });
};

const addClause = (draft: Draft, key: ClauseKey, written: Clause, words: Vocabulary): void => {
  const role = ROLES.indexOf(key);
  const code = typeof written === 'string' ? undefined : written.reason;
  const clause = draft.clauses.push({ clause: key, code }) - 1;
  if (typeof written === 'string' || 'event' in written) addEdge(draft, role, clause, written, words);
  else if ('changed' in written) {
    const field = words.fieldOf(written.changed);
    draft.watched.add(field);
    draft.changes.push({
      role,
      clause,
      inForce: undefined,
      field,
      from: written.from === undefined ? undefined : words.codesOf(written.from),
      to: written.to === undefined ? undefined : words.codesOf(written.to),
    });
  } else if (isLevelKey(key)) {
    watch(draft, written.while, words);
    draft.levels[key].push({ clause, test: compileCondition(written.while, words) });
  }
};

const compileAll = (rule: Rule, words: Vocabulary, stronger: readonly AnyOf[]): Draft => {
  const draft = newDraft();
  for (const key of CLAUSE_KEYS)
    for (const written of clausesAt(rule, key)) addClause(draft, key, written, words);
  for (const type of asList(rule.retro?.startAt)) {
    const clause = draft.clauses.push({ clause: 'retro', code: undefined }) - 1;
    addEdge(draft, ROLES.indexOf('anchor'), clause, type, words);
  }
  // A subject that was merged into another ends here; its facts are heard only then.
  addClause(draft, 'stop', 'SubjectMerged', words);
  if (rule.runWhile !== undefined) watch(draft, rule.runWhile, words);
  const follows = rule.onReassign === 'restart' || rule.onReassign === 'carry';
  if (follows) for (const when of [rule.when, ...stronger]) watch(draft, when, words);
  return draft;
};

const asksOf = (edges: readonly (readonly Edge[])[]) => ({
  asksEvents: edges.some((some) => some.some(({ test }) => test !== undefined)),
  asksHistory: edges.some((some) => some.some(({ after }) => after !== undefined)),
  consumes: [...new Set(edges.flat().flatMap(({ role, after }) => (role === START ? (after ?? []) : [])))],
});

/** While a rule with `restart` holds: its own condition fits, and that of no stronger rule of its group. */
const holdsOf = (rule: Rule, words: Vocabulary, stronger: readonly AnyOf[]): Test | undefined => {
  if (rule.onReassign !== 'restart' || rule.when === undefined) return undefined;
  const fits = compileCondition(rule.when, words);
  const others = stronger.map((when) => compileCondition(when, words));
  return others.length === 0
    ? fits
    : (values, dictionary) => fits(values, dictionary) && !others.some((other) => other(values, dictionary));
};

/**
 * The clock of a rule that has passed its checks. `skewMs`: by how much clocks may run apart. `stronger`: when the
 * stronger rules of its group fit.
 */
export const compileClock = (
  rule: Rule,
  words: Vocabulary,
  skewMs: number,
  stronger: readonly AnyOf[] = [],
): Clock => {
  const { clauses, edges, changes, levels, watched } = compileAll(rule, words, stronger);
  const { runWhile } = rule;
  const startsOnLevel = rule.start === undefined && runWhile !== undefined;
  return {
    clauses,
    edges,
    changes,
    levels,
    runWhile: runWhile && { clause: RUN_WHILE, test: compileCondition(runWhile, words) },
    whenFalse: whenFalseOf(rule),
    holds: holdsOf(rule, words, stronger),
    watches: [...watched].sort((a, b) => a - b),
    ...asksOf(edges),
    startsOnLevel,
    startsNever: rule.start === undefined && runWhile === undefined,
    resumes: rule.resume !== undefined,
    reopen: rule.reopen ?? 'newCycle',
    retro: rule.retro && { applyPauses: rule.retro.applyPauses ?? true },
    resetCancels: rule.resetCloses === 'cancelled',
    takesDuration: rule.missingStart === 'duration',
    skewMs,
  };
};
