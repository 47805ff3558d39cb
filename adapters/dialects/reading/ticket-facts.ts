/** What help desks tell alike of a ticket: its change of status, and who has it from now on. */
import type { EventType } from '../../../schemas/event.ts';
import type { Fact, Said } from './facts.ts';
import { type Meaning, NOBODY, stepOf } from './ticket-status.ts';

/** Which ticket, when, and by which message. */
export interface Told extends Omit<Fact, 'type' | 'said'> {
  /** The vendor tells no time: `at` is the moment of receipt. */
  readonly timedBy?: 'receipt' | undefined;
}

export interface StatusChange {
  /** The vendor's word. */
  readonly status: string;
  readonly before?: Meaning | undefined;
  readonly after: Meaning | undefined;
  /** Given where the vendor tells the step otherwise than by the two statuses; null where it tells none. */
  readonly step?: EventType | null | undefined;
  readonly reason?: string | undefined;
  readonly attributes?: Said['attributes'];
}

const fact = (type: EventType, { timedBy, ...told }: Told, said: Said): Fact => ({
  ...told,
  type,
  said: { ...said, timedBy },
});

/** Only TicketResumed takes no reason. */
const stepFact = (step: EventType, told: Told, reason: string | undefined): Fact =>
  fact(step, told, step === 'TicketResumed' ? {} : { reason });

/** The new status with what it means and, at the same instant, the step that it is, where it is one. */
export const statusFacts = (told: Told, change: StatusChange): readonly Fact[] => {
  const { status, before, after, step = stepOf(before, after), reason, attributes } = change;
  const changed = fact('TicketStatusChanged', told, {
    status,
    attributes: { ...attributes, meaning: after },
  });
  return step === null || step === undefined ? [changed] : [changed, stepFact(step, told, reason)];
};

export const openedFact = (told: Told, attributes: Said['attributes']): Fact =>
  fact('TicketOpened', told, { attributes });

export const assignedFact = (told: Told, actor: string | undefined, rest: Said = {}): Fact =>
  fact('TicketAssigned', told, { ...rest, actor: actor ?? NOBODY });
