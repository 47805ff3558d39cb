/**
 * The connection of this process to one server: one client that only appends, one that only reads.
 *
 * The client keeps the appends of all its instances in one place: an error of one rejects the appends of the others, and
 * their later answers end the process. So a process appends to one server at a time, by one client, which does nothing
 * else, and a new one is made only when the former is gone.
 */
import { EventStoreDBClient } from '@eventstore/db-client';
import { checkConnectionString, redacted } from './connection-string.ts';
import { KurrentdbFailure } from './failure.ts';
import { answeredWithin } from './patience.ts';

export interface Connection {
  readonly reads: EventStoreDBClient;
  appends(): Promise<EventStoreDBClient>;
  /** Puts a new client in the place of one that is stuck: it keeps some of its failures for ever. */
  renewAppends(failed: EventStoreDBClient): void;
  /** The last one to release it ends it. */
  release(): Promise<void>;
}

/** A call that the server has ended is never done for the client, and would be waited for without end. */
const GOODBYE_MS = 1_000;

/** Ends the calls of a client and its sockets. `getChannel` is not public: without it the sockets stay for half an hour. */
const end = async (client: EventStoreDBClient): Promise<void> => {
  await answeredWithin(GOODBYE_MS, client.dispose()).catch(() => undefined);
  const closed = client['getChannel']().then((channel) => channel.close());
  await answeredWithin(GOODBYE_MS, closed).catch(() => undefined);
};

const openClient = (connectionString: string): EventStoreDBClient => {
  checkConnectionString(connectionString);
  try {
    return EventStoreDBClient.connectionString(connectionString);
  } catch {
    // What the client says holds the string.
    throw new KurrentdbFailure('bad-connection-string', 'the connection string of KurrentDB cannot be read');
  }
};

interface Shared extends Omit<Connection, 'release'> {
  readonly connectionString: string;
  users: number;
  end(): Promise<void>;
}

const open = (connectionString: string): Shared => {
  const reads = openClient(connectionString);
  let appends = Promise.resolve(openClient(connectionString));
  let current: EventStoreDBClient | undefined;
  return {
    connectionString,
    users: 0,
    reads,
    appends: async () => (current = await appends),
    renewAppends: (failed) => {
      if (failed !== current) return;
      current = undefined;
      appends = end(failed).then(() => openClient(connectionString));
    },
    end: async () => {
      await Promise.all([end(reads), appends.then(end)]);
    },
  };
};

let shared: Shared | undefined;
/** A new client waits for it. */
let ending: Promise<void> = Promise.resolve();

/** Everybody who asks for the same server gets the same connection. */
export const connect = async (connectionString: string): Promise<Connection> => {
  await ending;
  shared ??= open(connectionString);
  const mine = shared;
  if (mine.connectionString !== connectionString)
    throw new KurrentdbFailure(
      'second-server',
      `this process appends to ${redacted(mine.connectionString)} already; close that log first`,
    );
  mine.users += 1;
  let released = false;
  return {
    reads: mine.reads,
    appends: mine.appends,
    renewAppends: mine.renewAppends,
    release: async () => {
      if (released) return ending;
      released = true;
      mine.users -= 1;
      if (mine.users === 0) {
        shared = undefined;
        ending = mine.end();
      }
      return ending;
    },
  };
};
