/** Readings that end: each within its time, and taken up where it broke off. */
import {
  type AllStreamResolvedEvent,
  BACKWARDS,
  END,
  FORWARDS,
  type ReadPosition,
  type ResolvedEvent,
} from '@eventstore/db-client';
import type { Access } from './access.ts';
import { isInvalidPosition, KurrentdbFailure } from './failure.ts';
import { patiently } from './patience.ts';
import { type Pull, pulling } from './pull.ts';
import type { Recorded } from './recorded.ts';

const AT_ONCE = 1_000;

/** Hands over everything to the end. A server that falls silent in between counts as one that did not answer. */
const pullAll = async (
  { settings: { timeoutMs }, closing }: Access,
  pull: Pull<ResolvedEvent | AllStreamResolvedEvent>,
  take: (record: Recorded) => void,
): Promise<void> => {
  try {
    for (;;) {
      const items = await pull.take(AT_ONCE, timeoutMs);
      // What the closing cut off looks like an end.
      if (closing.aborted) throw new KurrentdbFailure('closed', 'the event log is closed');
      if (items === undefined) return;
      if (items.length === 0) throw new KurrentdbFailure('unanswered', `silence for ${timeoutMs} ms`);
      for (const { event } of items) if (event) take(event);
    }
  } finally {
    pull.stop();
  }
};

const isMissing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'type' in error && error.type === 'stream-not-found';

/** The records of a stream from a revision on; none when there is no such stream. */
export const recordsOf = async (
  access: Access,
  stream: string,
  fromRevision = 0,
  maxCount = Number.MAX_SAFE_INTEGER,
): Promise<readonly Recorded[]> => {
  const { connection, settings, closing } = access;
  const records: Recorded[] = [];
  await patiently(settings, closing, { during: 'read', doing: `reading ${stream}` }, async () => {
    const last = records.at(-1)?.revision;
    const options = {
      direction: FORWARDS,
      fromRevision: last === undefined ? BigInt(fromRevision) : last + 1n,
      maxCount: maxCount - records.length,
    } as const;
    if (options.maxCount === 0) return;
    const pull = pulling<ResolvedEvent>(connection.reads.readStream(stream, options));
    await pullAll(access, pull, (record) => records.push(record)).catch((error: unknown) => {
      if (!isMissing(error)) throw error;
    });
  });
  return records;
};

const oneOfAll = (access: Access, from: ReadPosition, backwards: boolean) => {
  const { connection, settings, closing } = access;
  return patiently(settings, closing, { during: 'read', doing: 'reading $all' }, async () => {
    let found: Recorded | undefined;
    const options = { direction: backwards ? BACKWARDS : FORWARDS, fromPosition: from, maxCount: 1 } as const;
    await pullAll(access, pulling(connection.reads.readAll(options)), (record) => {
      found ??= record;
    });
    return found;
  });
};

/** The last record of the whole log, of whatever kind. */
export const lastOfAll = (access: Access): Promise<Recorded | undefined> => oneOfAll(access, END, true);

/** The first record at or behind the position; `nowhere` when no record begins at it, which only the server can know. */
export const recordAt = async (
  access: Access,
  position: number,
): Promise<Recorded | 'nowhere' | undefined> => {
  const exact = { commit: BigInt(position), prepare: BigInt(position) };
  try {
    return await oneOfAll(access, exact, false);
  } catch (error) {
    if (isInvalidPosition(error)) return 'nowhere';
    throw error;
  }
};
