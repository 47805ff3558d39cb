/** What becomes of a dead letter, and the order of letters, told once for every store. */
import type { LetterPlace } from '../../projections/ports.ts';
import type { DeadLetter } from '../../schemas/signal.ts';
import { type Key, comparePlaces, sortedBy } from './order.ts';

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

const keysOf = ({ receivedAt, origin, line, id }: LetterPlace): readonly Key[] => [
  receivedAt,
  origin,
  line,
  id,
];

/** One page out of all letters in order. */
export const pageIn = (
  letters: readonly DeadLetter[],
  after: LetterPlace | undefined,
  limit: number,
): readonly DeadLetter[] =>
  letters
    .filter(
      ({ receivedAt, signal: { origin, line }, id }) =>
        after === undefined || comparePlaces(keysOf({ receivedAt, origin, line, id }), keysOf(after)) > 0,
    )
    .slice(0, limit);
