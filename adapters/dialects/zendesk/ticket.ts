/** A ticket of Zendesk, and the facts of what was changed of it: the same whichever message told of it. */
import type { Fact } from '../reading/facts.ts';
import { type Told, assignedFact, openedFact, statusFacts } from '../reading/ticket-facts.ts';
import { type Meaning, type Meanings, meaningOf } from '../reading/ticket-status.ts';

/** As far as the message tells it; `status` in the vendor's word, however it is spelled there. */
export interface Ticket {
  readonly status?: string | undefined;
  readonly priority?: string | undefined;
  readonly group?: string | undefined;
  readonly requester?: string | undefined;
  readonly assignee?: string | undefined;
  readonly channel?: string | undefined;
}

export type Change =
  | { readonly kind: 'created' }
  | { readonly kind: 'status'; readonly previous: string | undefined; readonly current: string }
  | { readonly kind: 'assigned'; readonly current: string | undefined }
  /** A priority, a group: the status is as it was. */
  | { readonly kind: 'attributes' }
  | { readonly kind: 'deleted'; readonly reason: string }
  | { readonly kind: 'undeleted' };

/** `OPEN` in webhooks, `open` in the API, `On-hold` on screens: one word for rules, the one of the API. */
export const wordOf = (status: string): string => {
  const word = status.trim().toLowerCase();
  return word === 'on-hold' ? 'hold' : word;
};

const DELETED = 'deleted';

const attributesOf = ({ priority, group, requester, channel }: Ticket) => ({
  priority: priority?.toLowerCase(),
  group,
  customer: requester,
  channel,
});

const openedFacts = (told: Told, ticket: Ticket, statuses: Meanings): readonly Fact[] => {
  const status = ticket.status === undefined ? undefined : wordOf(ticket.status);
  const opened = openedFact(told, {
    status,
    meaning: meaningOf(statuses, status),
    ...attributesOf(ticket),
  });
  return ticket.assignee === undefined ? [opened] : [opened, assignedFact(told, ticket.assignee)];
};

const isOpen = (meaning: Meaning | undefined): boolean => meaning === 'new' || meaning === 'open';

/** The status of now beside what else was changed: no step. None where the message does not tell it. */
const standing = (told: Told, ticket: Ticket, statuses: Meanings): readonly Fact[] => {
  if (ticket.status === undefined) return [];
  const status = wordOf(ticket.status);
  const after = meaningOf(statuses, status);
  return statusFacts(told, { status, after, step: null, attributes: attributesOf(ticket) });
};

/** What was deleted is as good as closed. If it comes back solved, nobody has work with it. */
const undeleted = (told: Told, ticket: Ticket, statuses: Meanings): readonly Fact[] => {
  if (ticket.status === undefined) return [];
  const status = wordOf(ticket.status);
  const after = meaningOf(statuses, status);
  return statusFacts(told, { status, after, step: isOpen(after) ? 'TicketReopened' : null });
};

const changedStatus = (
  told: Told,
  { previous, current }: Extract<Change, { kind: 'status' }>,
  ticket: Ticket,
  statuses: Meanings,
): readonly Fact[] => {
  const status = wordOf(current);
  const before = previous === undefined ? undefined : meaningOf(statuses, wordOf(previous));
  const after = meaningOf(statuses, status);
  return statusFacts(told, { status, before, after, reason: status, attributes: attributesOf(ticket) });
};

/** None where the message does not tell the status that the change needs. */
export const factsOf = (change: Change, told: Told, ticket: Ticket, statuses: Meanings): readonly Fact[] => {
  switch (change.kind) {
    case 'created':
      return openedFacts(told, ticket, statuses);
    case 'status':
      return changedStatus(told, change, ticket, statuses);
    case 'assigned':
      return [assignedFact(told, change.current)];
    case 'attributes':
      return standing(told, ticket, statuses);
    case 'deleted':
      return statusFacts(told, {
        status: DELETED,
        after: 'closed',
        step: 'TicketClosed',
        reason: change.reason,
      });
    case 'undeleted':
      return undeleted(told, ticket, statuses);
  }
};
