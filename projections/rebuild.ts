/**
 * rebuild: all rows from nothing, in bulk.
 *
 * Whoever derives everything need not ask what has changed: subject by subject, then the ends that wait for a start
 * elsewhere, then the days of each person. Gives the very rows that catching up from the first event gives.
 */
import type { SubjectId } from '../schemas/brand.ts';
import type { Piece } from '../schemas/record.ts';
import { rootOf } from '../engine/index.ts';
import { type Ground, type StreamedLog, groundOf } from './ground.ts';
import type { Lens, ProjectionState } from './ports.ts';
import type { RowLoad } from './rebuild-ports.ts';
import type { ProjectionContext } from './page.ts';
import { type RebuildPart, newPart } from './rebuild-part.ts';
import type { Share } from './share.ts';
import type { StartsByPerson } from './starts.ts';

/** What the parts of one rebuild hand one another; each resolves when all of them are there. */
export interface Exchange {
  /** The next page or family that nobody has taken yet. */
  deal(): number;
  /** The starts of all the others. */
  starts(own: StartsByPerson): Promise<readonly StartsByPerson[]>;
  /** `of`: the pieces for each part; answers those from the others for this one. */
  pieces(of: (share: Share) => readonly Piece[]): Promise<readonly Piece[]>;
}

/** The other parts, as the one sees them that began the rebuild. They make themselves ready while the log is surveyed. */
export interface Crew extends Exchange {
  /** Before it they do nothing that can be heard of. */
  begin(ground: Ground): void;
  /** Resolves when the rows of all of them are in the load. */
  done(): Promise<void>;
  /** Lets go of them, wherever they are. */
  dismiss(): Promise<void>;
}

export interface Rebuild extends Omit<ProjectionContext, 'share'> {
  readonly log: StreamedLog;
  /** Finished where all goes well, abandoned where anything does not. */
  readonly load: RowLoad;
  /** Who else takes part, dismissed however it ends; absent where one does it all. */
  readonly crew?: Crew | undefined;
  /** Called now and then with how many of the log's events are derived, about. */
  readonly onPage?: (events: number) => void;
}

/** Who is merged with others, or in a circle and so alone after all, is derived apart from the pages. */
const rootsOf = ({ merges, families }: Ground): readonly SubjectId[] => [
  ...families.keys(),
  ...[...merges.keys()].filter((subject) => rootOf(subject, merges) === subject && !families.has(subject)),
];

const stateAfter = (lens: Lens, { survey }: Ground): ProjectionState => ({
  lens,
  position: survey.position,
  horizonMs: survey.horizonMs,
  lastId: survey.lastId,
});

/** Derives what `deal` deals: pages first, then families, until there is nothing left. */
const deriveDealt = async (
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
const eventsAfter = (dealt: number, { survey: { pages, position } }: Ground): number =>
  pages === 0 ? 0 : Math.floor((Math.min(dealt, pages) / pages) * position);

/** The whole work of one part. */
export const derivePart = async (
  part: RebuildPart,
  ground: Ground,
  { deal, starts, pieces }: Exchange,
): Promise<void> => {
  await deriveDealt(part, ground, deal);
  await part.close(await starts(part.starts()));
  await part.addUp(await pieces(part.pieces));
};

const alone = (): Crew => {
  let dealt = 0;
  return {
    begin: () => undefined,
    deal: () => dealt++,
    starts: async () => [],
    pieces: async () => [],
    done: async () => undefined,
    dismiss: async () => undefined,
  };
};

/** All rows but the state. */
const deriveAll = async ({ plan, log, load, crew = alone(), onPage }: Rebuild): Promise<Ground> => {
  try {
    const ground = await groundOf(log);
    crew.begin(ground);
    const deal = (): number => {
      const next = crew.deal();
      onPage?.(eventsAfter(next, ground));
      return next;
    };
    await derivePart(newPart({ plan, log, ground, load }), ground, { ...crew, deal });
    await load.put({ merges: ground.merges, teams: ground.teams });
    await crew.done();
    return ground;
  } finally {
    await crew.dismiss();
  }
};

/** Where anything goes wrong the rows are as they were. */
export const rebuild = async (request: Rebuild): Promise<ProjectionState> => {
  const { lens, load } = request;
  try {
    const state = stateAfter(lens, await deriveAll(request));
    await load.finish(state);
    return state;
  } finally {
    await load.abandon();
  }
};
