/** What every law about projecting begins with: a lens, and facts in a log, each in the stream of its subject. */
import type { EventLog, Lens } from '../../projections/ports.ts';
import { TickmarkEvent } from '../../schemas/event.ts';
import { idOf } from './scenario.ts';

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

/** From this instant on the person belongs to the team. */
export const joined = (actor: string, team: string, at: number): TickmarkEvent =>
  TickmarkEvent.parse({
    id: idOf(`${actor}/${team}/${at}`),
    source: 'law',
    type: 'PersonJoinedTeam',
    subject: `person-${actor}`,
    occurredAt: at,
    recordedAt: at,
    dialect: 'law@1',
    signalHash: '0'.repeat(64),
    data: { actor, team },
  });
