/** The fault: what another thread sends cannot be dealt with. */
import { MessageChannel } from 'node:worker_threads';
import { expect, it, onTestFinished } from 'vitest';
import { mailboxOf } from '../../adapters/mailbox.ts';

const channel = (): MessageChannel => {
  const made = new MessageChannel();
  onTestFinished(() => made.port1.close());
  return made;
};

it('keeps the letters that are not dealt with at once, in their order', async () => {
  const { port1, port2 } = channel();
  const atOnce: number[] = [];
  const { next } = mailboxOf<number>(port2, (letter) => letter < 10 && atOnce.push(letter) > 0);
  for (const letter of [1, 10, 2, 11]) port1.postMessage(letter);
  expect([await next(), await next()]).toEqual([10, 11]);
  expect(atOnce).toEqual([1, 2]);
});

it('that failed to deal with one gives nothing that came after it', async () => {
  const { port1, port2 } = channel();
  const { next } = mailboxOf<string>(port2, (letter) => {
    if (letter === 'rows') throw new Error('database or disk is full');
    return false;
  });
  for (const letter of ['starts', 'rows', 'done']) port1.postMessage(letter);
  expect(await next()).toBe('starts');
  await expect(next()).rejects.toThrow('disk is full');
  await expect(next()).rejects.toThrow('disk is full');
});
