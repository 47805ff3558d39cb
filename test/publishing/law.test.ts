/** The law of publishing: whatever happens in whatever order, the topic ends with the finished records, as they are. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TimeRecord } from '../../schemas/record.ts';
import { sampleRecord } from '../contracts/store-samples.ts';
import { type PublishingRoom, eventIn, publishingRoom } from './room.ts';

const IDS = ['call-1/a', 'call-1/b', 'call-2/a', 'call-10/é', 'call-😀'] as const;

type Step =
  | { readonly do: 'put'; readonly record: TimeRecord }
  | { readonly do: 'remove'; readonly id: string }
  | { readonly do: 'publish' | 'fail to send' | 'be killed' | 'load' | 'replay' };

const id = fc.constantFrom(...IDS);
const records = fc.record({ id, to: fc.integer({ min: 1, max: 4 }), isOpen: fc.boolean() });
const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: records.map(({ id, to, isOpen }): Step => {
      const record = sampleRecord(id, isOpen ? { tail: to } : { to: to * 1_000 });
      return { do: 'put', record };
    }),
  },
  { weight: 1, arbitrary: id.map((gone): Step => ({ do: 'remove', id: gone })) },
  { weight: 4, arbitrary: fc.constant<Step>({ do: 'publish' }) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('fail to send', 'be killed', 'load', 'replay')
      .map((what): Step => ({ do: what })),
  },
);

const contents = async ({ rows }: PublishingRoom): Promise<readonly TimeRecord[]> => rows.records({});

/** All rows at once, or one after the other while nobody may publish. */
const makeAnew = async (room: PublishingRoom, how: 'load' | 'replay'): Promise<void> => {
  const [all, state] = [await contents(room), await room.rows.state()];
  if (!state) return;
  if (how === 'load') {
    const load = await room.rows.load();
    await load.put({ records: all.map((record) => ({ record, pieces: [], begins: true })) });
    return load.finish(state);
  }
  room.setWhole(false);
  await room.rows.clear();
  for (const record of all) {
    await room.put(record);
    expect(await room.publish()).toBe('replaying');
  }
  room.setWhole(true);
};

const failing = async (room: PublishingRoom): Promise<void> => {
  room.beforeSending(() => Promise.reject(new Error('away')));
  await room.publish().catch(() => undefined);
  room.beforeSending(async () => undefined);
};

const take = (room: PublishingRoom, step: Step): Promise<unknown> => {
  switch (step.do) {
    case 'put':
      return room.put(step.record);
    case 'remove':
      return room.remove(step.id);
    case 'publish':
      return room.publish();
    case 'fail to send':
      return failing(room);
    case 'be killed':
      return room.dieAfterSending();
    case 'load':
    case 'replay':
      return makeAnew(room, step.do);
  }
};

const isFinished = ({ status }: TimeRecord): boolean => status === 'closed';

it('the topic ends with the finished records, and the numbers of a record never go down', async () => {
  let corrected = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 10, maxLength: 40, size: 'max' }), async (history) => {
      const room = await publishingRoom();
      await room.put(sampleRecord('call-0'));
      for (const step of history) await take(room, step);
      await room.publish();
      const held = [...room.held().values()].map(({ data }) => data);
      const wanted = (await contents(room)).filter(isFinished);
      const byId = (a: TimeRecord, b: TimeRecord): number => (a.id < b.id ? -1 : 1);
      expect(held.toSorted(byId)).toEqual(wanted.toSorted(byId));
      for (const own of Map.groupBy(room.sent, ({ key }) => key).values()) {
        const numbers = own.flatMap((message) => eventIn(message)?.sequence ?? []).map(Number);
        expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
        corrected += numbers.filter((number) => number > 1).length;
      }
      await room.rows.close();
    }),
    { numRuns: 150 },
  );
  expect(corrected).toBeGreaterThan(20);
});
