/** What every law about projecting begins with: a lens, and facts in a log, each in the stream of its subject. */
import type { EventLog, Lens } from '../../projections/ports.ts';
import type { TickmarkEvent } from '../../schemas/event.ts';

export const LENS: Lens = {
  ruleSet: 'law',
  version: 1,
  ruleSetHash: 'law',
  engine: 1,
  projection: 1,
  tzdata: 'law',
};

export const append = (log: Pick<EventLog, 'append'>, events: readonly TickmarkEvent[]) =>
  log.append(events.map((event) => ({ stream: event.subject, expected: { at: 'any' }, events: [event] })));
