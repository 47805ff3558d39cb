/** Slow clients: sockets that send a request a byte at a time, and never come to its end. */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** `headers` never end; after headers that did, `body` never does. */
export type Dribbled = 'headers' | 'body';

const BODY_HEAD = [
  'POST /events HTTP/1.1',
  'host: localhost',
  'content-type: application/x-ndjson',
  'content-length: 100000',
  '',
  '',
].join('\r\n');

const FIRST: Readonly<Record<Dribbled, string>> = {
  headers: 'GET /healthz HTTP/1.1\r\nhost: localhost\r\nx-slow: ',
  body: BODY_HEAD,
};

/** Sends on until the server has closed the connection, or the signal aborts; answers what the server said. */
const dribble = (url: string, what: Dribbled, everyMs: number, signal: AbortSignal): Promise<string> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(url);
    let said = '';
    const socket = connect(Number(port), hostname, () => socket.write(FIRST[what]));
    const timer = setInterval(() => socket.write('a'), everyMs);
    const end = (): void => void socket.destroy();
    signal.addEventListener('abort', end, { once: true });
    socket.setEncoding('utf8').on('data', (text: string) => (said += text));
    // A byte that was under way when the server closed.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(timer);
      signal.removeEventListener('abort', end);
      resolve(said);
    });
  });

export interface Slow {
  /** How many connections the server has ended, by the first line of what it said. */
  readonly ended: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

/** Holds so many open, half of each kind; one that the server ends is opened anew. */
export const holdOpen = (url: string, sockets: number, everyMs = 100): Slow => {
  const over = new AbortController();
  const ended = new Map<string, number>();
  const hold = async (number: number): Promise<void> => {
    while (!over.signal.aborted) {
      const said = await dribble(url, number % 2 === 0 ? 'headers' : 'body', everyMs, over.signal);
      const [line = ''] = said.split('\r\n', 1);
      if (!over.signal.aborted) ended.set(line, (ended.get(line) ?? 0) + 1);
      // Refused at once: as good as none.
      if (said === '') await sleep(everyMs);
    }
  };
  const held = Array.from({ length: sockets }, (_, number) => hold(number));
  return {
    ended,
    stop: async () => {
      over.abort();
      await Promise.all(held);
    },
  };
};
