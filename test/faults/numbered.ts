/** Events by number: the same number is always the same event. */
import { hash } from 'node:crypto';
import { actorId, eventId, instantMs, subjectId } from '../../schemas/brand.ts';
import type { TickmarkEvent } from '../../schemas/event.ts';

const MINUTE_MS = 60_000;
const STREAMS = 7;

export const numbered = (number: number): TickmarkEvent => {
  const hex = hash('sha1', `event ${number}`, 'hex');
  const at = instantMs(Date.UTC(2026, 2, 2) + number * MINUTE_MS);
  return {
    id: eventId(
      `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`,
    ),
    source: 'faults',
    type: number % 2 === 0 ? 'CallConnected' : 'CallEnded',
    subject: subjectId(`call-${number % STREAMS}`),
    occurredAt: at,
    recordedAt: at,
    dialect: 'faults@1',
    signalHash: '0'.repeat(64),
    data: { actor: actorId(`agent-${number % 3}`) },
  };
};
