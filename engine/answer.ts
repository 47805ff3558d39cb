/**
 * answer: the records of any set of facts, from scratch.
 *
 * The plain composition of derive, settle and compose over everything at once. Projections arrive at the same records
 * step by step; this is what they are compared with.
 */
import { type ActorId, type InstantMs, instantMs } from '../schemas/brand.ts';
import { type TickmarkEvent, isTimed } from '../schemas/event.ts';
import type { TimeRecord } from '../schemas/record.ts';
import { compareText } from '../schemas/text-order.ts';
import type { Cycle } from './cycle.ts';
import { derive } from './derive.ts';
import { mergesIn, rootOf } from './merge.ts';
import { type Outage, outagesOf, streamOfSource } from './outage.ts';
import { type Person, UNKNOWN_PERSON, personOf, streamsOf } from './person.ts';
import type { Plan } from './plan.ts';
import type { NextStart } from './policy/missing-end.ts';
import { settleSubject } from './settle-subject.ts';
import { needsNextStart, rankInTie, recordIdOf, startOf } from './settle.ts';

/** What was retracted has no open end any more. */
const openSince = ({ tail, words }: Cycle): InstantMs | undefined =>
  words.retracted === undefined ? tail?.fromMs : undefined;

const nextStart = (cycle: Cycle, all: readonly Cycle[]): NextStart | undefined => {
  const from = cycle.tail?.fromMs;
  if (!needsNextStart(cycle) || from === undefined) return undefined;
  const rank = rankInTie(cycle);
  return (
    all
      .filter(
        ({ subject, actor, rule }) =>
          subject !== cycle.subject && actor === cycle.actor && rule.measure === cycle.rule.measure,
      )
      // What was retracted never was; it ends nothing.
      .filter(({ words }) => words.retracted === undefined)
      .map((other) => ({ atMs: startOf(other), record: recordIdOf(other), tailMs: openSince(other) }))
      .filter(({ atMs }) => atMs >= from)
      .filter(
        ({ atMs, record, tailMs }) =>
          atMs > from || tailMs !== atMs || rank === undefined || compareText(record, rank) > 0,
      )
      .map(({ atMs, record }) => ({ atMs, record }))
      .sort((a, b) => a.atMs - b.atMs || compareText(a.record, b.record))[0]
  );
};

/** The latest instant among the facts about work: the log's own clock. */
export const horizonOf = (facts: readonly TickmarkEvent[]): InstantMs =>
  instantMs(
    facts.filter(isTimed).reduce((latest, { occurredAt }) => Math.max(latest, occurredAt), -Infinity),
  );

type Streams = ReadonlyMap<string, readonly TickmarkEvent[]>;

const outagesIn =
  (byStream: Streams) =>
  (cycles: readonly Cycle[]): readonly Outage[] =>
    [...new Set(cycles.flatMap(({ sources }) => sources))].flatMap((source) =>
      outagesOf(byStream.get(streamOfSource(source)) ?? []),
    );

const peopleIn = (byStream: Streams): ((actor: ActorId) => Person) => {
  const known = new Map<ActorId, Person>();
  return (actor) => {
    const person =
      known.get(actor) ?? personOf(streamsOf(actor).flatMap((stream) => byStream.get(stream) ?? []));
    known.set(actor, person);
    return person;
  };
};

/** Ordered by start, then id. `facts` of any subjects in any order; the same id twice counts once. */
export const answer = (
  plan: Plan,
  facts: readonly TickmarkEvent[],
  horizonMs: InstantMs = horizonOf(facts),
): readonly TimeRecord[] => {
  const distinct = [...new Map(facts.map((fact) => [fact.id, fact])).values()];
  const merges = mergesIn(distinct);
  const derived = [...Map.groupBy(distinct, ({ subject }) => rootOf(subject, merges))].map(
    ([subject, own]) => ({ subject, derivation: derive(plan, subject, own) }),
  );
  const cycles = derived.flatMap(({ derivation }) => derivation.cycles);
  const byStream = Map.groupBy(distinct, ({ subject }) => subject as string);
  const personOfActor = plan.asksPerson ? peopleIn(byStream) : () => UNKNOWN_PERSON;
  const outagesFor = outagesIn(byStream);
  return derived
    .flatMap(({ subject, derivation }) => {
      const outages = outagesFor(derivation.cycles);
      return settleSubject(plan, subject, derivation, (actor, cycle) => ({
        nextStart: cycle && nextStart(cycle, cycles),
        horizonMs,
        person: personOfActor(actor),
        outages,
      }));
    })
    .sort((a, b) => a.fromMs - b.fromMs || compareText(a.id, b.id));
};
