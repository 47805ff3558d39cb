/** compose: records that are made of others, such as handle time of talk, hold and after-call work. */
import type { ActorId, SubjectId } from '../schemas/brand.ts';
import { later } from '../schemas/brand.ts';
import type { Span, Subtraction, TimeRecord } from '../schemas/record.ts';
import type { Cycle } from './cycle.ts';
import { type Interval, byStart } from './interval/interval.ts';
import { intersect } from './interval/intersect.ts';
import { subtract } from './interval/subtract.ts';
import { union } from './interval/union.ts';
import type { CompiledRule, Plan } from './plan.ts';
import type { Surroundings } from './policy/missing-end.ts';
import { addedCycles } from './policy/corrected.ts';
import { settle } from './settle.ts';
import type { Words } from './words.ts';

const BETWEEN = { clause: 'of' };

/**
 *     talk      |=====|    |====|
 *     hold            |====|
 *     acw                       |==|
 *     together  |=====|====|====|==|
 *
 * Where parts overlap the time counts once, as the rule that is named first says it.
 */
const together = (parts: readonly TimeRecord[], names: readonly string[]): readonly Span[] => {
  const taken: Span[] = [];
  for (const name of names)
    for (const { rule, spans } of parts) {
      if (rule !== name) continue;
      for (const span of spans) {
        const holes = union([...taken].filter(({ fromMs, toMs }) => fromMs < toMs).sort(byStart));
        const free = span.fromMs === span.toMs ? [span] : subtract(span, holes);
        taken.push(...free.map(({ fromMs, toMs }) => ({ ...span, fromMs, toMs })));
      }
    }
  return taken.sort(byStart);
};

/** What no part counts, each stretch with the reason that a part gives for it; between the parts where none does. */
const notCounted = (
  whole: Interval,
  spans: readonly Span[],
  parts: readonly TimeRecord[],
  names: readonly string[],
): readonly Subtraction[] => {
  let gaps = subtract(whole, union(spans.filter(({ fromMs, toMs }) => fromMs < toMs)));
  const found: Subtraction[] = [];
  const take = (one: Subtraction): void => {
    const own = gaps.flatMap((gap) => intersect([gap], [one])).filter(({ fromMs, toMs }) => fromMs < toMs);
    for (const { fromMs, toMs } of own)
      found.push({
        ...one,
        fromMs,
        toMs,
        opened: fromMs === one.fromMs ? one.opened : BETWEEN,
        closed: toMs === one.toMs ? one.closed : BETWEEN,
      });
    gaps = gaps.flatMap((gap) => subtract(gap, own)).filter(({ fromMs, toMs }) => fromMs < toMs);
  };
  for (const name of names)
    for (const { rule, subtracted } of parts) if (rule === name) subtracted.forEach(take);
  for (const { fromMs, toMs } of gaps)
    if (fromMs < toMs) found.push({ reason: 'between', fromMs, toMs, opened: BETWEEN, closed: BETWEEN });
  return found.sort(byStart);
};

const boundsOf = (parts: readonly TimeRecord[], first: TimeRecord): Interval =>
  parts.reduce<Interval>(
    (whole, { fromMs, toMs }) => ({
      fromMs: fromMs < whole.fromMs ? fromMs : whole.fromMs,
      toMs: toMs > whole.toMs ? toMs : whole.toMs,
    }),
    first,
  );

const cycleOf = (
  rule: CompiledRule,
  names: readonly string[],
  actor: ActorId,
  parts: readonly TimeRecord[],
  words: Words,
): readonly Cycle[] => {
  const [first] = parts;
  if (!first) return [];
  const spans = together(parts, names);
  const whole = boundsOf(parts, first);
  const subtracted = notCounted(whole, spans, parts, names);
  const open =
    parts.find(({ status }) => status === 'running') ?? parts.find(({ status }) => status === 'paused');
  if (spans.length === 0 && subtracted.length === 0 && !open) return [];
  return [
    {
      subject: first.subject,
      rule,
      number: 1,
      actor,
      spans,
      subtracted,
      // What another part tells lies behind it: whoever closes the tail begins where all of that ends.
      tail: open?.tail && {
        ...open.tail,
        fromMs: later(open.tail.fromMs, whole.toMs),
        actor,
        grade: 'observed',
      },
      attributes: first.attributes,
      facts: first.facts,
      words,
      sources: [],
      flags: [],
    },
  ];
};

/** The records that are made of others of one subject. `records` are all that its clocks gave. */
export const compose = (
  plan: Plan,
  subject: SubjectId,
  records: readonly TimeRecord[],
  words: Words,
  around: (actor: ActorId) => Surroundings,
): readonly TimeRecord[] =>
  (plan.rulesByKind.get(subject.slice(0, subject.indexOf('-'))) ?? []).flatMap((rule) => {
    const { source } = rule;
    if (source.from !== 'rules') return [];
    const parts = records.filter((record) => source.rules.includes(record.rule));
    const composed = [...Map.groupBy(parts, ({ actor }) => actor)].flatMap(([actor, own]) =>
      cycleOf(rule, source.rules, actor, own, words),
    );
    const { attributes, facts } = parts[0] ?? { attributes: {}, facts: 1 };
    const added = addedCycles(composed, { subject, rule, attributes, facts, words, sources: [] });
    return [...composed, ...added].map((cycle) => settle(cycle, around(cycle.actor)));
  });
