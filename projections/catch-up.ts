/** The catch-up loop: reads the log from the rows' checkpoint to its end and keeps them together. */
import type { StoredEvent } from '../schemas/event.ts';
import { sameLens } from './lens.ts';
import type { EventLog, Lens, ProjectionState, ReadModels } from './ports.ts';
import { type ProjectionContext, endOf, pagesFrom, projectPage } from './project.ts';

/** Large pages make few commits; a page is the most that is held in memory. */
export const PAGE_SIZE = 10_000;

export interface CatchUp extends ProjectionContext {
  readonly log: Pick<EventLog, 'readStream' | 'readAll'>;
  readonly rows: ReadModels;
  readonly pageSize?: number;
  /** What is projected, from a position on; the log up to its end when absent. A subscription goes on with what comes. */
  readonly pages?: (from: number, pageSize: number) => AsyncIterable<readonly StoredEvent[]>;
  /** Called after each commit with the position reached and how many events the page had. */
  readonly onPage?: (position: number, events: number) => void;
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
  for await (const [last] of log.readAll(position - 1, 1))
    return last?.position === position - 1 && last.event.id === lastId;
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
  pages,
  onPage,
  ...context
}: CatchUp): Promise<ProjectionState> => {
  const state = await rows.state();
  const usable = state && (await isUsable(context, state)) ? state : undefined;
  if (!usable) {
    await rows.clear();
    await rows.transact((transaction) => transaction.save(beginningOf(context.lens)));
  }
  const from = usable?.position ?? 0;
  const read = pages?.(from, pageSize) ?? context.log.readAll(from, pageSize);
  for await (const page of pagesFrom(from, read)) {
    if (!(await rows.transact((transaction) => projectPage(context, transaction, page))))
      throw new Error('somebody else projects into these rows');
    onPage?.(endOf(page), page.events.length);
  }
  const reached = await rows.state();
  if (!reached) throw new Error('rows without a checkpoint after catching up');
  return reached;
};
