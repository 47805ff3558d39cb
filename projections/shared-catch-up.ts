/** The catch-up loop of one of several workers: each reads the whole log, and projects what is its own. */
import { type CatchUp, PAGE_SIZE, beginningOf, isOf } from './catch-up.ts';
import { sameLens } from './lens.ts';
import type { ProjectionState, SharedReadModels } from './ports.ts';
import { endOf, pagesFrom, projectPage } from './project.ts';
import type { Share } from './share.ts';

export interface SharedCatchUp extends CatchUp {
  readonly rows: SharedReadModels;
  readonly share: Share;
  /**
   * Asked before the worker takes its place again, having lost it: others may project under newer rules by now, and who
   * takes a place under older ones throws theirs away. It goes on when absent.
   */
  readonly goesOn?: () => Promise<boolean>;
}

type Projecting = Omit<SharedCatchUp, 'pageSize' | 'goesOn'> & { readonly pageSize: number };

/** From the position to the end of the log; undefined where the worker's place became another one meanwhile. */
const projectFrom = async (
  position: number,
  { rows, pageSize, pages, onPage, ...context }: Projecting,
): Promise<ProjectionState | undefined> => {
  const read = pages?.(position, pageSize) ?? context.log.readAll(position, pageSize);
  for await (const page of pagesFrom(position, read)) {
    if (!(await rows.transact((transaction) => projectPage(context, transaction, page)))) return undefined;
    onPage?.(endOf(page), page.events.length);
  }
  return rows.transact((transaction) => transaction.state());
};

/**
 * Brings the worker to the end of the log; the rows are complete when every worker is there. Stopping it anywhere
 * loses nothing. Where the workers begin anew, or become more or fewer, it takes its place among them again.
 *
 * Why the order in which workers write does not matter: a subject is always derived from all of its facts that the log
 * holds, and only while everybody whom it is or was about is claimed. So whoever comes later knows at least as much.
 * A start and the record that it ends are both written under the claim of their person: the later of the two sees the
 * other. A cap is passed by every worker's own clock: whoever wrote a record last closes it, if nobody else does.
 */
export const catchUpShare = async ({
  pageSize = PAGE_SIZE,
  goesOn,
  ...rest
}: SharedCatchUp): Promise<ProjectionState> => {
  const { rows, log, lens } = rest;
  const isUsable = async (state: ProjectionState): Promise<boolean> =>
    sameLens(state.lens, lens) && (await isOf(log, state));
  for (;;) {
    const { position } = await rows.join(isUsable, beginningOf(lens));
    const reached = await projectFrom(position, { ...rest, pageSize });
    if (reached) return reached;
    if (goesOn && !(await goesOn())) return beginningOf(lens);
  }
};
