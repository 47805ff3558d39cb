/** derive: from the facts of one subject to its cycles. Closed over the subject: nothing else is looked at. */
import type { ActorId, SubjectId } from '../schemas/brand.ts';
import { type TickmarkEvent, kindOfSubject } from '../schemas/event.ts';
import { runActivity } from './activity.ts';
import { mergeAttributes } from './attributes.ts';
import { type Encoded, encode } from './clock/encode.ts';
import { NOBODY } from './clock/columns.ts';
import type { Clock } from './clock/clock.ts';
import { runClock } from './clock/kernel.ts';
import { empty, newLines } from './clock/lines.ts';
import { UNASSIGNED, readLines } from './clock/read-lines.ts';
import { type Running, newRunning } from './clock/running.ts';
import { type Cycle, shareOut } from './cycle.ts';
import { inForceAt } from './language/carry.ts';
import { tolerate } from './interruption.ts';
import { latestWords } from './latest-word.ts';
import { bySubject, mergeCycles } from './merge.ts';
import { type Orphan, orphansAmong } from './orphan.ts';
import type { CompiledRule, Plan } from './plan.ts';
import { byFactOrder } from './fact-order.ts';
import { endOfLine, selector, valuesAt } from './selection.ts';
import type { TimeLine } from './stretch.ts';
import { addedCycles } from './policy/corrected.ts';
import { NO_WORDS, type Words, isWord, wordsOf } from './words.ts';

export interface Derivation {
  /** By rule, in order of time. */
  readonly cycles: readonly Cycle[];
  readonly orphans: readonly Orphan[];
  /** What people said of the subject. */
  readonly words: Words;
  /** Facts of other subjects are read with its own. */
  readonly isMerged: boolean;
}

const NOTHING: Derivation = { cycles: [], orphans: [], words: NO_WORDS, isMerged: false };

/** Everything one subject's derivation works with. */
interface Bench {
  readonly plan: Plan;
  readonly subject: SubjectId;
  readonly facts: readonly TickmarkEvent[];
  readonly encoded: Encoded;
  readonly run: Running;
  readonly orphans: Orphan[];
  readonly rules: readonly CompiledRule[];
}

// The buffers are used again for every subject: nothing in them outlives one call.
const LINES = newLines();
const RUNNING = new WeakMap<Plan, Running>();

const runningOf = (plan: Plan): Running => {
  const known = RUNNING.get(plan);
  if (known) return known;
  const made = newRunning(plan.fields.length);
  RUNNING.set(plan, made);
  return made;
};

const linesOfClock = (bench: Bench, rule: CompiledRule, clock: Clock, only: number): readonly TimeLine[] => {
  const { facts, encoded, run } = bench;
  const { columns, actors, dictionary } = encoded;
  empty(LINES);
  runClock({ clock, columns, dictionary, lines: LINES, run, only }, 0, facts.length);
  if (LINES.orphans.length > 0)
    bench.orphans.push(...orphansAmong(LINES.orphans, bench.subject, facts, rule, bench.rules));
  return LINES.length === 0 ? [] : readLines({ clock, lines: LINES, facts, actors });
};

/** The lines of a carried clock, each with the rule that was in force when it ended. */
const carriedLines = (
  bench: Bench,
  rules: readonly CompiledRule[],
): readonly (readonly [CompiledRule, TimeLine])[] =>
  rules.flatMap((rule) => {
    const { source } = rule;
    if (source.from !== 'carried' || source.group.length === 0) return [];
    return linesOfClock(bench, rule, source.clock, NOBODY).flatMap((line) => {
      const place = inForceAt(
        source.group,
        valuesAt(bench.plan, bench.encoded, endOfLine(line)),
        bench.encoded.dictionary,
      );
      const name = source.group[Math.max(0, place)]?.name;
      const owner = rules.find((other) => other.name === name);
      return owner ? [[owner, line] as const] : [];
    });
  });

/** The time lines of one rule, each list with a numbering of its own. */
const linesOf = (bench: Bench, rule: CompiledRule): readonly (readonly TimeLine[])[] => {
  const { source } = rule;
  if (source.from === 'rules' || source.from === 'carried') return [];
  if (source.from === 'activity')
    return [runActivity(source.activity, bench.encoded, bench.facts, bench.run)];
  if (!source.perParticipant) return [linesOfClock(bench, rule, source.clock, NOBODY)];
  return bench.encoded.actors.map((_, actor) => linesOfClock(bench, rule, source.clock, actor));
};

