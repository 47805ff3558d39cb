/** Following: the answers stay at the end of the log, under the rules that were applied last. */
import { type Share, catchUp, catchUpShare } from '../projections/index.ts';
import type { EventLog, ReadModels, SharedReadModels, StopSignal } from '../projections/ports.ts';
import type { StoredEvent } from '../schemas/event.ts';
import { rulesReader } from './live.ts';
import { BEAT_MS, type Follower, type Following } from './projector.ts';
import { type Ruling, ruleOn } from './rule-file.ts';

/** Rows that one writer has, or a share of rows that several have. */
export type Answers =
  | { readonly rows: ReadModels; readonly share?: undefined }
  | { readonly rows: SharedReadModels; readonly share: Share };

export type FollowedLog = Answers & {
  readonly log: EventLog;
  /** Rules as long as none were applied. */
  readonly fallback: Ruling;
  readonly onPage: (position: number) => void;
};

type Pages = AsyncIterable<readonly StoredEvent[]>;

/** Ends before the first page with which other rules begin. A rule set that was followed by another is only history. */
async function* pagesUnder(pages: Pages, stillRules: () => Promise<boolean>): Pages {
  for await (const page of pages) {
    if (page.some(({ event }) => event.type === 'RuleSetApplied') && !(await stillRules())) return;
    yield page;
  }
}

/**
 * Returns when the signal aborts, after the page in hand. When other rules are applied, everything is derived anew
 * under them. Throws when a store fails, and when the log ends the subscription by itself.
 */
export const follow = async (
  { log, fallback, onPage, ...answers }: FollowedLog,
  signal: StopSignal,
): Promise<void> => {
  const rules = rulesReader(log, fallback);
  let applied = await rules();
  while (!signal.aborted) {
    const { ruling } = applied;
    const stillRules = async (): Promise<boolean> =>
      (await rules()).ruling.lens.ruleSetHash === ruling.lens.ruleSetHash;
    const pages = (from: number, pageSize: number): Pages => {
      onPage(from);
      return pagesUnder(log.subscribe(from, signal, pageSize), stillRules);
    };
    const work = { ...ruling, log, pages, onPage };
    if (answers.share === undefined) await catchUp({ ...work, rows: answers.rows });
    else await catchUpShare({ ...work, ...answers, goesOn: stillRules });
    const next = await rules();
    if (next === applied && !signal.aborted) throw new Error('the log ended its subscription');
    applied = next;
  }
};

/** Stands by while others have the right: whoever supervises it lets it try again. */
const followByRight = async (followed: FollowedLog, signal: StopSignal): Promise<void> => {
  const { takeRight } = followed.rows;
  const right = await takeRight?.();
  if (takeRight && !right) throw new Error('somebody else projects into these answers; standing by');
  try {
    await follow(followed, signal);
  } finally {
    await right?.release();
  }
};

/** A follower in this thread: for stores that other machines do the work of. */
export const followHere = (log: EventLog, answers: Answers, { ruleSet, onBeat }: Following): Follower => {
  const stop = new AbortController();
  let reached = 0;
  const onPage = (position: number): void => onBeat((reached = position));
  const beating = setInterval(() => onBeat(reached), BEAT_MS);
  const ended = followByRight({ ...answers, log, fallback: ruleOn(ruleSet), onPage }, stop.signal).finally(
    () => clearInterval(beating),
  );
  ended.catch(() => undefined);
  const end = async (): Promise<void> => {
    stop.abort();
    await ended.catch(() => undefined);
  };
  return { wake: () => undefined, ended, stop: end, kill: end };
};
