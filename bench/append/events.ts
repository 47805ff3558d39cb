/** The events of a busy desk: calls of three facts each, as the intake stamps them. */
import { eventIdOf, signalHashOf } from '../../adapters/event-id.ts';
import { actorId, instantMs, subjectId } from '../../schemas/brand.ts';
import { type EventDraft, type TickmarkEvent, stampDraft } from '../../schemas/event.ts';

const START_MS = Date.UTC(2026, 2, 2, 8);
const TYPES = ['CallOffered', 'CallConnected', 'CallEnded'] as const;
const AGENTS = 40;

const eventAt = (number: number): TickmarkEvent => {
  const [call, step] = [Math.floor(number / TYPES.length), number % TYPES.length];
  const at = instantMs(START_MS + call * 1_500 + step * 20_000);
  const draft: EventDraft = {
    type: TYPES[step] ?? 'CallEnded',
    vendorId: `${call}/${step}`,
    subject: subjectId(`call-${call}`),
    occurredAt: at,
    data: {
      actor: actorId(`agent-${call % AGENTS}`),
      attributes: { queue: call % 3 === 0 ? 'sales' : 'service' },
    },
  };
  return stampDraft(draft, {
    id: eventIdOf('bench', draft),
    source: 'bench',
    recordedAt: at,
    dialect: 'bench@1',
    signalHash: signalHashOf(draft.vendorId),
  });
};

export const deskEvents = (count: number): readonly TickmarkEvent[] =>
  Array.from({ length: count }, (_, number) => eventAt(number));
