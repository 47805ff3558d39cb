/** Publishing in a room: rows, the memory of what was published, and a compacted topic that does as it is told. */
import type { Letter, Outlet, Published } from '../../adapters/publishing/ports.ts';
import { type Publishing, type Round, publishNext } from '../../adapters/publishing/publish.ts';
import { memoryPublished } from '../../adapters/stores/memory/index.ts';
import { sqliteReadModels } from '../../adapters/stores/sqlite/index.ts';
import type { LoadableReadModels } from '../../projections/rebuild-ports.ts';
import { type RecordId, recordId } from '../../schemas/brand.ts';
import { PublishedRecord } from '../../schemas/published-record.ts';
import type { TimeRecord } from '../../schemas/record.ts';
import { sampleState } from '../contracts/read-models.contract.ts';

export const TOPIC = 'tickmark.time-records';

export interface Stores {
  readonly rows: LoadableReadModels;
  readonly published: Published;
}

export interface PublishingRoom extends Stores {
  /** Everything that was ever sent, in its order. */
  readonly sent: Letter[];
  /** What a reader of the compacted topic has. */
  held(): ReadonlyMap<string, PublishedRecord>;
  put(...records: readonly TimeRecord[]): Promise<void>;
  remove(id: string): Promise<void>;
  /** Until there is nothing more to do now. */
  publish(topic?: string): Promise<Round>;
  /** The next time that something is sent, this happens first. */
  beforeSending(work: () => Promise<void>): void;
  /** Publishes; ends when all is sent and nothing of that is remembered yet. */
  dieAfterSending(): Promise<void>;
  /** Up to where the rows hold everything; 0 while they are being derived anew. */
  setWhole(position: number): void;
  /** No broker takes it, or does again. */
  refuse(id: string, isRefused?: boolean): void;
}

export const eventIn = ({ value }: Letter): PublishedRecord | undefined =>
  value === null ? undefined : PublishedRecord.parse(JSON.parse(value));

/** As it is told of: who, how often, and what of it. */
export const told = (letter: Letter): string => {
  const event = eventIn(letter);
  return event ? `${letter.key} ${event.sequence} ${event.type}` : `${letter.key} gone`;
};

/** Takes what is not refused. */
const outletInto = (sent: Letter[], refused: ReadonlySet<RecordId>) => {
  let before: (() => Promise<void>) | undefined;
  const outlet: Outlet = {
    send: async (letters) => {
      const work = before;
      before = undefined;
      await work?.();
      sent.push(...letters.filter(({ key }) => !refused.has(key)));
      return new Set(letters.map(({ key }) => key).filter((key) => refused.has(key)));
    },
  };
  return { outlet, beforeSending: (work: () => Promise<void>): void => void (before = work) };
};

/** Read page by page, so that what happens between two pages happens here too. */
const inMemory = async (): Promise<Stores> => ({
  rows: await sqliteReadModels(':memory:'),
  published: await memoryPublished(),
});

export const publishingRoom = async (stores?: Stores): Promise<PublishingRoom> => {
  const { rows, published } = stores ?? (await inMemory());
  const sent: Letter[] = [];
  const refused = new Set<RecordId>();
  let [whole, position] = [Infinity, 0];
  const { outlet, beforeSending } = outletInto(sent, refused);
  const publishing = (topic: string): Publishing => ({
    topic,
    rows,
    published,
    outlet,
    areWhole: async (from) => whole >= Math.max(from, 1),
    onPublished: () => undefined,
  });
  const publish = async (topic = TOPIC): Promise<Round> => {
    for (;;) {
      const round = await publishNext(publishing(topic));
      if (round !== 'more') return round;
    }
  };
  return {
    rows,
    published,
    sent,
    held: () => {
      const held = new Map<string, PublishedRecord>();
      for (const letter of sent) {
        const event = eventIn(letter);
        if (event) held.set(letter.key, event);
        else held.delete(letter.key);
      }
      return held;
    },
    put: (...records) =>
      rows.transact(async (transaction) => {
        for (const record of records) await transaction.putRecord(record, []);
        await transaction.save(sampleState((position += 1)));
      }),
    remove: (id) => rows.transact((transaction) => transaction.removeRecord(recordId(id))),
    publish,
    dieAfterSending: async () => {
      const { keep } = published;
      const dying: Published['keep'] = async (issues, reached) => {
        if (issues.some(({ isSent }) => isSent)) throw new Error('killed');
        await keep(issues, reached);
      };
      Object.assign(published, { keep: dying });
      await publish().catch(() => undefined);
      Object.assign(published, { keep });
    },
    beforeSending,
    setWhole: (to) => void (whole = to),
    refuse: (id, isRefused = true) =>
      void (isRefused ? refused.add(recordId(id)) : refused.delete(recordId(id))),
  };
};
