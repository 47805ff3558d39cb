/**
 * A process that appends to a SQLite log until it is stopped, and says of each event that it is acknowledged.
 *
 *     node writer.ts LOG_FILE FIRST [COUNT]
 *
 * Each line of stdout is the number of an event whose append has resolved, written at once and past every buffer.
 */
import { writeSync } from 'node:fs';
import { sqliteEventLog } from '../../../adapters/stores/sqlite/event-log.ts';
import { numbered } from '../numbered.ts';

const [file = '', first = '0', count = 'Infinity'] = process.argv.slice(2);

const fail = (error: unknown): never => {
  writeSync(2, `error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
};

try {
  const log = await sqliteEventLog(file);
  const from = Number(first);
  for (let number = from; number < from + Number(count); number += 1) {
    const event = numbered(number);
    const [result] = await log.append([{ stream: event.subject, expected: { at: 'any' }, events: [event] }]);
    if (result?.status !== 'appended') fail(`event ${number} was ${result?.status}`);
    writeSync(1, `${number}\n`);
  }
  await log.close();
} catch (error) {
  fail(error);
}
