/** The contract of every store of read models: where merged subjects went, and what is remarkable about them. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReadModels, RowTransaction } from '../../projections/ports.ts';
import { subjectId } from '../../schemas/brand.ts';
import { anyText } from './any-event.ts';
import { idOf, sampleFinding } from './store-samples.ts';

export const mergesAndFindingsContract = (makeStore: () => Promise<ReadModels>): void => {
  describe('merges and findings', () => {
    let models: ReadModels;
    beforeEach(async () => {
      models = await makeStore();
    });
    afterEach(() => models.close());
    const write = (work: (rows: RowTransaction) => Promise<void>) => models.transact(work);
    const merges = () => models.transact(async (rows) => [...(await rows.merges())]);
    const details = async () => (await models.findings()).map(({ detail }) => detail);

    it('an empty store has neither', async () => {
      expect(await merges()).toEqual([]);
      expect(await models.findings()).toEqual([]);
    });

    it('a subject went where it was said last; merges come by subject, as their UTF-8 bytes are ordered', async () => {
      const put = (from: string, into: string) =>
        write((rows) => rows.putMerge(subjectId(from), subjectId(into)));
      await put('ticket-😀', 'ticket-1');
      await put('ticket-\uffff', 'ticket-2');
      await put('ticket-\ud800', 'ticket-\udfff');
      await put('ticket-2', 'ticket-1');
      await put('ticket-2', 'ticket-3');
      expect(await merges()).toEqual([
        // A lone surrogate has no UTF-8: it is ordered by its JSON, which begins with a quotation mark.
        ['ticket-\ud800', 'ticket-\udfff'],
        ['ticket-2', 'ticket-3'],
        ['ticket-\uffff', 'ticket-2'],
        ['ticket-😀', 'ticket-1'],
      ]);
    });

    it('putting findings replaces those of the subject and no others; none removes them', async () => {
      const [one, two] = [subjectId('call-1'), subjectId('call-2')];
      await write(async (rows) => {
        await rows.putFindings(one, [
          sampleFinding('call-1', { detail: 'a' }),
          sampleFinding('call-1', { at: 5, detail: 'b' }),
        ]);
        await rows.putFindings(two, [sampleFinding('call-2', { at: 9, detail: 'c' })]);
      });
      expect(await details()).toEqual(['a', 'b', 'c']);
      await write((rows) => rows.putFindings(one, [sampleFinding('call-1', { at: 7, detail: 'd' })]));
      expect(await details()).toEqual(['d', 'c']);
      await write((rows) => rows.putFindings(one, []));
      expect(await details()).toEqual(['c']);
      await write((rows) => rows.putFindings(one, []));
      expect(await details()).toEqual(['c']);
    });

    it('a finding of another subject, or of none, is a bug', async () => {
      const own = sampleFinding('call-1');
      const { subject: _, ...nobodys } = own;
      const put = (finding: typeof own) => write((rows) => rows.putFindings(subjectId('call-2'), [finding]));
      await expect(put(own)).rejects.toThrow('overlap of call-1 put with call-2');
      await expect(put(nobodys)).rejects.toThrow('overlap of no subject put with call-2');
      expect(await models.findings()).toEqual([]);
    });

    it('findings come by instant, subject, code, record and event; what is absent comes first', async () => {
      const inOrder = [
        sampleFinding('call-z', { at: -5 }),
        sampleFinding('call-Z', { code: 'span-too-long' }),
        sampleFinding('call-a', { code: 'late-entry', event: idOf('x') }),
        sampleFinding('call-a', { code: 'overlap' }),
        sampleFinding('call-a', { code: 'overlap', event: idOf('x') }),
        sampleFinding('call-a', { code: 'overlap', record: 'B' }),
        sampleFinding('call-a', { code: 'overlap', record: 'a', event: idOf('x') }),
        sampleFinding('call-a', { code: 'overlap', record: '\uffff' }),
        sampleFinding('call-a', { code: 'overlap', record: '😀' }),
        sampleFinding('call-é'),
        // UTF-16 would put the second before the first: its units are D83D DE00, the other's is FFFF.
        sampleFinding('call-\uffff'),
        sampleFinding('call-😀'),
        sampleFinding('call-a', { at: 1 }),
      ];
      const bySubject = Map.groupBy([...inOrder].reverse(), ({ subject }) => subject);
      await write(async (rows) => {
        for (const [subject, own] of bySubject)
          if (subject !== undefined) await rows.putFindings(subject, own);
      });
      expect(JSON.stringify(await models.findings())).toBe(JSON.stringify(inOrder));
    });

    it('what is equal in all of these keeps the order in which it was put', async () => {
      const texts = ['second', 'first', 'third', 'first'];
      const twelve = Array.from({ length: 12 }, (_, n) => `n${n}`);
      const own = [...texts, ...twelve].map((detail) => sampleFinding('call-1', { detail }));
      await write((rows) => rows.putFindings(subjectId('call-1'), own));
      expect(await details()).toEqual([...texts, ...twelve]);
    });

    it('whatever the text, a finding comes back byte for byte and is replaced', async () => {
      const texts = fc.tuple(anyText(20), anyText(20), anyText(20));
      await fc.assert(
        fc.asyncProperty(texts, async ([subject, record, detail]) => {
          const finding = sampleFinding(subject, { record, detail });
          for (let time = 0; time < 2; time += 1)
            await write((rows) => rows.putFindings(subjectId(subject), [finding]));
          expect(JSON.stringify(await models.findings())).toBe(JSON.stringify([finding]));
          await write((rows) => rows.putMerge(subjectId(subject), subjectId(record)));
          expect(await merges()).toEqual([[subject, record]]);
          await models.clear();
          expect(await models.findings()).toEqual([]);
          expect(await merges()).toEqual([]);
        }),
        { numRuns: 30 },
      );
    });
  });
};
