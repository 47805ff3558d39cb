/** Writing at exactly one revision of a stream, and knowing what became of it also where no answer came. */
import { type AppendToStreamOptions, type EventData, NO_STREAM } from '@eventstore/db-client';
import type { Access } from './access.ts';
import { isUnanswered, verdictOn } from './failure.ts';
import { answeredWithin, patiently } from './patience.ts';
import { recordsOf } from './read.ts';

/** Below the 1 MiB that a server takes in one write when nobody has set its MaxAppendSize. */
export const BYTES_IN_A_WRITE = 768 * 1024;

/** What the server will count, nearly. Throws on what JSON cannot hold, before anything is sent: the client would hang. */
export const bytesOf = (content: unknown): number => Buffer.byteLength(JSON.stringify(content));

/** `outrun`: the stream does not end there. Nothing was written. */
export type Written = 'written' | 'outrun';

/**
 * Whether the client itself is in doubt. Silence is how it takes the end of its one stream of appends, and then it goes on
 * writing into it; and a failed look at what the server can do it keeps.
 */
const isStuck = (error: unknown, attempt: number): boolean =>
  isUnanswered(error) || (verdictOn(error) === 'retry' && attempt % 3 === 0);

/** Events, and the revision behind which they belong: the stream's last, -1 where the stream is empty. */
export interface Writing {
  readonly stream: string;
  readonly revision: number;
  readonly events: readonly EventData[];
}

const attemptTo = async ({ connection, settings }: Access, writing: Writing, attempt: number) => {
  const { timeoutMs } = settings;
  const expectedRevision = writing.revision < 0 ? NO_STREAM : BigInt(writing.revision);
  const client = await connection.appends();
  const options: AppendToStreamOptions = { expectedRevision, deadline: timeoutMs };
  try {
    await answeredWithin(timeoutMs, client.appendToStream(writing.stream, [...writing.events], options));
  } catch (error) {
    if (isStuck(error, attempt)) connection.renewAppends(client);
    throw error;
  }
};

/** Whether these very events stand there: an earlier attempt was written although its answer never came. */
const standsThere = async (access: Access, { stream, revision, events }: Writing): Promise<boolean> => {
  const [record] = await recordsOf(access, stream, revision + 1, 1);
  return record !== undefined && record.id.toLowerCase() === events[0]?.id;
};

/**
 * Writes all of the events or none. An attempt without an answer is repeated with the same ids at the same revision:
 * that writes once, whatever became of it.
 */
export const write = async (access: Access, writing: Writing): Promise<Written> => {
  if (writing.events.length === 0) return 'written';
  const task = { during: 'append', doing: `appending to ${writing.stream}` } as const;
  return patiently(access.settings, access.closing, task, async (attempt) => {
    try {
      await attemptTo(access, writing, attempt);
      return 'written';
    } catch (error) {
      if (verdictOn(error) !== 'conflict') throw error;
      return attempt > 1 && (await standsThere(access, writing)) ? 'written' : 'outrun';
    }
  });
};
