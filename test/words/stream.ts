/** A stream to speak to: a log in memory, an hour that stands still, and what was said before. */
import { memoryEventLog } from '../../adapters/stores/memory/index.ts';
import { type Said, historyOf, say } from '../../adapters/words/say.ts';
import type { Here, Hearing, Sentence } from '../../adapters/words/word.ts';
import type { EventLog } from '../../projections/ports.ts';
import { type InstantMs, actorId, instantMs, subjectId } from '../../schemas/brand.ts';
import { type EventType, TickmarkEvent } from '../../schemas/event.ts';
import { idOf } from '../support/scenario.ts';

export const [ANNA, BEN, BOSS] = [actorId('ANNA'), actorId('BEN'), actorId('BOSS')];
export const CALL = subjectId('call-1');
export const MINUTE_MS = 60_000;

/** Monday 2026-03-02, UTC. */
export const at = (clock: string): InstantMs => instantMs(Date.parse(`2026-03-02T${clock}:00Z`));

export const NOON: Here = {
  now: at('12:00'),
  local: (instant) => new Date(instant).toISOString().slice(11, 16),
};

export const fact = (
  subject: string,
  type: EventType,
  clock: string,
  data: Readonly<Record<string, unknown>> = {},
): TickmarkEvent =>
  TickmarkEvent.parse({
    id: idOf(`${subject} ${type} ${clock} ${JSON.stringify(data)}`),
    source: 'pbx',
    type,
    subject,
    occurredAt: at(clock),
    recordedAt: at(clock),
    dialect: 'told@1',
    signalHash: '0'.repeat(64),
    data,
  });

export const logWith = async (...events: readonly TickmarkEvent[]): Promise<EventLog> => {
  const log = await memoryEventLog();
  await log.append(
    events.map((event) => ({ stream: event.subject, expected: { at: 'any' }, events: [event] })),
  );
  return log;
};

/** A call of Anna's from 10:00 to 10:30. */
export const callLog = (): Promise<EventLog> =>
  logWith(
    fact('call-1', 'CallConnected', '10:00', { actor: 'ANNA' }),
    fact('call-1', 'CallEnded', '10:30', { actor: 'ANNA' }),
  );

export const sayNow = (log: EventLog, ...sentences: readonly Sentence[]): Promise<Said> =>
  say(log, sentences, NOON.now);

/** Said, and it must have been accepted. */
export const sayAll = async (log: EventLog, ...sentences: readonly Sentence[]): Promise<void> => {
  for (const sentence of sentences) {
    const said = await sayNow(log, sentence);
    if (said.status !== 'said') throw new Error(JSON.stringify(said));
  }
};

export const heard = async (log: EventLog, { subject, speak }: Sentence): Promise<Hearing> =>
  speak(await historyOf(log, subject));

/** Why it is refused. */
export const refusal = async (log: EventLog, sentence: Sentence): Promise<string> => {
  const hearing = await heard(log, sentence);
  return hearing.status === 'refused' ? hearing.because : `not refused: ${hearing.status}`;
};
