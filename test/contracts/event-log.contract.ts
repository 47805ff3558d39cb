/** The contract of every event log. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventLog, ExpectedVersion, StreamAppend } from '../../projections/ports.ts';
import { eventId, instantMs } from '../../schemas/brand.ts';
import type { StoredEvent, TickmarkEvent } from '../../schemas/event.ts';
import { BY_DESIGN } from '../house/skip-reporter.ts';
import { anyEvent } from './any-event.ts';
import { eventLogFollowing, type LogPlace } from './following.ts';
import { collect, idOf, positionsOf, sampleEvent, sampleEvents } from './store-samples.ts';

const ANY: ExpectedVersion = { at: 'any' };

const append = (
  events: readonly TickmarkEvent[],
  stream = 'call-1',
  expected: ExpectedVersion = ANY,
): StreamAppend => ({ stream, expected, events });

/** The events by stream, each stream in its order: streams of one append come in no promised order. */
const byStream = (events: readonly TickmarkEvent[]): ReadonlyMap<string, readonly TickmarkEvent[]> =>
  Map.groupBy(events, ({ subject }) => subject);

const versionsOf = (events: readonly StoredEvent[]): readonly number[] =>
  events.map(({ version }) => version);

/** Why a store cannot do what a case asks, by the name of the case. */
export type Divergences = Readonly<Record<string, string>>;

