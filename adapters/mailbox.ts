/** A mailbox: what the thread on the other side has sent, one letter after another, however early it came. */
import type { MessagePort, Worker } from 'node:worker_threads';

export interface Mailbox<Letter> {
  /** Rejects where the other side failed, or ended before it had sent one. */
  next(): Promise<Letter>;
}

interface Waiting<Letter> {
  readonly resolve: (letter: Letter) => void;
  readonly reject: (error: Error) => void;
}

/** `takeAtOnce`: of each letter, whether it was dealt with as it came; then it is not kept. Where it throws, nothing more is. */
export const mailboxOf = <Letter>(
  side: MessagePort | Worker,
  takeAtOnce: (letter: Letter) => boolean = () => false,
): Mailbox<Letter> => {
  const letters: Letter[] = [];
  const waiting: Waiting<Letter>[] = [];
  let failure: Error | undefined;
  const fail = (error: Error): void => {
    failure ??= error;
    for (const { reject } of waiting.splice(0)) reject(failure);
  };
  const receive = (letter: Letter): void => {
    if (takeAtOnce(letter)) return;
    const first = waiting.shift();
    if (first) first.resolve(letter);
    else letters.push(letter);
  };
  side.on('message', (letter: Letter) => {
    if (failure) return;
    try {
      receive(letter);
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
    }
  });
  side.on('error', fail);
  side.on('exit', () => fail(new Error('a thread ended before it had finished')));
  return {
    next: () =>
      new Promise((resolve, reject) => {
        const letter = letters.shift();
        if (letter !== undefined) resolve(letter);
        else if (failure) reject(failure);
        else waiting.push({ resolve, reject });
      }),
  };
};
