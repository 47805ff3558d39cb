/**
 * Appends through the port of the event log, in batches, and prints what it took.
 *
 *     node bench/append/ours.ts DATA-FOLDER EVENTS BATCH
 *
 * Each event is an append of its own; those of a batch go in one call, as the intake sends them: one commit a call.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { sqliteEventLog } from '../../adapters/stores/sqlite/index.ts';
import type { StreamAppend } from '../../projections/ports.ts';
import { deskEvents } from './events.ts';

const [folder = '', events = '0', batch = '1'] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

const appends: readonly StreamAppend[] = deskEvents(Number(events)).map((event) => ({
  stream: event.subject,
  expected: { at: 'any' },
  events: [event],
}));
const [startedMs, before] = [performance.now(), process.cpuUsage()];
const log = await sqliteEventLog(join(folder, 'log.db'));
const size = Number(batch);
for (let at = 0; at < appends.length; at += size) {
  const results = await log.append(appends.slice(at, at + size));
  if (results.some((result) => result.status !== 'appended' || result.appended !== 1))
    throw new Error(`an event of the batch at ${at} was not appended`);
}
await log.close();
const wallS = (performance.now() - startedMs) / 1000;
const { user, system } = process.cpuUsage(before);
process.stdout.write(`${JSON.stringify({ wallS, cpuS: (user + system) / 1e6 })}\n`);
