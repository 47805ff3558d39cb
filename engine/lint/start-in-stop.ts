/** start-in-stop: a start that is a stop at the same instant. A level stop keeps it from beginning anything. */
import { type Placed, actText, alsoActs, beginningsOf, clausesOf } from './clauses.ts';
import { type Check, type Complaint, error, warning } from './finding.ts';

const blocked = (start: Placed, stops: readonly Placed[]): readonly Complaint[] => {
  const stop = stops.find(({ act }) => act.kind === 'level' && alsoActs(start.act, act));
  if (!stop) return [];
  return [
    error(
      start.path,
      `it never begins a record: at ${actText(start.act)} the stop ${actText(stop.act)} holds already; take what they share out of one of them`,
    ),
  ];
};

const always = (path: Complaint['path']): Complaint =>
  error(
    path,
    'start and stop are always the same instant, so every fact ends a record and begins the next; write what really ends the work as stop',
  );

/** Edges: a stop and a start of one instant end a record and begin the next. That has a word of its own: reset. */
const tied = (starts: readonly Placed[], stops: readonly Placed[]): readonly Complaint[] => {
  const both = starts.filter(({ act }) =>
    stops.some((stop) => stop.act.kind !== 'level' && alsoActs(act, stop.act)),
  );
  const [first] = both;
  if (!first) return [];
  const isAll = both.length === starts.length;
  if (isAll && stops.every(({ act }) => starts.some((start) => alsoActs(act, start.act))))
    return [always(first.path)];
  return both.map(({ act, path }) =>
    warning(
      path,
      `${actText(act)} ends a record and begins the next in the same instant; if that is meant, write it as reset in place of stop, otherwise take it out of one of them`,
    ),
  );
};

export const startInStop: Check = ({ rules }) =>
  rules.flatMap(({ rule, index }) => {
    const starts = beginningsOf(rule, index);
    const stops = clausesOf(rule, index, 'stop');
    return [...starts.flatMap((start) => blocked(start, stops)), ...tied(starts, stops)];
  });
