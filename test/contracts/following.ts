/** Part of the contract of every event log: following it, many at once, long streams, and coming back. */
import { describe, expect, it } from 'vitest';
import type { EventLog, ExpectedVersion } from '../../projections/ports.ts';
import { instantMs } from '../../schemas/brand.ts';
import type { StoredEvent } from '../../schemas/event.ts';
import { collect, sampleEvent, sampleEvents } from './store-samples.ts';

/** Where a log is kept: each place is empty at first, and what it holds is there when it is opened again. */
export interface LogPlace {
  open(): Promise<EventLog>;
}

const toCall = (from: number, to: number, expected: ExpectedVersion = { at: 'any' }) => [
  { stream: 'call-1', expected, events: sampleEvents(from, to) },
];

/** The first `count` events that a subscription gives. */
const take = async (pages: AsyncIterable<readonly StoredEvent[]>, count: number) => {
  const events: StoredEvent[] = [];
  for await (const page of pages) {
    events.push(...page);
    if (events.length >= count) break;
  }
  return events;
};

const versionsOf = (events: readonly StoredEvent[]): readonly number[] =>
  events.map(({ version }) => version);

const upTo = (end: number): readonly number[] => Array.from({ length: end }, (_, at) => at);

const never = (): AbortSignal => new AbortController().signal;

