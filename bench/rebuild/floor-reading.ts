/** Reading for the floor: every event in the order of a rebuild, made of its row or left as it is. */
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { sqliteEventLog } from '../../adapters/stores/sqlite/index.ts';
import { pageRows } from '../../adapters/stores/sqlite/stream-reader.ts';
import type { Read } from '../figures.ts';

/** What either of the threads is told. */
export const Reading = z.strictObject({
  what: z.enum(['parsed', 'unparsed']),
  logFile: z.string(),
  /** How many pages have been dealt to anybody. */
  dealt: z.instanceof(Int32Array),
});
export type Reading = z.infer<typeof Reading>;

const READER_CACHE_MB = 16;

export const openReading = async ({ what, logFile, dealt }: Reading) => {
  const log = await sqliteEventLog(logFile, { cacheMb: READER_CACHE_MB });
  const database = new DatabaseSync(logFile, { readOnly: true });
  const rowsOf = pageRows(database);
  const survey = await log.survey();
  const next = (): number => Atomics.add(dealt, 0, 1);
  const eventsOf = async (page: number): Promise<number> =>
    what === 'unparsed'
      ? rowsOf(page, survey.position).length
      : (await log.streamsOf(page, survey)).reduce((sum, stream) => sum + stream.length, 0);
  return {
    survey: () => log.survey(),
    /** Reads the pages that nobody else has read, until there are none. */
    read: async (): Promise<Read> => {
      const beganMs = performance.now();
      let events = 0;
      for (let page = next(); page < survey.pages; page = next()) events += await eventsOf(page);
      return { readS: (performance.now() - beganMs) / 1000, events };
    },
    close: async () => {
      database.close();
      await log.close();
    },
  };
};
