/** The thread that reads for the floor: every event in the order of a rebuild, made of its row or left as it is. */
import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { sqliteEventLog } from '../../adapters/stores/sqlite/index.ts';
import { pageRows } from '../../adapters/stores/sqlite/stream-reader.ts';
import type { Read } from '../figures.ts';

const Asked = z.object({ what: z.enum(['parsed', 'unparsed']), logFile: z.string() });

if (!parentPort) throw new Error('the reader is a thread');
const { what, logFile } = Asked.parse(workerData);
const log = await sqliteEventLog(logFile, { cacheMb: 16 });
const database = new DatabaseSync(logFile, { readOnly: true });
const rowsOf = pageRows(database);
parentPort.postMessage('ready');
await once(parentPort, 'message');

const beganMs = performance.now();
const survey = await log.survey();
let events = 0;
for (let page = 0; page < survey.pages; page += 1)
  if (what === 'unparsed') events += rowsOf(page, survey.position).length;
  else for (const stream of await log.streamsOf(page, survey)) events += stream.length;
const read: Read = { readS: (performance.now() - beganMs) / 1000, events };
database.close();
await log.close();
parentPort.postMessage(read);
parentPort.close();
