/**
 * A server of bench/webhooks.ts, in a process of its own: `node bench/webhooks/server.ts WAY FOLDER`.
 *
 * Prints its address, and what it used since then when it is told to end.
 */
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type FastifyInstance, fastify } from 'fastify';
import type { StreamAppend } from '../../projections/ports.ts';
import { instantMs } from '../../schemas/brand.ts';
import type { TickmarkEvent } from '../../schemas/event.ts';
import { byName, bySource } from '../../adapters/dialect-of.ts';
import { openHttp } from '../../adapters/http/server.ts';
import { openLogger } from '../../adapters/logger.ts';
import { DOORS } from '../../adapters/main.ts';
import { readRules } from '../../adapters/rule-file.ts';
import { MACHINE } from '../../adapters/serve/effects.ts';
import { notReady } from '../../adapters/serve/readiness.ts';
import type { Roles } from '../../adapters/serve/roles.ts';
import { openStation } from '../../adapters/serve/station.ts';
import type { Sources } from '../../adapters/sources.ts';
import { sqliteEventLog } from '../../adapters/stores/sqlite/index.ts';
import type { Usage } from '../figures.ts';
import { SECRET, wayOf } from './ways.ts';

const [wayName, folder = ''] = process.argv.slice(2);
const RULES = join(import.meta.dirname, '../../rules/standard.yaml');

interface Server {
  readonly app: FastifyInstance;
  close(): Promise<void>;
}

const SOURCES: Sources = new Map([
  [
    'bench',
    {
      name: 'bench',
      dialect: DOORS.tickmark,
      format: 'ndjson',
      keepDuplicates: false,
      system: undefined,
      kafka: undefined,
      webhook: {
        proof: 'standard-webhooks',
        secretNames: ['SECRET'],
        url: undefined,
        header: 'X-Tickmark-Secret',
        toleranceMs: 300_000,
      },
    },
  ],
]);

/** The door and the corridor of `tickmark serve`, without projector: what a signal costs until it is acknowledged. */
const ours = async (): Promise<Server> => {
  const roles: Roles = new Set(['intake'] as const);
  const workspace = await DOORS.openWorkspace({ folder });
  const station = openStation({
    workspace,
    roles,
    dialectOf: bySource(SOURCES, byName(DOORS.tickmark)),
    fallback: await readRules(RULES),
    ...MACHINE,
    onFailure: (_part, error) => {
      throw error;
    },
  });
  const free = { perSecond: 1e6, burst: 1e6 };
  const app = openHttp(
    {
      roles,
      isExposed: false,
      keys: [],
      station: () => station,
      readiness: async () => notReady([], 'a bench'),
      readEvents: DOORS.readDelivery,
      now: () => instantMs(Date.now()),
      signals: {
        webhooks: DOORS.openWebhooks(SOURCES, { SECRET }),
        clock: MACHINE.clock,
        perAddress: free,
        perSource: free,
      },
    },
    openLogger('silent'),
  );
  return {
    app,
    close: async () => {
      await app.close();
      for (const { run } of station.drainSteps) await run();
    },
  };
};

/** Requests in one commit, as many as ours takes. */
const MOST_AT_ONCE = 10;

/** A route that appends what it is given. Requests that wait together are written together, as ours does. */
const bare = async (): Promise<Server> => {
  const log = await sqliteEventLog(join(folder, 'log.db'));
  const waiting: { readonly appends: readonly StreamAppend[]; readonly done: () => void }[] = [];
  let isWriting = false;
  const write = async (): Promise<void> => {
    isWriting = true;
    while (waiting.length > 0) {
      await setImmediate();
      const group = waiting.splice(0, MOST_AT_ONCE);
      await log.append(group.flatMap(({ appends }) => appends));
      for (const { done } of group) done();
    }
    isWriting = false;
  };
  const app = fastify({ bodyLimit: 1024 * 1024 });
  app.post<{ Body: readonly TickmarkEvent[] }>('/events', async ({ body }, reply) => {
    const appends = body.map((event) => ({
      stream: event.subject,
      expected: { at: 'any' as const },
      events: [event],
    }));
    await new Promise<void>((done) => {
      waiting.push({ appends, done });
      if (!isWriting) void write();
    });
    return reply.code(202).send({ appended: body.length });
  });
  return {
    app,
    close: async () => {
      await app.close();
      await log.close();
    },
  };
};

const server = await (wayOf(wayName) === 'bare' ? bare() : ours());
const url = await server.app.listen({ host: '127.0.0.1', port: 0 });
const before = process.cpuUsage();
process.once('SIGTERM', () => {
  const { user, system } = process.cpuUsage(before);
  const { maxRSS } = process.resourceUsage();
  const usage: Usage = { cpuS: (user + system) / 1e6, peakRssMb: maxRSS / 1024 };
  void server.close().then(() => process.stdout.write(`${JSON.stringify(usage)}\n`));
});
process.stdout.write(`${url}\n`);
