/** Pages of the log: reading to its end, and following it as it grows. */
import type { StopSignal } from '../../projections/ports.ts';
import type { StoredEvent } from '../../schemas/event.ts';

/** Large enough that a page costs little, small enough (about 1 MB) that memory does not notice. */
export const PAGE_SIZE = 2000;

/** At most `limit` events of positions in `[from, until)`, in order. */
export type ReadPage = (from: number, until: number, limit: number) => readonly StoredEvent[];

/** A bug of the caller, not a state of the log. */
export const checkPaging = (from: number, pageSize: number): void => {
  if (!Number.isSafeInteger(from) || from < 0) throw new RangeError(`not a position: ${from}`);
  if (!Number.isSafeInteger(pageSize) || pageSize < 1) throw new RangeError(`not a page size: ${pageSize}`);
};

async function* read(page: ReadPage, from: number, until: number, pageSize: number) {
  let next = from;
  while (next < until) {
    const events = page(next, until, pageSize);
    const last = events.at(-1);
    if (!last) return;
    next = last.position + 1;
    yield events;
  }
}

/** The end is taken now, not when the first page is asked for. */
export const pagesUntil = (
  page: ReadPage,
  from: number,
  until: number,
  pageSize: number,
): AsyncIterable<readonly StoredEvent[]> => {
  checkPaging(from, pageSize);
  return read(page, from, until, pageSize);
};

export interface Notices {
  /** Wakes whoever waits: the log has grown. */
  announce(): void;
  /** Ends every subscription. */
  close(): void;
  closed(): boolean;
  /** Until the next announcement, the close or the abort, whatever comes first. */
  next(signal: StopSignal): Promise<void>;
}

export const notices = (): Notices => {
  const waiting = new Set<() => void>();
  let over = false;
  const announce = (): void => {
    for (const wake of [...waiting]) wake();
  };
  const next = (signal: StopSignal): Promise<void> =>
    new Promise((resolve) => {
      if (over || signal.aborted) return resolve();
      const wake = (): void => {
        waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  const close = (): void => {
    over = true;
    announce();
  };
  return { announce, close, closed: () => over, next };
};

async function* follow(page: ReadPage, news: Notices, from: number, signal: StopSignal, pageSize: number) {
  let next = from;
  while (!signal.aborted && !news.closed()) {
    const events = page(next, Infinity, pageSize);
    const last = events.at(-1);
    if (!last) {
      await news.next(signal);
      continue;
    }
    next = last.position + 1;
    yield events;
  }
}

/** Nothing is buffered for a slow consumer: it reads its next page from the store when it comes back. */
export const pagesAsTheyCome = (
  page: ReadPage,
  news: Notices,
  from: number,
  signal: StopSignal,
  pageSize: number,
): AsyncIterable<readonly StoredEvent[]> => {
  checkPaging(from, pageSize);
  return follow(page, news, from, signal, pageSize);
};
