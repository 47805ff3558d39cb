/**
 * rebuild: all rows from nothing, in bulk.
 *
 * Whoever derives everything need not ask what has changed: subject by subject, then the ends that wait for a start
 * elsewhere, then the days of each person. Gives the very rows that catching up from the first event gives.
 */
import type { SubjectId } from '../schemas/brand.ts';
import { rootOf } from '../engine/index.ts';
import { type Ground, type StreamedLog, groundOf } from './ground.ts';
import type { Lens, ProjectionState } from './ports.ts';
import type { LoadableReadModels, RowLoad } from './rebuild-ports.ts';
import type { ProjectionContext } from './page.ts';
import { type RebuildPart, newPart } from './rebuild-part.ts';

export interface Rebuild extends Omit<ProjectionContext, 'share'> {
  readonly log: StreamedLog;
  readonly rows: LoadableReadModels;
  /** Called now and then with how many of the log's events are derived, about. */
  readonly onPage?: (events: number) => void;
}

/** Who is merged with others, or in a circle and so alone after all, is derived apart from the pages. */
export const rootsOf = ({ merges, families }: Ground): readonly SubjectId[] => [
  ...families.keys(),
  ...[...merges.keys()].filter((subject) => rootOf(subject, merges) === subject && !families.has(subject)),
];

export const stateAfter = (lens: Lens, { survey }: Ground): ProjectionState => ({
  lens,
  position: survey.position,
  horizonMs: survey.horizonMs,
  lastId: survey.lastId,
});

/** Derives what `deal` deals: pages first, then families, until there is nothing left. */
export const deriveDealt = async (
  part: Pick<RebuildPart, 'page' | 'family'>,
  ground: Ground,
  deal: () => number,
): Promise<void> => {
  const { pages } = ground.survey;
  const roots = rootsOf(ground);
  for (let next = deal(); next < pages + roots.length; next = deal()) {
    const root = roots[next - pages];
    await (root === undefined ? part.page(next) : part.family(root));
  }
};

/** About how many of the log's events so many pages and families have. */
export const eventsAfter = (dealt: number, { survey: { pages, position } }: Ground): number =>
  pages === 0 ? 0 : Math.floor((Math.min(dealt, pages) / pages) * position);

/** The rows that are the same whoever derives the rest. */
export const putGround = ({ merges, teams }: Ground, load: Pick<RowLoad, 'put'>): Promise<void> =>
  load.put({ merges, teams });

/** Where anything goes wrong the rows are as they were. */
export const rebuild = async ({ plan, lens, log, rows, onPage }: Rebuild): Promise<ProjectionState> => {
  const load = await rows.load();
  try {
    const ground = await groundOf(log);
    const part = newPart({ plan, log, ground, load });
    let dealt = 0;
    await deriveDealt(part, ground, () => {
      onPage?.(eventsAfter(dealt, ground));
      return dealt++;
    });
    await part.close([]);
    await part.addUp([]);
    await putGround(ground, load);
    const state = stateAfter(lens, ground);
    await load.finish(state);
    return state;
  } finally {
    await load.abandon();
  }
};
