/** Publishing in a room: rows, the memory of what was published, and a compacted topic that does as it is told. */
import { agree } from '../../adapters/publishing/agree.ts';
import type { RecordMessage, Outlet, Published } from '../../adapters/publishing/ports.ts';
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
  /** What was sent to the first topic, in its order. */
  readonly sent: RecordMessage[];
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
  /** Whether the rows hold all of the log, or are being derived anew. */
  setWhole(isWhole: boolean): void;
  sentTo(topic: string): readonly RecordMessage[];
  /** Another topic of the same name. */
  remake(topic?: string): void;
  /** No broker takes it, or does again. */
  refuse(id: string, isRefused?: boolean): void;
}

export const eventIn = ({ value }: RecordMessage): PublishedRecord | undefined =>
  value === null ? undefined : PublishedRecord.parse(JSON.parse(value));

/** As it is told of: who, how often, and what of it. */
export const told = (message: RecordMessage): string => {
  const event = eventIn(message);
  return event ? `${message.key} ${Number(event.sequence)} ${event.type}` : `${message.key} gone`;
};

/** A cluster with topics: takes what is not refused. */
const clusterOf = (refused: ReadonlySet<RecordId>) => {
  const topics = new Map<string, RecordMessage[]>();
  let before: (() => Promise<void>) | undefined;
  const messagesIn = (topic: string): RecordMessage[] => {
    const messages = topics.get(topic) ?? [];
    topics.set(topic, messages);
    return messages;
  };
  const outletTo = (topic: string): Outlet => ({
    extent: async () => {
      const end = messagesIn(topic).length;
      return { end, isEmpty: end === 0 };
    },
    send: async (messages) => {
      const work = before;
      before = undefined;
      await work?.();
      const isRefused = ({ key, value }: RecordMessage): boolean => value !== null && refused.has(key);
      messagesIn(topic).push(...messages.filter((message) => !isRefused(message)));
      return new Set(messages.filter(isRefused).map(({ key }) => key));
    },
  });
  const beforeSending = (work: () => Promise<void>): void => void (before = work);
  return { messagesIn, outletTo, beforeSending };
};

/** Read page by page, so that what happens between two pages happens here too. */
const inMemory = async (): Promise<Stores> => ({
  rows: await sqliteReadModels(':memory:'),
  published: await memoryPublished(),
});

export const publishingRoom = async (stores?: Stores): Promise<PublishingRoom> => {
  const { rows, published } = stores ?? (await inMemory());
  const refused = new Set<RecordId>();
  let [isWhole, position] = [true, 0];
  const { messagesIn, outletTo, beforeSending } = clusterOf(refused);
  const sent = messagesIn(TOPIC);
  const publishing = (topic: string): Publishing => ({
    topic,
    rows,
    published,
    outlet: outletTo(topic),
    areWhole: async () => isWhole,
    onPublished: () => undefined,
  });
  const publish = async (topic = TOPIC): Promise<Round> => {
    await agree(publishing(topic));
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
      for (const message of sent) {
        const event = eventIn(message);
        if (event) held.set(message.key, event);
        else held.delete(message.key);
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
      const dying: Published['keep'] = async (publications, reached) => {
        if (publications.some(({ isSent }) => isSent)) throw new Error('killed');
        await keep(publications, reached);
      };
      Object.assign(published, { keep: dying });
      await publish().catch(() => undefined);
      Object.assign(published, { keep });
    },
    beforeSending,
    setWhole: (is) => void (isWhole = is),
    sentTo: messagesIn,
    remake: (topic = TOPIC) => void messagesIn(topic).splice(0),
    refuse: (id, isRefused = true) =>
      void (isRefused ? refused.add(recordId(id)) : refused.delete(recordId(id))),
  };
};
