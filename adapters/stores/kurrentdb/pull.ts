/**
 * Reading what the client streams at the reader's own pace: nothing is taken before it is asked for, so that a slow reader
 * holds back the server and not the memory.
 */
export interface Pull<Item> {
  /**
   * What has arrived, at most so much. Empty when nothing came for `waitMs` or until somebody nudged. Undefined when it has
   * ended well; it rejects when it has ended badly, after everything that arrived before.
   */
  take(most: number, waitMs: number): Promise<readonly Item[] | undefined>;
  /** Ends the waiting of `take`. */
  nudge(): void;
  /** Stops the server too. */
  stop(): void;
}

/** What the client's readings and subscriptions have in common; they end by different names. */
interface ClientStream {
  read(): unknown;
  destroy(): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  on(event: 'readable', listener: () => void): unknown;
  cancel?(): Promise<void>;
  unsubscribe?(): Promise<void>;
}

const stopped = async (stream: ClientStream): Promise<void> => {
  await (stream.unsubscribe?.() ?? stream.cancel?.());
  stream.destroy();
};

const drained = <Item>(stream: ClientStream, most: number): readonly Item[] => {
  const items: Item[] = [];
  while (items.length < most) {
    const item: unknown = stream.read();
    if (item === null) break;
    items.push(item as Item);
  }
  return items;
};

export const pulling = <Item>(stream: ClientStream): Pull<Item> => {
  let failed: { readonly error: unknown } | undefined;
  let ended = false;
  let nudged = false;
  let wake = (): void => undefined;
  // The client reports errors without ending the stream: the listener stays, or a late one would end the process.
  stream.on('error', (error) => {
    failed ??= { error };
    wake();
  });
  stream.on('end', () => {
    ended = true;
    wake();
  });
  stream.on('close', () => {
    ended = true;
    wake();
  });
  stream.on('readable', () => wake());
  /** Whether something happened in time. */
  const woken = (waitMs: number): Promise<boolean> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), waitMs);
      wake = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  return {
    take: async (most, waitMs) => {
      for (let inTime = true; ; inTime = await woken(waitMs)) {
        const items = drained<Item>(stream, most);
        if (items.length > 0) return items;
        if (failed) throw failed.error;
        if (ended) return undefined;
        if (inTime && !nudged) continue;
        nudged = false;
        return [];
      }
    },
    nudge: () => {
      nudged = true;
      wake();
    },
    stop: () => void stopped(stream).catch(() => undefined),
  };
};
