/**
 * Following $all from a place on: the server filters, we supervise. The client's subscriptions end with every connection
 * and never come back, so each is an attempt, and the next one begins behind the last event or checkpoint that came.
 */
import { type AllStreamResolvedEvent, type Position, START, streamNameFilter } from '@eventstore/db-client';
import type { Access } from './access.ts';
import { finalFailure, KurrentdbFailure, verdictOn } from './failure.ts';
import { waitAfter } from './patience.ts';
import { type Pull, pulling } from './pull.ts';
import type { Recorded } from './recorded.ts';
import { eventStreamPattern } from './stream-name.ts';

/** What came at once. */
export interface Catch {
  readonly records: readonly Recorded[];
  /** The server said that it has handed over everything there is, and nothing has come since. */
  readonly caughtUp: boolean;
  /** More of the past is coming: a page is better filled than handed over half empty. */
  readonly catchingUp: boolean;
  /** Nothing of ours up to this place has not been handed over. */
  readonly place: Position | undefined;
}

/** How many the server looks at between two signs of life while nothing fits the filter. */
const SEARCH_WINDOW = 1_000;
const WINDOWS_IN_A_CHECKPOINT = 5;

/** While catching up, what has come is handed over when no more comes for so long. */
const LINGER_MS = 20;

/** What the server said beside the events. */
interface Heard {
  checkpoint: Position | undefined;
  caughtUp: boolean;
  lastMs: number;
}

interface Attempt {
  readonly pull: Pull<AllStreamResolvedEvent>;
  readonly heard: Heard;
}

const begin = ({ connection, settings }: Access, after: Position | undefined): Attempt => {
  const heard: Heard = { checkpoint: after, caughtUp: false, lastMs: performance.now() };
  const hear = (what: Partial<Heard>): void => {
    Object.assign(heard, what, { lastMs: performance.now() });
    pull.nudge();
  };
  const subscription = connection.reads.subscribeToAll({
    fromPosition: after ?? START,
    filter: streamNameFilter({
      regex: eventStreamPattern(settings.namespace),
      maxSearchWindow: SEARCH_WINDOW,
      checkpointInterval: WINDOWS_IN_A_CHECKPOINT,
      // Must not fail: the client would stop for ever without a word.
      checkpointReached: (_, checkpoint) => hear({ checkpoint }),
    }),
  });
  subscription.on('confirmation', () => hear({}));
  subscription.on('caughtUp', () => hear({ caughtUp: true }));
  subscription.on('fellBehind', () => hear({ caughtUp: false }));
  const pull = pulling<AllStreamResolvedEvent>(subscription);
  return { pull, heard };
};

const AT_ONCE = 500;

const later = (a: Position | undefined, b: Position | undefined): Position | undefined =>
  a && b ? (a.commit < b.commit ? b : a) : (a ?? b);

async function* catches({ settings, closing }: Access, { pull, heard }: Attempt): AsyncGenerator<Catch> {
  let place = heard.checkpoint;
  const wake = (): void => pull.nudge();
  closing.addEventListener('abort', wake);
  try {
    while (!closing.aborted) {
      const { caughtUp } = heard;
      const items = await pull.take(AT_ONCE, caughtUp ? settings.timeoutMs : LINGER_MS);
      if (items === undefined) return;
      const records = items.flatMap(({ event }) => event ?? []);
      if (items.length > 0) heard.lastMs = performance.now();
      // A checkpoint is heard ahead of the events before it: it counts when none of them waits any more.
      place = later(place, items.length > 0 ? records.at(-1)?.position : heard.checkpoint);
      // A server that has caught up may be silent for days; then gRPC itself watches the connection.
      if (!heard.caughtUp && performance.now() - heard.lastMs > settings.timeoutMs)
        throw new KurrentdbFailure('unanswered', `silence for ${settings.timeoutMs} ms`);
      yield { records, caughtUp: items.length === 0 && heard.caughtUp, catchingUp: !caughtUp, place };
    }
  } finally {
    closing.removeEventListener('abort', wake);
    pull.stop();
  }
}

/** Without end, until it is closed. It rejects only with what no attempt will mend. */
export async function* follow(access: Access, after: Position | undefined): AsyncGenerator<Catch> {
  const { closing, settings } = access;
  let place = after;
  let failures = 0;
  while (!closing.aborted) {
    let trouble: unknown = new KurrentdbFailure('unanswered', 'the server ended the subscription');
    try {
      for await (const caught of catches(access, begin(access, place))) {
        place = caught.place;
        if (caught.records.length > 0 || caught.caughtUp) failures = 0;
        yield caught;
      }
    } catch (error) {
      if (verdictOn(error) !== 'retry') throw finalFailure('subscribing to $all', error);
      trouble = error;
    }
    if (closing.aborted) return;
    failures += 1;
    await waitAfter(settings, closing, 'subscription', failures, trouble);
  }
}
