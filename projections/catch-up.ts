/** The catch-up loop: reads the log from the rows' checkpoint to its end and keeps them together. */
import { sameLens } from './lens.ts';
import type { EventLog, Lens, ProjectionState, ReadModels } from './ports.ts';
import { type ProjectionContext, projectPage } from './project.ts';

/** Large pages make few commits; a page is the most that is held in memory. */
export const PAGE_SIZE = 10_000;

export interface CatchUp extends ProjectionContext {
  readonly log: Pick<EventLog, 'readStream' | 'readAll'>;
  readonly rows: ReadModels;
  readonly pageSize?: number;
  /** Called after each commit with the position reached. */
  readonly onPage?: (position: number) => void;
}

export const beginningOf = (lens: Lens): ProjectionState => ({
  lens,
  position: 0,
  horizonMs: null,
  lastId: null,
});

/** Whether the rows were made from this log: it still holds the last event that they have seen, where they saw it. */
export const isOf = async (
  log: Pick<EventLog, 'readAll'>,
  { position, lastId }: ProjectionState,
): Promise<boolean> => {
  if (position === 0) return true;
  for await (const [event] of log.readAll(position - 1, 1)) return event?.event.id === lastId;
  return false;
};

/** Whether catching up can go on from this state. */
export const isUsable = async (
  { lens, log }: Pick<CatchUp, 'lens' | 'log'>,
  state: ProjectionState,
): Promise<boolean> => sameLens(state.lens, lens) && (await isOf(log, state));

/**
 * Brings the rows to the end of the log. Rows of another lens or another log are thrown away and derived anew.
 * Stopping it anywhere loses nothing: the next call goes on from the checkpoint.
 */
export const catchUp = async ({
  rows,
  pageSize = PAGE_SIZE,
  onPage,
  ...context
}: CatchUp): Promise<ProjectionState> => {
  const state = await rows.state();
  const usable = state && (await isUsable(context, state)) ? state : undefined;
  if (!usable) {
    await rows.clear();
    await rows.transact((transaction) => transaction.save(beginningOf(context.lens)));
  }
  for await (const page of context.log.readAll(usable?.position ?? 0, pageSize)) {
    if (!(await rows.transact((transaction) => projectPage(context, transaction, page))))
      throw new Error('somebody else projects into these rows');
    onPage?.((page.at(-1)?.position ?? -1) + 1);
  }
  const reached = await rows.state();
  if (!reached) throw new Error('rows without a checkpoint after catching up');
  return reached;
};
