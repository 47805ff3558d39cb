/** Every store that needs a server, by the suite that it must pass and the folder that it lives in. */
import { kurrentdbDeadLetters, kurrentdbEventLog } from '../../adapters/stores/kurrentdb/index.ts';
import { deadLettersContract } from './dead-letters.contract.ts';
import { type Divergences, eventLogContract } from './event-log.contract.ts';

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

type OnServer = Readonly<Record<string, (server: Shared) => void>>;

export const ON_SERVERS: Readonly<Record<string, OnServer>> = {
  'event-log': {
    kurrentdb: ({ name, connectionString }) =>
      eventLogContract(
        name,
        () => {
          const namespace = freshNamespace();
          return { open: () => kurrentdbEventLog(connectionString(), { namespace }) };
        },
        ONE_STREAM_AT_A_TIME,
      ),
  },
  'dead-letters': {
    kurrentdb: ({ name, connectionString }) =>
      deadLettersContract(name, () =>
        kurrentdbDeadLetters(connectionString(), { namespace: freshNamespace() }),
      ),
  },
};
