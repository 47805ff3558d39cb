/** What a change of status means: every help desk has its own words for the same few things. */
import { z } from 'zod';
import type { EventType } from '../../../schemas/event.ts';

/** `pending`: it waits for somebody else. `resolved` may be reopened, `closed` is not meant to be. */
export const Meaning = z.enum(['new', 'open', 'pending', 'resolved', 'closed']);
export type Meaning = z.infer<typeof Meaning>;

/** The vendor's words, in lower case, and what they mean. A word that is not here means nothing to a clock. */
export const Meanings = z.record(z.string().min(1), Meaning);
export type Meanings = Readonly<z.infer<typeof Meanings>>;

export const meaningOf = (meanings: Meanings, word: string | undefined): Meaning | undefined => {
  const key = word?.trim().toLowerCase() ?? '';
  return Object.hasOwn(meanings, key) ? meanings[key] : undefined;
};

/** Whose a ticket is that nobody has: the name that the engine gives to such time. */
export const NOBODY = 'unassigned';

const isDone = (meaning: Meaning | undefined): boolean => meaning === 'resolved' || meaning === 'closed';

/**
 * The step that a change is, beside the new status itself. None where it is no step (new -> open), and none where the
 * vendor does not say what it was before and that decides: open may be resumed or reopened, and we do not guess. Rules
 * that look at the status (`while: { status: open }`) need no step.
 */
export const stepOf = (before: Meaning | undefined, after: Meaning | undefined): EventType | undefined => {
  if (after === before) return undefined;
  switch (after) {
    case 'pending':
      return 'TicketPended';
    case 'resolved':
      return 'TicketResolved';
    case 'closed':
      return 'TicketClosed';
    case 'new':
    case 'open':
      if (before === 'pending') return 'TicketResumed';
      return isDone(before) ? 'TicketReopened' : undefined;
    case undefined:
      return undefined;
  }
};
