/** A carried clock: the clauses of several rules in one clock, each acting while its rule is the one in force. */
import { type Clock, type Level, PAUSE, REASSIGN, STAND_INS } from '../clock/clock.ts';
import type { Test } from './condition.ts';

/** A rule of the group, and when it fits; the stronger ones come first. */
export interface Carried {
  readonly clock: Clock;
  readonly fits: Test;
}

/** The rule in force: the first that fits. Its place, or -1. */
export const inForceAt = (
  group: readonly Pick<Carried, 'fits'>[],
  values: Int32Array,
  dictionary: Parameters<Test>[1],
): number => group.findIndex(({ fits }) => fits(values, dictionary));

const isInForce =
  (group: readonly Carried[], place: number): Test =>
  (values, dictionary) =>
    inForceAt(group, values, dictionary) === place;

/** Clauses are numbered through the group; the stand-ins, which come first in each, are shared. */
const shiftOf = (group: readonly Carried[], place: number): number =>
  group.slice(0, place).reduce((sum, { clock }) => sum + clock.clauses.length - STAND_INS.length, 0);

const knowsPause = ({ edges, changes, levels }: Clock): boolean =>
  levels.pause.length > 0 ||
  changes.some(({ role }) => role === PAUSE) ||
  edges.some((some) => some.some(({ role }) => role === PAUSE));

/** A rule that knows no pause goes on where another paused. */
const unpausing = (parts: readonly { readonly clock: Clock; readonly inForce: Test }[]): readonly Level[] =>
  parts.filter(({ clock }) => !knowsPause(clock)).map(({ inForce }) => ({ clause: REASSIGN, test: inForce }));

export const carriedClock = (group: readonly Carried[]): Clock => {
  const [first] = group;
  if (!first) throw new Error('nothing to carry a clock between');
  const parts = group.map(({ clock }, place) => ({
    clock,
    inForce: isInForce(group, place),
    shift: shiftOf(group, place),
  }));
  const levels = (key: keyof Clock['levels']): readonly Level[] =>
    parts.flatMap(({ clock, inForce, shift }) =>
      clock.levels[key].map(({ clause, test }) => ({
        clause: clause + shift,
        test: (values: Int32Array, dictionary: Parameters<Test>[1]) =>
          inForce(values, dictionary) && test(values, dictionary),
      })),
    );
  const { runWhile } = first.clock;
  return {
    ...first.clock,
    clauses: [
      ...first.clock.clauses.slice(0, STAND_INS.length),
      ...group.flatMap(({ clock }) => clock.clauses.slice(STAND_INS.length)),
    ],
    edges: first.clock.edges.map((_, type) =>
      parts.flatMap(({ clock, inForce, shift }) =>
        (clock.edges[type] ?? []).map((edge) => ({ ...edge, clause: edge.clause + shift, inForce })),
      ),
    ),
    changes: parts.flatMap(({ clock, inForce, shift }) =>
      clock.changes.map((change) => ({ ...change, clause: change.clause + shift, inForce })),
    ),
    levels: {
      stop: levels('stop'),
      cancel: levels('cancel'),
      pause: levels('pause'),
      resume: [...levels('resume'), ...unpausing(parts)],
    },
    runWhile: runWhile && {
      ...runWhile,
      test: (values, dictionary) =>
        parts.some(
          ({ clock, inForce }) =>
            inForce(values, dictionary) && (clock.runWhile?.test(values, dictionary) ?? true),
        ),
    },
    holds: undefined,
    watches: [...new Set(group.flatMap(({ clock }) => clock.watches))].sort((a, b) => a - b),
    asksEvents: group.some(({ clock }) => clock.asksEvents),
    asksHistory: group.some(({ clock }) => clock.asksHistory),
    consumes: [...new Set(group.flatMap(({ clock }) => clock.consumes))],
  };
};
