/** Every store that needs a server, by the folder that it lives in and the suite that it must pass. */
import { kurrentdbDeadLetters, kurrentdbEventLog } from '../../adapters/stores/kurrentdb/index.ts';
import {
  postgresPublished,
  postgresReadModels,
  postgresWorker,
} from '../../adapters/stores/postgres/index.ts';
import { deadLettersContract } from './dead-letters.contract.ts';
import { type Divergences, eventLogContract } from './event-log.contract.ts';
import { publishedContract } from './published.contract.ts';
import { readModelsContract } from './read-models.contract.ts';
import { workerContract } from './worker.contract.ts';

/** A server that several tests share: each takes a name space of its own. */
export interface Shared {
  readonly name: string;
  readonly connectionString: () => string;
}

const ONE_STREAM_AT_A_TIME: Divergences = {
  'the same id for another subject conflicts, and the stream stays empty':
    'KurrentDB knows the ids of one stream; an id has its subject in it, so it stands in one stream only',
};

let count = 0;
/** Unlike that of any other run against the same server. */
const freshNamespace = (): string => {
  count += 1;
  return `t${process.pid}x${count}x${Math.round(performance.timeOrigin)}`;
};

/** The server first, then its suites: what a suite needs to know of its server differs. */
export const ON_SERVERS = {
  kurrentdb: {
    'event-log': ({ name, connectionString }: Shared) =>
      eventLogContract(
        name,
        () => {
          const namespace = freshNamespace();
          return { open: () => kurrentdbEventLog(connectionString(), { namespace }) };
        },
        ONE_STREAM_AT_A_TIME,
      ),
    'dead-letters': ({ name, connectionString }: Shared) =>
      deadLettersContract(name, () =>
        kurrentdbDeadLetters(connectionString(), { namespace: freshNamespace() }),
      ),
  },
  postgres: {
    /** `fresh` makes a database of its own. */
    'read-models': (fresh: () => Promise<string>) =>
      readModelsContract('postgres', async () => postgresReadModels(await fresh())),
    published: (fresh: () => Promise<string>) =>
      publishedContract('postgres', async () => {
        const url = await fresh();
        return { open: () => postgresPublished(url) };
      }),
    worker: (fresh: () => Promise<string>) =>
      workerContract('postgres', async () => {
        const url = await fresh();
        return (worker, of) => postgresWorker(url, { worker, of });
      }),
  },
} as const;
