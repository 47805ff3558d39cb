/** The contract of every memory of what was published. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Publication, Published, Reached } from '../../adapters/publishing/ports.ts';
import { recordId } from '../../schemas/brand.ts';
import { collect } from './store-samples.ts';

const publication = (id: string, revision = 1, fingerprint?: string, isSent = true): Publication => ({
  id: recordId(id),
  revision,
  isSent,
  ...(fingerprint === undefined ? {} : { fingerprint }),
});

const REACHED: Reached = {
  topic: 'tickmark.time-records',
  place: { edition: 'first', at: '["17",""]' },
  end: 4_000_000_000,
};

/** `open` opens the same memory again. */
export const publishedContract = (
  name: string,
  makeStore: () => Promise<{ readonly open: () => Promise<Published> }>,
): void => {
  describe(`what was published: ${name}`, () => {
    let open: () => Promise<Published>;
    let published: Published;
    beforeEach(async () => {
      ({ open } = await makeStore());
      published = await open();
    });
    afterEach(() => published.close());

    const of = async (...ids: readonly string[]) => [
      ...(await published.publicationsOf(ids.map((id) => recordId(id)))).values(),
    ];

    it('is nothing at first', async () => {
      expect(await published.reached()).toBeUndefined();
      expect(await of('a')).toEqual([]);
      expect(await collect(published.allPublications())).toEqual([]);
    });

    it('is kept by record: the latest takes the place of the one before', async () => {
      await published.keep([publication('a', 1, 'f1'), publication('b', 1, 'f2')]);
      await published.keep([publication('b', 2), publication('c', 7, 'f3', false)]);
      expect(await of('a', 'b', 'nobody')).toEqual([publication('a', 1, 'f1'), publication('b', 2)]);
      expect(await collect(published.allPublications())).toEqual([
        publication('a', 1, 'f1'),
        publication('b', 2),
        publication('c', 7, 'f3', false),
      ]);
    });

    it('is kept together with how far it goes, which stays where nothing is said of it', async () => {
      await published.keep([publication('a', 1, 'f')], REACHED);
      await published.keep([publication('b', 1, 'f')]);
      expect(await published.reached()).toEqual(REACHED);
      const further: Reached = { ...REACHED, place: { edition: 'second', at: '0' }, end: 5 };
      await published.keep([], further);
      expect(await published.reached()).toEqual(further);
    });

    it('is listed by id in the order of code points, more than a page of it', async () => {
      const many = Array.from({ length: 1_201 }, (_, at) =>
        publication(`call-${String(at).padStart(5, '0')}`),
      );
      await published.keep([publication('call-😀'), publication('call-\uffff'), ...many.toReversed()]);
      expect((await collect(published.allPublications())).map(({ id }) => id)).toEqual([
        ...many.map(({ id }) => id),
        'call-\uffff',
        'call-😀',
      ]);
    });

    it('takes any id', async () => {
      const ids = ['call-\u0000', 'call-\ud800', 'call-"é', 'call-\u0001\u0002'];
      await published.keep(ids.map((id) => publication(id, 3, 'f')));
      expect(await of(...ids)).toEqual(ids.map((id) => publication(id, 3, 'f')));
    });

    it('is forgotten when it is cleared', async () => {
      await published.keep([publication('a', 1, 'f')], REACHED);
      await published.clear();
      expect([await published.reached(), await collect(published.allPublications())]).toEqual([
        undefined,
        [],
      ]);
    });

    it('is there when it is opened again', async () => {
      await published.keep([publication('a', 1, 'f')], REACHED);
      await published.close();
      published = await open();
      expect([await published.reached(), await of('a')]).toEqual([REACHED, [publication('a', 1, 'f')]]);
    });
  });
};
