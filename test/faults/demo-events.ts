/** The events of the invented week as they came in: repeated, late and out of order. */
import { byName } from '../../adapters/dialect-of.ts';
import { openIntake } from '../../adapters/intake.ts';
import { DOORS } from '../../adapters/main.ts';
import { memoryDeadLetters, memoryEventLog } from '../../adapters/stores/memory/index.ts';
import type { TickmarkEvent } from '../../schemas/event.ts';

export const demoEvents = async (seed: number, count: number): Promise<readonly TickmarkEvent[]> => {
  const [log, deadLetters] = [await memoryEventLog(), await memoryDeadLetters()];
  await openIntake({ log, deadLetters, dialectOf: byName(DOORS.tickmark) }).take(DOORS.demoWeek(seed));
  const events: TickmarkEvent[] = [];
  for await (const page of log.readAll(0)) events.push(...page.map(({ event }) => event));
  return events.slice(0, count);
};
