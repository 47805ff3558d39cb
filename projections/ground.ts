/** The ground: what must be known of the whole log before one of its subjects can be derived anew. */
import { type SubjectId } from '../schemas/brand.ts';
import type { TickmarkEvent } from '../schemas/event.ts';
import { compareText } from '../schemas/text-order.ts';
import { mergesIn, rootOf } from '../engine/index.ts';
import { type Merges, factsOf } from './page.ts';
import type { EventLog, PersonTeam } from './ports.ts';
import type { LogSurvey, StreamReader } from './rebuild-ports.ts';

/** A log that can be read both ways: a stream by its name, and all of them page by page. */
export type StreamedLog = Pick<EventLog, 'readStream'> & StreamReader;

/** Plain data: it can be handed to another thread. */
export interface Ground {
  readonly survey: LogSurvey;
  readonly merges: Merges;
  /** By the subject that they are read with in the end: who was merged into it. */
  readonly families: ReadonlyMap<SubjectId, readonly SubjectId[]>;
  /** In order of person and time. */
  readonly teams: readonly PersonTeam[];
}

/** Two teams in one instant contradict each other; which one holds must not depend on which was heard first. */
const teamsIn = (facts: readonly TickmarkEvent[]): readonly PersonTeam[] => {
  const told = facts
    .flatMap(({ type, data, occurredAt }): readonly PersonTeam[] =>
      type === 'PersonJoinedTeam' ? [{ actor: data.actor, team: data.team, fromMs: occurredAt }] : [],
    )
    .sort((a, b) => compareText(a.actor, b.actor) || a.fromMs - b.fromMs || compareText(b.team, a.team));
  return told.filter(
    ({ actor, fromMs }, at) => actor !== told[at - 1]?.actor || fromMs !== told[at - 1]?.fromMs,
  );
};

const familiesIn = (merges: Merges): Ground['families'] =>
  Map.groupBy(
    [...merges.keys()].filter((subject) => rootOf(subject, merges) !== subject),
    (subject) => rootOf(subject, merges),
  );

export const groundOf = async (log: StreamedLog): Promise<Ground> => {
  const survey = await log.survey();
  const sight = { log, inPage: new Map(), endPosition: survey.position };
  const factsIn = async (streams: readonly SubjectId[]): Promise<readonly TickmarkEvent[]> =>
    (await Promise.all(streams.map((stream) => factsOf(sight, stream)))).flat();
  const merges = mergesIn(await factsIn(survey.merged));
  return { survey, merges, families: familiesIn(merges), teams: teamsIn(await factsIn(survey.teams)) };
};
