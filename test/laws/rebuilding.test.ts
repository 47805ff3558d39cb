/** Laws of rebuilding: in bulk, in whatever shares, the rows are those of catching up from the first event. */
import { equal } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it, vi } from 'vitest';
import { memoryEventLog, memoryReadModels } from '../../adapters/stores/memory/index.ts';
import { sqliteEventLog, sqliteReadModels } from '../../adapters/stores/sqlite/index.ts';
import type { Plan } from '../../engine/index.ts';
import {
  type Crew,
  type Exchange,
  type Ground,
  type StreamedLog,
  catchUp,
  derivePart,
  firstDifference,
  newPart,
  rebuild,
} from '../../projections/index.ts';
import type { EventLog, ReadModels } from '../../projections/ports.ts';
import type { RowLoad } from '../../projections/rebuild-ports.ts';
import { type TickmarkEvent } from '../../schemas/event.ts';
import type { Piece } from '../../schemas/record.ts';
import { RUNS, delivered, deliveries, histories, plans } from '../support/arbitraries.ts';
import { LENS, append, joined } from '../support/law-log.ts';

vi.setConfig({ testTimeout: 120_000 });

const withTeams = (facts: readonly TickmarkEvent[]): readonly TickmarkEvent[] => {
  const [first, last] = [facts[0]?.occurredAt ?? 0, facts.at(-1)?.occurredAt ?? 0];
  return [
    ...facts,
    joined('ANNA', 'north', first),
    joined('ANNA', 'south', last),
    joined('BEN', 'north', last),
    joined('BEN', 'east', last),
  ];
};

/** Everything that can be asked of rows: their tables, and what is beside them. */
const differs = async (a: ReadModels, b: ReadModels): Promise<unknown> => {
  const first = await firstDifference(a, b);
  if (first) return first;
  const [states, merges] = [
    [await a.state(), await b.state()],
    [[...(await a.merges())], [...(await b.merges())]],
  ];
  for (const [left, right] of [states, merges])
    if (JSON.stringify(left) !== JSON.stringify(right)) return [left, right];
  return undefined;
};

/** How many of the facts are there before the rebuild: some projected, some not. And how many parts it has. */
const cuts = fc.tuple(fc.nat(30), fc.nat(90), fc.integer({ min: 1, max: 4 }));

/** Resolves to what everybody has brought, once all of them are there. */
const meeting = <Brought>(of: number): ((at: number, brought: Brought) => Promise<readonly Brought[]>) => {
  const all: Brought[] = [];
  const { promise, resolve } = Promise.withResolvers<readonly Brought[]>();
  let missing = of;
  return (at, brought) => {
    all[at] = brought;
    missing -= 1;
    if (missing === 0) resolve(all);
    return promise;
  };
};

/** The exchanges of so many parts in one thread. A page goes to whoever asks first. */
const exchanges = (of: number): readonly Exchange[] => {
  const starts = meeting<Parameters<Exchange['starts']>[0]>(of);
  const pieces = meeting<readonly (readonly Piece[])[]>(of);
  let dealt = 0;
  return Array.from({ length: of }, (_, at) => ({
    deal: () => dealt++,
    starts: async (own) => (await starts(at, own)).filter((_theirs, other) => other !== at),
    pieces: async (take) => {
      const shares = Array.from({ length: of }, (_share, worker) =>
        worker === at ? [] : take({ worker, of }),
      );
      return (await pieces(at, shares)).flatMap((theirs) => theirs[at] ?? []);
    },
  }));
};

/** The other parts of a rebuild by `of`, in the same thread and into the same load. */
const crewOf = (plan: Plan, log: StreamedLog, load: RowLoad, of: number): Crew => {
  const [own, ...others] = exchanges(of);
  if (!own) throw new Error('nobody takes part');
  let work: readonly Promise<void>[] = [];
  const done = async () => void (await Promise.all(work));
  const begin = (ground: Ground): void => {
    work = others.map((one) => derivePart(newPart({ plan, log, ground, load }), ground, one));
  };
  return { ...own, begin, done, dismiss: done };
};

/** Of subjects, people and sources. */
const MOST_STREAMS = 60;

/** A page holds one stream, so that there is something to deal even where a history has few subjects. */
const finely = (log: StreamedLog & EventLog): StreamedLog & EventLog => ({
  ...log,
  survey: async () => ({ ...(await log.survey()), pages: MOST_STREAMS }),
  streamsOf: async (page, survey) => {
    const streams = await log.streamsOf(0, survey);
    return streams.slice(page, page + 1);
  },
});

const STORES = {
  memory: { log: memoryEventLog, rows: memoryReadModels, runs: RUNS },
  sqlite: {
    log: () => sqliteEventLog(':memory:'),
    rows: () => sqliteReadModels(':memory:'),
    runs: RUNS / 10,
  },
} as const;

describe.each(Object.entries(STORES))('rebuilding in %s', (_name, stores) => {
  it('gives the very rows of catching up, and rows from which one can go on', async () => {
    await fc.assert(
      fc.asyncProperty(
        plans,
        histories,
        deliveries,
        cuts,
        async ({ plan }, { facts }, delivery, [few, more, of]) => {
          const events = delivered(withTeams(facts), delivery);
          const log = finely(await stores.log());
          const [rows, beside] = [await stores.rows(), await stores.rows()];
          const ruling = { plan, lens: LENS, log };
          await append(log, events.slice(0, few));
          await catchUp({ ...ruling, rows });
          await append(log, events.slice(few, few + more));
          const load = await rows.load();
          await rebuild({ ...ruling, load, crew: crewOf(plan, log, load, of) });
          await catchUp({ ...ruling, rows: beside });
          equal(await differs(rows, beside), undefined);
          await append(log, events.slice(few + more));
          await catchUp({ ...ruling, rows });
          await beside.clear();
          await catchUp({ ...ruling, rows: beside });
          equal(await differs(rows, beside), undefined);
        },
      ),
      { numRuns: stores.runs },
    );
  });
});