export const eventLogFollowing = (
  log: () => EventLog,
  place: () => LogPlace,
  unless: (title: string, work: () => Promise<void>) => void,
): void => {
  describe('subscribing', () => {
    it('catches up, then waits for what comes, in pages', async () => {
      await log().append(toCall(0, 3));
      const [first] = await collect(log().readAll(0));
      const pages: (readonly number[])[] = [];
      for await (const page of log().subscribe((first?.position ?? 0) + 1, never(), 2)) {
        pages.push(versionsOf(page));
        // Waits from here on: not awaited, so that the append happens while the subscription sleeps.
        if (pages.length === 1) setImmediate(() => void log().append(toCall(3, 6)));
        if (pages.flat().length === 5) break;
      }
      expect(pages[0]).toEqual([1, 2]);
      expect(pages.flat()).toEqual([1, 2, 3, 4, 5]);
      expect(Math.max(...pages.map((page) => page.length))).toBe(2);
    });

    it('starting behind the end waits for what comes there', async () => {
      await log().append(toCall(0, 2));
      const last = (await collect(log().readAll(0))).at(-1);
      const waiting = take(log().subscribe((last?.position ?? 0) + 1, never()), 1);
      await log().append(toCall(2, 3));
      expect(versionsOf(await waiting)).toEqual([2]);
    });

    it('starting in an empty log waits for the first event', async () => {
      const waiting = take(log().subscribe(0, never()), 1);
      await log().append(toCall(0, 1));
      expect(versionsOf(await waiting)).toEqual([0]);
    });

    it('several subscriptions see the same', async () => {
      const signal = never();
      const both = [take(log().subscribe(0, signal, 1), 3), take(log().subscribe(0, signal), 3)];
      for (const at of [0, 1, 2]) await log().append(toCall(at, at + 1));
      const [one, other] = await Promise.all(both);
      expect(one).toEqual(other);
      expect(versionsOf(one ?? [])).toEqual([0, 1, 2]);
    });

    it('a consumer that was away finds everything, page by page', async () => {
      const pages = log().subscribe(0, never(), 2)[Symbol.asyncIterator]();
      await log().append(toCall(0, 1));
      expect(versionsOf((await pages.next()).value ?? [])).toEqual([0]);
      for (let at = 1; at < 6; at += 1) await log().append(toCall(at, at + 1));
      const found: number[] = [];
      while (found.length < 5) {
        const page = versionsOf((await pages.next()).value ?? []);
        expect([1, 2]).toContain(page.length);
        found.push(...page);
      }
      expect(found).toEqual([1, 2, 3, 4, 5]);
      await pages.return?.();
    });

    it('a slow consumer gets every event in order, however many came meanwhile', async () => {
      const found: number[] = [];
      const pages = log().subscribe(0, never(), 100)[Symbol.asyncIterator]();
      for (let from = 0; from < 3000; from += 500) {
        await log().append(toCall(from, from + 500));
        found.push(...versionsOf((await pages.next()).value ?? []));
      }
      while (found.length < 3000) found.push(...versionsOf((await pages.next()).value ?? []));
      expect(found).toEqual(upTo(3000));
      await pages.return?.();
    });

    it('ends when the signal aborts: while it waits, while it reads, before it began', async () => {
      const waiting = new AbortController();
      const idle = collect(log().subscribe(0, waiting.signal));
      waiting.abort();
      expect(await idle).toEqual([]);

      await log().append(toCall(0, 4));
      const reading = new AbortController();
      const seen: (readonly number[])[] = [];
      for await (const page of log().subscribe(0, reading.signal, 1)) {
        seen.push(versionsOf(page));
        if (seen.length === 2) reading.abort();
      }
      expect(seen).toEqual([[0], [1]]);
      expect(await collect(log().subscribe(0, AbortSignal.abort()))).toEqual([]);
    });

    it('ends when the log is closed', async () => {
      const idle = collect(log().subscribe(0, never()));
      await log().close();
      expect(await idle).toEqual([]);
    });
  });

  describe('many at once and much', () => {
    it('of writers who expect the same version one gets through, and the others are told', async () => {
      await log().append(toCall(0, 1));
      const results = await Promise.all(
        upTo(10).map((n) => log().append(toCall(n + 1, n + 2, { at: 'version', version: 0 }))),
      );
      const statuses = results.flat().map(({ status }) => status);
      expect(statuses.filter((status) => status === 'appended')).toHaveLength(1);
      expect(statuses.filter((status) => status === 'wrong-expected-version')).toHaveLength(9);
      expect(await log().readStream('call-1')).toHaveLength(2);
    });

    it('writers without an expectation all get through, once each', async () => {
      const twice = [...upTo(20), ...upTo(20)];
      const results = (await Promise.all(twice.map((n) => log().append(toCall(n, n + 1))))).flat();
      const counted = results.map((result) =>
        result.status === 'appended' ? `${result.appended} and ${result.duplicates}` : result.status,
      );
      expect(counted.filter((counts) => counts === '1 and 0')).toHaveLength(20);
      expect(counted.filter((counts) => counts === '0 and 1')).toHaveLength(20);
      const stored = await log().readStream('call-1');
      expect(versionsOf(stored)).toEqual(upTo(20));
      expect(new Set(stored.map(({ event }) => event.id)).size).toBe(20);
    });

    it('a stream of 10,000 events is read whole, and knows its duplicates', async () => {
      for (let from = 0; from < 10_000; from += 2_500) await log().append(toCall(from, from + 2_500));
      const stored = await log().readStream('call-1');
      expect(versionsOf(stored)).toEqual(upTo(10_000));
      expect(stored.at(-1)?.event).toEqual(sampleEvent(9_999));
      const [result] = await log().append(toCall(9_999, 10_001));
      expect(result).toEqual({ status: 'appended', appended: 1, duplicates: 1, version: 10_000 });
    });
  });

  describe('opened again', () => {
    unless('holds its events, knows their ids, and a reader resumes where it was', async () => {
      await log().append(toCall(0, 3));
      const [first, second] = await take(log().subscribe(0, never(), 2), 2);
      await log().close();
      const again = await place().open();
      const known = { status: 'appended', appended: 0, duplicates: 3, version: 2 };
      expect(await again.append(toCall(0, 3))).toEqual([known]);
      const other = [sampleEvent(0, 'call-1', { occurredAt: instantMs(1) })];
      const [conflict] = await again.append([{ stream: 'call-1', expected: { at: 'any' }, events: other }]);
      expect(conflict).toEqual({ status: 'conflicting', id: sampleEvent(0).id, version: 2 });
      const [result] = await again.append(toCall(2, 5));
      expect(result).toEqual({ status: 'appended', appended: 2, duplicates: 1, version: 4 });
      const rest = await take(again.subscribe((second?.position ?? 0) + 1, never()), 3);
      expect(versionsOf(rest)).toEqual([2, 3, 4]);
      expect((await again.readStream('call-1'))[0]).toEqual(first);
      await again.close();
    });
  });
};
