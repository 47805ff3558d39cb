/** What becomes of a dead letter, and the order of letters, told once for every store. */
import type { DeadLetter } from '../../schemas/signal.ts';
import { sortedBy } from './order.ts';

/** The second delivery of a letter that is there: the first receipt stays, the newest reason counts. */
export const deliveredAgain = (former: DeadLetter, letter: DeadLetter): DeadLetter => ({
  ...former,
  rejection: letter.rejection,
  status: 'waiting',
});

export const resolved = (letter: DeadLetter): DeadLetter => ({ ...letter, status: 'resolved' });

export const inOrder = (letters: Iterable<DeadLetter>): readonly DeadLetter[] =>
  sortedBy(
    letters,
    (letter) => letter.receivedAt,
    (letter) => letter.signal.origin,
    (letter) => letter.signal.line,
    (letter) => letter.id,
  );
