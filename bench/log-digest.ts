/** What is in a log, as a number of events and a digest of them: equal where two ways took in the same. */
import { createHash } from 'node:crypto';
import { sqliteEventLog } from '../adapters/stores/sqlite/index.ts';

export interface LogDigest {
  readonly events: number;
  /** SHA-256 of the events in the order of their texts. */
  readonly digest: string;
}

/** Of everything but the moment of receipt and the place in the log, which differ from way to way. */
export const digestOf = async (file: string): Promise<LogDigest> => {
  const log = await sqliteEventLog(file);
  const events: string[] = [];
  for await (const page of log.readAll(0))
    for (const { event } of page) events.push(JSON.stringify({ ...event, recordedAt: 0 }));
  await log.close();
  const digest = createHash('sha256');
  for (const event of events.toSorted()) digest.update(event).update('\n');
  return { events: events.length, digest: digest.digest('hex') };
};
