/** What becomes of a dead letter, told once for every store. */
import type { DeadLetter } from '../../schemas/signal.ts';

/** The second delivery of a letter that is there: the first receipt stays, the newest reason counts. */
export const deliveredAgain = (former: DeadLetter, letter: DeadLetter): DeadLetter => ({
  ...former,
  rejection: letter.rejection,
  status: 'waiting',
});

export const resolved = (letter: DeadLetter): DeadLetter => ({ ...letter, status: 'resolved' });
