/** The contract of every store of dead letters. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { DeadLetters, LetterPlace } from '../../projections/ports.ts';
import { instantMs } from '../../schemas/brand.ts';
import type { DeadLetter } from '../../schemas/signal.ts';
import { sampleLetter } from './store-samples.ts';

const placeOf = ({ receivedAt, signal: { origin, line }, id }: DeadLetter): LetterPlace => ({
  receivedAt,
  origin,
  line,
  id,
});

export const deadLettersContract = (name: string, makeStore: () => Promise<DeadLetters>): void => {
  describe(`dead letters: ${name}`, () => {
    let letters: DeadLetters;
    beforeEach(async () => {
      letters = await makeStore();
    });
    const ids = async (status?: 'waiting' | 'resolved') =>
      (await letters.list(status)).map((letter) => letter.id);

    it('a letter comes back as it was put', async () => {
      const letter = sampleLetter('a', { origin: 'feb.txt', line: 7, raw: '{"a":"\ud800😀\u0000"' });
      await letters.put([letter]);
      expect(await letters.get('a')).toEqual(letter);
      expect(JSON.stringify(await letters.list())).toBe(JSON.stringify([letter]));
      expect(await letters.get('b')).toBeUndefined();
    });

    it('the order is receipt, origin, line, id; what is absent comes first', async () => {
      const inOrder = [
        sampleLetter('f', { receivedAt: 500, origin: 'z' }),
        sampleLetter('e', { line: 9 }),
        sampleLetter('d', { origin: 'a', line: 10 }),
        sampleLetter('b', { origin: 'b' }),
        sampleLetter('a', { origin: 'b', line: 2 }),
        sampleLetter('c', { origin: 'b', line: 2 }),
        sampleLetter('0', { origin: 'b', line: 10 }),
        sampleLetter('h', { origin: '\uffff' }),
        sampleLetter('g', { origin: '😀' }),
      ];
      await letters.put([...inOrder].reverse());
      expect(await ids()).toEqual(['f', 'e', 'd', 'b', 'a', 'c', '0', 'h', 'g']);
    });

    it('pages, each behind the last letter of the one before, are the list', async () => {
      const inOrder = [
        sampleLetter('f', { receivedAt: 500, origin: 'z' }),
        sampleLetter('e', { line: 9 }),
        sampleLetter('g', { line: 10 }),
        sampleLetter('i', { origin: '' }),
        sampleLetter('d', { origin: 'a', line: 10 }),
        sampleLetter('b', { origin: 'b' }),
        sampleLetter('a', { origin: 'b', line: 2 }),
        sampleLetter('c', { origin: 'b', line: 2 }),
        sampleLetter('h', { receivedAt: 2000 }),
      ];
      await letters.put([...inOrder].reverse());
      for (const limit of [1, 2, 4, 100]) {
        const all: DeadLetter[] = [];
        for (;;) {
          const last = all.at(-1);
          const page = await letters.page(last && placeOf(last), limit);
          if (page.length === 0) break;
          expect(page.length).toBe(Math.min(limit, inOrder.length - all.length));
          all.push(...page);
        }
        expect(all.map(({ id }) => id).join('')).toBe('fegidbach');
      }
    });

    it('a page is of one status, and begins behind a place at which no letter is', async () => {
      await letters.put(['a', 'b', 'd', 'e'].map((id) => sampleLetter(id)));
      await letters.resolve(['d']);
      const page = async (...of: Parameters<DeadLetters['page']>) =>
        (await letters.page(...of)).map(({ id }) => id).join('');
      const behind = placeOf(sampleLetter('aa'));
      expect(await page(behind, 9)).toBe('bde');
      expect(await page(behind, 9, 'waiting')).toBe('be');
      expect(await page(behind, 1, 'waiting')).toBe('b');
      expect(await page(undefined, 9, 'resolved')).toBe('d');
    });

    it('a second delivery keeps the first receipt, takes the new reason and waits again', async () => {
      await letters.put([sampleLetter('a')]);
      await letters.resolve(['a']);
      const again = sampleLetter('a', { receivedAt: 9000, message: 'the date does not exist' });
      await letters.put([again]);
      expect(await letters.get('a')).toMatchObject({
        receivedAt: instantMs(1000),
        rejection: { message: 'the date does not exist' },
        status: 'waiting',
      });
      expect(await ids()).toEqual(['a']);
    });

    it('resolved letters stay and are listed apart; unknown ids are nothing', async () => {
      await letters.put([sampleLetter('a'), sampleLetter('b'), sampleLetter('c')]);
      await letters.resolve(['b', 'nobody']);
      expect(await ids('waiting')).toEqual(['a', 'c']);
      expect(await ids('resolved')).toEqual(['b']);
      expect(await ids()).toEqual(['a', 'b', 'c']);
      expect((await letters.get('b'))?.status).toBe('resolved');
    });

    it('the same letter twice in one delivery is one', async () => {
      await letters.put([sampleLetter('a'), sampleLetter('a', { message: 'second' })]);
      expect(await letters.list()).toHaveLength(1);
      expect((await letters.get('a'))?.rejection.message).toBe('second');
    });
  });
};