export const eventLogContract = (
  name: string,
  newPlace: () => LogPlace,
  divergences: Divergences = {},
): void => {
  describe(`event log: ${name}`, () => {
    let place: LogPlace;
    let log: EventLog;
    const told = new Set<string>();
    /** A case that a store may differ in. */
    const unless = (title: string, work: () => Promise<void>): void => {
      told.add(title);
      it(title, async (context) => {
        const why = divergences[title];
        if (why !== undefined) context.skip(`${BY_DESIGN}${why}`);
        await work();
      });
    };
    beforeEach(async () => {
      place = newPlace();
      log = await place.open();
    });
    afterEach(() => log.close());

    describe('expected versions', () => {
      // The stream `full` holds versions 0 and 1; `empty` does not exist.
      const table: readonly (readonly [ExpectedVersion, string, 'appended' | 'refused'])[] = [
        [{ at: 'any' }, 'empty', 'appended'],
        [{ at: 'any' }, 'full', 'appended'],
        [{ at: 'none' }, 'empty', 'appended'],
        [{ at: 'none' }, 'full', 'refused'],
        [{ at: 'exists' }, 'empty', 'refused'],
        [{ at: 'exists' }, 'full', 'appended'],
        [{ at: 'version', version: 0 }, 'empty', 'refused'],
        [{ at: 'version', version: 0 }, 'full', 'refused'],
        [{ at: 'version', version: 1 }, 'full', 'appended'],
        [{ at: 'version', version: 2 }, 'full', 'refused'],
      ];
      it.each(table)('%o on the stream that is %s is %s', async (expected, state, outcome) => {
        await log.append([append(sampleEvents(0, 2, 'call-full'), 'call-full')]);
        const stream = `call-${state}`;
        const version = state === 'full' ? 1 : -1;
        const [result] = await log.append([append([sampleEvent(9, stream)], stream, expected)]);
        const stored = await log.readStream(stream);
        if (outcome === 'refused') {
          expect(result).toEqual({ status: 'wrong-expected-version', version });
          expect(stored).toHaveLength(version + 1);
        } else {
          expect(result).toEqual({ status: 'appended', appended: 1, duplicates: 0, version: version + 1 });
          expect(stored).toHaveLength(version + 2);
        }
      });

      it('one refused append does not touch the others, and leaves no gap', async () => {
        const results = await log.append([
          append([sampleEvent(1, 'call-a')], 'call-a'),
          append([sampleEvent(1, 'call-b')], 'call-b', { at: 'exists' }),
          append([sampleEvent(2, 'call-a')], 'call-a', { at: 'version', version: 0 }),
        ]);
        expect(results.map((result) => result.status)).toEqual([
          'appended',
          'wrong-expected-version',
          'appended',
        ]);
        const all = await collect(log.readAll(0));
        expect(all.map(({ version, event }) => [version, event.id])).toEqual([
          [0, idOf('call-a 1')],
          [1, idOf('call-a 2')],
        ]);
      });
    });

    describe('duplicates', () => {
      it('appending again writes nothing and counts duplicates', async () => {
        const events = sampleEvents(0, 3);
        await log.append([append(events)]);
        const [result] = await log.append([append(events)]);
        expect(result).toEqual({
          status: 'appended',
          appended: 0,
          duplicates: 3,
          version: 2,
        });
        expect(await collect(log.readAll(0))).toHaveLength(3);
      });

      it('what Tickmark adds to the fact is no content', async () => {
        await log.append([append([sampleEvent(1)])]);
        const later = sampleEvent(1, 'call-1', { recordedAt: instantMs(9), dialect: 'eventlog@2' });
        const [result] = await log.append([append([later])]);
        expect(result).toMatchObject({ appended: 0, duplicates: 1 });
      });

      it('the order of the keys is no content', async () => {
        await log.append([
          append([sampleEvent(1, 'call-1', { data: { reason: 'a', attributes: { b: '1', c: '2' } } })]),
        ]);
        const turned = sampleEvent(1, 'call-1', { data: { attributes: { c: '2', b: '1' }, reason: 'a' } });
        const [result] = await log.append([append([turned])]);
        expect(result).toMatchObject({ duplicates: 1 });
      });

      it.each([
        ['data', { data: { reason: 'hung up' } }],
        ['time', { occurredAt: instantMs(1) }],
      ])(
        'the same id with other %s conflicts: the first word stays, and nothing else of the append is written',
        async (_what, over) => {
          const first = sampleEvent(1);
          await log.append([append([first])]);
          const [result] = await log.append([
            append([sampleEvent(2), sampleEvent(1, 'call-1', over), sampleEvent(3)]),
          ]);
          expect(result).toEqual({ status: 'conflicting', id: first.id, version: 0 });
          const stored = await log.readStream('call-1');
          expect(stored.map(({ event }) => event)).toEqual([first]);
        },
      );

      it('told again at another time of receipt it is the same fact, and the first stays', async () => {
        const data = { timedBy: 'receipt' as const, attributes: { queue: 'sales' } };
        const first = sampleEvent(1, 'call-1', { data });
        await log.append([append([first])]);
        const later = { ...first, occurredAt: instantMs(first.occurredAt + 90_000) };
        const [again] = await log.append([append([later])]);
        expect(again).toEqual({ status: 'appended', appended: 0, duplicates: 1, version: 0 });
        expect((await log.readStream('call-1')).map(({ event }) => event)).toEqual([first]);
      });

      it.each([
        ['says something else', { data: { timedBy: 'receipt' as const, reason: 'hung up' } }],
        ['tells its own time', { data: {}, occurredAt: instantMs(1) }],
      ])('at a time of receipt it conflicts with what %s under its id', async (_what, over) => {
        const first = sampleEvent(1, 'call-1', { data: { timedBy: 'receipt' } });
        await log.append([append([first])]);
        const [result] = await log.append([append([sampleEvent(1, 'call-1', over)])]);
        expect(result).toEqual({ status: 'conflicting', id: first.id, version: 0 });
      });

      unless('the same id for another subject conflicts, and the stream stays empty', async () => {
        await log.append([append([sampleEvent(1)])]);
        const elsewhere = { ...sampleEvent(1, 'call-2'), id: idOf('call-1 1') };
        const [result] = await log.append([append([elsewhere], 'call-2')]);
        expect(result).toEqual({ status: 'conflicting', id: elsewhere.id, version: -1 });
        const [after] = await log.append([append([sampleEvent(5, 'call-2')], 'call-2', { at: 'none' })]);
        expect(after).toMatchObject({ appended: 1, version: 0 });
      });

      it('an id twice within one append is written once', async () => {
        const twice = sampleEvent(1);
        const [result] = await log.append([append([twice, sampleEvent(2), twice])]);
        expect(result).toEqual({ status: 'appended', appended: 2, duplicates: 1, version: 1 });
        expect(versionsOf(await collect(log.readAll(0)))).toEqual([0, 1]);
      });

      it('an append that contradicts itself or the log leaves no trace, and no gap for the next', async () => {
        const other = sampleEvent(2, 'call-1', { data: { reason: 'x' } });
        const results = await log.append([
          append([sampleEvent(1)]),
          append([sampleEvent(2), sampleEvent(3), other]),
          append([sampleEvent(4)]),
          append(
            [sampleEvent(2, 'call-9'), sampleEvent(2, 'call-9', { occurredAt: instantMs(1) })],
            'call-9',
          ),
        ]);
        expect(results.map(({ status }) => status)).toEqual([
          'appended',
          'conflicting',
          'appended',
          'conflicting',
        ]);
        expect(versionsOf(await collect(log.readAll(0)))).toEqual([0, 1]);
        const stored = await log.readStream('call-1');
        expect(stored.map(({ event, version }) => [event.id, version])).toEqual([
          [sampleEvent(1).id, 0],
          [sampleEvent(4).id, 1],
        ]);
        expect(await log.readStream('call-9')).toEqual([]);
        const [after] = await log.append([append([sampleEvent(2, 'call-9')], 'call-9', { at: 'none' })]);
        expect(after).toMatchObject({ appended: 1, version: 0 });
      });
    });

    describe('reading', () => {
      it('positions ascend over all streams, versions run over one without gaps', async () => {
        await log.append([append(sampleEvents(0, 2, 'call-a'), 'call-a')]);
        await log.append([append(sampleEvents(0, 1, 'call-b'), 'call-b')]);
        await log.append([append(sampleEvents(0, 4, 'call-a'), 'call-a')]);
        await log.append([append(sampleEvents(1, 2, 'call-b'), 'call-b')]);
        const all = await collect(log.readAll(0));
        expect(all.map(({ version, event }) => [event.subject, version])).toEqual([
          ['call-a', 0],
          ['call-a', 1],
          ['call-b', 0],
          ['call-a', 2],
          ['call-a', 3],
          ['call-b', 1],
        ]);
        const positions = positionsOf(all);
        expect(positions.every((position) => Number.isSafeInteger(position) && position >= 0)).toBe(true);
        expect(new Set(positions).size).toBe(6);
        expect(positions.toSorted((a, b) => a - b)).toEqual(positions);
        expect(positionsOf(await log.readStream('call-b'))).toEqual([positions[2], positions[5]]);
        expect(await log.readStream('call-c')).toEqual([]);
      });

      it('nothing appended is nothing', async () => {
        expect(await log.append([])).toEqual([]);
        const [result] = await log.append([append([])]);
        expect(result).toMatchObject({ appended: 0, version: -1 });
        expect(await collect(log.readAll(0))).toEqual([]);
      });

      it('pages have the size asked for and begin at the position asked for', async () => {
        await log.append([append(sampleEvents(0, 7))]);
        const [first = 0, second = 0] = positionsOf(await collect(log.readAll(0)));
        const pages: (readonly number[])[] = [];
        for await (const page of log.readAll(first + 1, 3)) pages.push(versionsOf(page));
        expect(pages).toEqual([
          [1, 2, 3],
          [4, 5, 6],
        ]);
        expect(versionsOf(await collect(log.readAll(second)))).toEqual([1, 2, 3, 4, 5, 6]);
      });

      it('any whole number is a position to begin at: what comes at or after it comes', async () => {
        await log.append([append(sampleEvents(0, 3))]);
        const positions = positionsOf(await collect(log.readAll(0)));
        const [, second = 0, last = 0] = positions;
        const numbers = [
          0,
          1,
          2,
          second - 1,
          second,
          second + 1,
          second + 2,
          last - 1,
          last,
          last + 1,
          last + 1e6,
        ];
        for (const from of numbers.filter((number) => number >= 0))
          expect(positionsOf(await collect(log.readAll(from, 2)))).toEqual(
            positions.filter((position) => position >= from),
          );
      });

      it('a position below zero or a page of nothing is a bug', () => {
        expect(() => log.readAll(-1)).toThrow(RangeError);
        expect(() => log.readAll(0, 0)).toThrow(RangeError);
      });

      it('reading all ends where the log ended when it was asked', async () => {
        await log.append([append(sampleEvents(0, 3))]);
        const pages = log.readAll(0, 2);
        await log.append([append(sampleEvents(3, 6))]);
        expect(versionsOf(await collect(pages))).toEqual([0, 1, 2]);
      });

      it('every event comes back as it was, in its stream and in the log', async () => {
        await fc.assert(
          fc.asyncProperty(fc.array(anyEvent, { minLength: 60, maxLength: 90 }), async (drawn) => {
            const events = [...new Map(drawn.map((event) => [event.id, event])).values()];
            const store = await newPlace().open();
            await store.append(events.map((event) => append([event], event.subject)));
            const all = (await collect(store.readAll(0))).map(({ event }) => event);
            expect(byStream(all)).toEqual(byStream(events));
            const [first] = events;
            const stream = await store.readStream(first?.subject ?? '');
            expect(stream.map(({ event }) => event)).toEqual(
              events.filter((event) => event.subject === first?.subject),
            );
            await store.append(events.map((event) => append([event], event.subject)));
            expect(await collect(store.readAll(0))).toHaveLength(events.length);
            await store.close();
          }),
          { numRuns: 3 },
        );
      });

      it('ids of any script, and capitals in the id of an event, come back as they were written', async () => {
        const streams = [
          'call-Ünï-çødé',
          'call-電話-四七一一',
          'call-مكالمة',
          'call-☎️ 4711',
          'call-a\\b%2F/c?d#e',
        ];
        const events = streams.map((stream) =>
          sampleEvent(1, stream, { id: eventId(idOf(stream).toUpperCase()) }),
        );
        await log.append(events.map((event) => append([event], event.subject)));
        for (const event of events) expect((await log.readStream(event.subject))[0]?.event).toEqual(event);
        const all = (await collect(log.readAll(0))).map(({ event }) => event);
        expect(byStream(all)).toEqual(byStream(events));
      });

      it('streams whose names differ only in a lone surrogate are two', async () => {
        const [one, two] = ['call-\ud800', 'call-\ud801'];
        await log.append([append([sampleEvent(1, one)], one), append([sampleEvent(2, two)], two)]);
        expect((await log.readStream(two)).map(({ event }) => event)).toEqual([sampleEvent(2, two)]);
      });

      it('an event may be in a stream that does not bear the name of its subject', async () => {
        await log.append([append([sampleEvent(1, 'call-merged')], 'call-1')]);
        expect((await log.readStream('call-1'))[0]?.event.subject).toBe('call-merged');
        expect(await log.readStream('call-merged')).toEqual([]);
      });

      it('an event of 1 MB comes back as it was', async () => {
        const attributes = Object.fromEntries(
          Array.from({ length: 2700 }, (_, at) => [`attribute ${at}`, 'ü'.repeat(380)]),
        );
        const large = sampleEvent(1, 'call-1', { data: { attributes } });
        expect(JSON.stringify(large).length).toBeGreaterThan(1_048_576);
        await log.append([append([large])]);
        expect((await log.readStream('call-1'))[0]?.event).toEqual(large);
      });
    });

    eventLogFollowing(
      () => log,
      () => place,
      unless,
    );

    it('a reading that closing cuts off is refused: it would look like the end', async () => {
      await log.append([append(sampleEvents(0, 6))]);
      const pages = log.readAll(0, 2)[Symbol.asyncIterator]();
      await pages.next();
      await log.close();
      await expect(pages.next()).rejects.toThrow();
    });

    it('a closed log refuses, and closing it again does not', async () => {
      await log.close();
      await log.close();
      await expect(log.append([append([sampleEvent(1)])])).rejects.toThrow();
      await expect(log.readStream('call-1')).rejects.toThrow();
    });

    it('what it differs in is a case of this contract', () => {
      expect(Object.keys(divergences).filter((title) => !told.has(title))).toEqual([]);
    });
  });
};
