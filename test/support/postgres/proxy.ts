/** A network that can fail: stands between a program and its server, and cuts the line when it is told to. */
import { type Socket, connect, createServer } from 'node:net';
import { once } from 'node:events';

export interface Proxy {
  /** The address of the same database by way of the proxy. */
  readonly url: string;
  /**
   * Cuts the line once, when a message to the server contains `text`: before the server gets it, or when it has
   * answered and nobody has heard the answer.
   */
  cut(text: string, when: 'before' | 'after'): void;
  /** How often it was cut. */
  readonly cuts: number;
  close(): void;
}

const serverOf = (url: string): Socket => {
  const { hostname, port, searchParams } = new URL(url);
  const folder = searchParams.get('host');
  return folder?.startsWith('/')
    ? connect(`${folder}/.s.PGSQL.${port || '5432'}`)
    : connect(Number(port || '5432'), hostname);
};

export const startProxy = async (url: string): Promise<Proxy> => {
  let order: { readonly text: string; readonly when: 'before' | 'after' } | undefined;
  let cuts = 0;
  const lines = new Set<Socket>();
  const listener = createServer((client) => {
    const server = serverOf(url);
    let deaf = false;
    const cut = (): void => {
      for (const socket of [client, server]) socket.destroy();
    };
    for (const socket of [client, server]) {
      lines.add(socket);
      socket.on('error', cut).on('close', () => lines.delete(socket));
    }
    client.on('end', () => server.end());
    server.on('end', () => client.end());
    client.on('data', (data) => {
      if (order && data.includes(order.text)) {
        cuts += 1;
        const { when } = order;
        order = undefined;
        if (when === 'before') return cut();
        deaf = true;
      }
      server.write(data);
    });
    server.on('data', (data) => (deaf ? cut() : client.write(data)));
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  const through = new URL(url);
  through.host = `127.0.0.1:${address.port}`;
  through.searchParams.delete('host');
  return {
    url: through.href,
    cut: (text, when) => {
      order = { text, when };
    },
    get cuts() {
      return cuts;
    },
    close: () => {
      listener.close();
      for (const socket of lines) socket.destroy();
    },
  };
};
