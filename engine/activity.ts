/** Bare activity: signs of work without a start or an end, put together to stretches of work. */
import { type ActorId, type InstantMs, earlier, elapsed, instantMs, later, shift } from '../schemas/brand.ts';
import type { TickmarkEvent } from '../schemas/event.ts';
import type { Because } from '../schemas/record.ts';
import type { Encoded } from './clock/encode.ts';
import { NOBODY } from './clock/columns.ts';
import { UNASSIGNED, gradeBetween } from './clock/read-lines.ts';
import { type Running, forget, restart } from './clock/running.ts';
import { sense } from './clock/sense.ts';
import { START } from './clock/clock.ts';
import type { ActivityPolicy } from './plan.ts';
import type { Stretch, TimeLine } from './stretch.ts';

interface Sign {
  readonly actor: ActorId;
  readonly atMs: InstantMs;
  readonly because: Because;
  readonly fact: TickmarkEvent;
}

const signsOf = (
  { clock }: ActivityPolicy,
  { columns, actors, dictionary }: Encoded,
  facts: readonly TickmarkEvent[],
  run: Running,
): readonly Sign[] => {
  restart(run, clock);
  let named: ActorId = UNASSIGNED;
  return facts.flatMap((fact, event) => {
    sense(clock, columns, run, event, event + 1, NOBODY, dictionary, event === 0);
    const acts = (run.acts & (1 << START)) !== 0;
    forget(run);
    named = actors[columns.actor[event] ?? NOBODY] ?? named;
    return acts
      ? [{ actor: named, atMs: fact.occurredAt, because: { clause: 'session', event: fact.id }, fact }]
      : [];
  });
};

const assumed = (
  actor: ActorId,
  fromMs: InstantMs,
  toMs: InstantMs,
  opened: Because,
  closed: Because,
): readonly Stretch[] =>
  fromMs < toMs ? [{ state: 'running', actor, fromMs, toMs, opened, closed, grade: 'inferred' }] : [];

/** What is assumed around a stretch of work reaches no further than this. */
interface Room {
  readonly fromMs: InstantMs;
  readonly toMs: InstantMs;
}

/**
 *     signs      x    x       x  (gap 5)          x
 *     ->        |======== observed ====|
 *            |==| before               |=| after
 */
const lineOf = (signs: readonly Sign[], { beforeMs, afterMs }: ActivityPolicy, room: Room): TimeLine => {
  const [first] = signs;
  const last = signs.at(-1);
  if (!first || !last) throw new Error('a stretch of work without a sign');
  const { actor } = first;
  const middle: Stretch = {
    state: 'running',
    actor,
    fromMs: first.atMs,
    toMs: last.atMs,
    opened: first.because,
    closed: last.because,
    grade: gradeBetween(first.fact, last.fact),
  };
  const fromMs = later(shift(first.atMs, -beforeMs), room.fromMs);
  const toMs = earlier(shift(last.atMs, afterMs), room.toMs);
  const stretches = [
    ...assumed(actor, fromMs, first.atMs, { clause: 'session.before' }, first.because),
    middle,
    ...assumed(actor, last.atMs, toMs, last.because, { clause: 'session.after' }),
  ];
  return { stretches, tail: undefined };
};

/** The stretches of work of each person, in order of time. What is assumed gives way to the stretch before and after. */
const linesOf = (signs: readonly Sign[], policy: ActivityPolicy): readonly TimeLine[] => {
  const groups: Sign[][] = [];
  for (const sign of signs) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last && elapsed(last.atMs, sign.atMs) <= policy.gapMs) group.push(sign);
    else groups.push([sign]);
  }
  let busyUntilMs = instantMs(-Infinity);
  return groups.map((group, index) => {
    const nextMs = groups[index + 1]?.[0]?.atMs ?? instantMs(Infinity);
    const line = lineOf(group, policy, { fromMs: busyUntilMs, toMs: nextMs });
    busyUntilMs = line.stretches.at(-1)?.toMs ?? busyUntilMs;
    return line;
  });
};

const startOf = ({ stretches }: TimeLine): number => stretches[0]?.fromMs ?? Infinity;

/** Time lines of bare activity in order of time: each person's apart. */
export const runActivity = (
  policy: ActivityPolicy,
  encoded: Encoded,
  facts: readonly TickmarkEvent[],
  run: Running,
): readonly TimeLine[] =>
  [...Map.groupBy(signsOf(policy, encoded, facts, run), ({ actor }) => actor).values()]
    .flatMap((own) => linesOf(own, policy))
    .sort((a, b) => startOf(a) - startOf(b));
