/** The event log on KurrentDB. */
import type { EventLog, StopSignal } from '../../../projections/ports.ts';
import { checkPaging, PAGE_SIZE } from '../pages.ts';
import { type Access, openAccess } from './access.ts';
import { asTheyCome, upToNow } from './all.ts';
import { appender } from './append.ts';
import { KurrentdbFailure } from './failure.ts';
import type { KurrentdbOptions } from './options.ts';
import { answeredWithin } from './patience.ts';
import { lastOfAll, recordsOf } from './read.ts';
import { storedEventOf } from './recorded.ts';
import { eventStreamName } from './stream-name.ts';

export interface KurrentdbEventLog extends EventLog {
  /** The version of the server, in its own words: it answers, and the user may read $all. Rejects within the time-out. */
  ping(): Promise<string>;
}

/** Aborts when one of them does; `release` must follow. */
const either = (one: StopSignal, other: StopSignal): { signal: StopSignal; release(): void } => {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const release = (): void => {
    for (const signal of [one, other]) signal.removeEventListener('abort', abort);
  };
  for (const signal of [one, other]) signal.addEventListener('abort', abort);
  if (one.aborted || other.aborted) abort();
  return { signal: controller.signal, release };
};

/** Ends well when it is stopped, whatever it is doing then. */
async function* untilStopped<Page>(
  access: Access,
  stop: StopSignal,
  pages: (access: Access) => AsyncIterable<Page>,
): AsyncGenerator<Page> {
  const { signal, release } = either(stop, access.closing);
  try {
    if (!signal.aborted) yield* pages({ ...access, closing: signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    release();
  }
}

/** Keeps what is running, so that somebody can wait for it. */
const running = () => {
  const all = new Set<Promise<unknown>>();
  return {
    add: <Result>(work: Promise<Result>): Promise<Result> => {
      all.add(work);
      const leave = (): void => void all.delete(work);
      work.then(leave, leave);
      return work;
    },
    settled: async (): Promise<void> => void (await Promise.allSettled(all)),
  };
};

const withPatience = (access: Access, patienceMs: number): Access => ({
  ...access,
  settings: { ...access.settings, patienceMs },
});

const ping = async (access: Access): Promise<string> => {
  await lastOfAll(withPatience(access, 0));
  // Not public; the only place where the server says its version.
  const { serverVersion } = await answeredWithin(
    access.settings.timeoutMs,
    access.connection.reads['capabilities'],
  );
  return serverVersion;
};

/** `connectionString`: `esdb://user:password@host:2113?tls=true`. Nothing is asked of the server until the first verb. */
export const kurrentdbEventLog = async (
  connectionString: string,
  options: KurrentdbOptions = {},
): Promise<KurrentdbEventLog> => {
  const access = await openAccess(connectionString, options);
  const append = appender(access);
  const [appends, ends] = [running(), running()];
  const checkOpen = (): void => {
    if (access.closing.aborted) throw new KurrentdbFailure('closed', 'the event log is closed');
  };
  return {
    append: async (streams) => {
      checkOpen();
      // A reading that was begun before ends before this.
      await ends.settled();
      return appends.add(append(streams));
    },
    readStream: async (stream) => {
      checkOpen();
      const records = await recordsOf(access, eventStreamName(access.settings.namespace, stream));
      return records.flatMap((record) => storedEventOf(stream, record) ?? []);
    },
    readAll: (from, pageSize = PAGE_SIZE) => {
      checkPaging(from, pageSize);
      checkOpen();
      const end = ends.add(lastOfAll(access));
      return (async function* () {
        yield* upToNow(access, { from, pageSize, last: await end });
      })();
    },
    subscribe: (from, signal, pageSize = PAGE_SIZE) => {
      checkPaging(from, pageSize);
      return untilStopped(withPatience(access, Infinity), signal, (reading) =>
        asTheyCome(reading, { from, pageSize }),
      );
    },
    ping: () => ping(access),
    close: () => access.close(appends.settled),
  };
};