const machinesIn = (facts: readonly TickmarkEvent[]): ReadonlyMap<ActorId, 'bot' | 'system'> | undefined => {
  let machines: Map<ActorId, 'bot' | 'system'> | undefined;
  for (const { data } of facts)
    if ('actorKind' in data && data.actor !== undefined && data.actorKind !== undefined)
      if (data.actorKind !== 'human') (machines ??= new Map()).set(data.actor, data.actorKind);
  return machines;
};

/** What is said afterwards moves no clock; but a subject that goes on as another one ends there. */
const moves = (fact: TickmarkEvent, isRoot: boolean): boolean =>
  !isWord(fact) || (fact.type === 'SubjectMerged' && !isRoot);

/** Every participant's clock hears an end that names nobody. */
const distinct = (orphans: readonly Orphan[]): readonly Orphan[] => [
  ...new Map(orphans.map((orphan) => [`${orphan.rule}\n${orphan.event}`, orphan])).values(),
];

const deriveAlone = (
  plan: Plan,
  subject: SubjectId,
  rules: readonly CompiledRule[],
  words: Words,
  facts: readonly TickmarkEvent[],
  isFirst: boolean,
): Pick<Derivation, 'cycles' | 'orphans'> => {
  const ordered = facts.length === 1 ? facts : latestWords(facts).toSorted(byFactOrder);
  const isRoot = facts[0]?.subject === subject;
  const moving = ordered.some(isWord) ? ordered.filter((fact) => moves(fact, isRoot)) : ordered;
  const bench: Bench = {
    plan,
    subject,
    facts: moving,
    encoded: encode(moving, plan.fields, plan.dictionary),
    run: runningOf(plan),
    orphans: [],
    rules,
  };
  const attributes = mergeAttributes(moving);
  const machines = machinesIn(moving);
  const sources = [...new Set(moving.map(({ source }) => source))];
  const { fitting, isOwn, isOwnAt } = selector(plan, bench.encoded, rules);
  const carried = carriedLines(bench, rules);
  // Time that somebody adds names its rule, and is the rule's whatever the subject is known by.
  const named = rules.filter(({ name }) =>
    words.corrections.some((one) => one.effect === 'add' && one.rule === name),
  );
  const cycles = rules.flatMap((rule) => {
    const fits = fitting.includes(rule);
    if (!fits && !named.includes(rule)) return [];
    const common = { subject, rule, attributes, facts: facts.length, words, sources };
    const carriedHere = carried.filter(([owner]) => owner === rule).map(([, line]) => line);
    const own = (fits ? [...linesOf(bench, rule), carriedHere] : []).flatMap((lines) =>
      tolerate(lines, rule.keepUpToMs).flatMap((line, index) =>
        isOwn(rule, line) ? shareOut(line, { ...common, number: index + 1 }) : [],
      ),
    );
    const added = isFirst && rule.source.from !== 'rules' ? addedCycles(own, common) : [];
    return [...own, ...added].filter(
      ({ actor }) =>
        (actor !== UNASSIGNED || !rule.skipsUnassigned) &&
        rule.selection.actorKinds.includes(machines?.get(actor) ?? 'human'),
    );
  });
  const orphans = bench.orphans.filter(({ rule: name, atMs }) => {
    const rule = rules.find((one) => one.name === name);
    return rule !== undefined && isOwnAt(rule, atMs);
  });
  return { cycles, orphans: distinct(orphans) };
};

/**
 * The cycles of one subject under every rule of its kind. `facts` may come in any order but each only once; those of
 * subjects that were merged into this one come with it.
 */
export const derive = (plan: Plan, subject: SubjectId, facts: readonly TickmarkEvent[]): Derivation => {
  const rules = plan.rulesByKind.get(kindOfSubject(subject)) ?? [];
  if (rules.length === 0 || facts.length === 0) return NOTHING;
  const words = wordsOf(facts);
  const isMerged = !facts.every((fact) => fact.subject === subject);
  if (!isMerged) return { ...deriveAlone(plan, subject, rules, words, facts, true), words, isMerged };
  const retracted = wordsOf(facts.filter((fact) => fact.subject === subject)).retracted;
  const parts = bySubject(subject, facts).map((own, index) =>
    // Who retracts a duplicate that was merged away does not retract what it was merged into.
    deriveAlone(
      plan,
      subject,
      rules,
      { ...words, retracted: retracted ?? wordsOf(own).retracted },
      own,
      index === 0,
    ),
  );
  return {
    cycles: mergeCycles(parts.map(({ cycles }) => cycles)),
    orphans: parts.flatMap(({ orphans }) => orphans),
    words: { ...words, retracted },
    isMerged,
  };
};
