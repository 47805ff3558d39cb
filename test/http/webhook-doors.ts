/** Doors of sources for tests: GitHub, some that show a secret, and Twilio, over a station in memory. */
import { createHmac } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { openWebhooks } from '../../adapters/carriers/http/webhooks.ts';
import { byName, bySource } from '../../adapters/dialect-of.ts';
import { vendors } from '../../adapters/dialects/index.ts';
import { openHttp } from '../../adapters/http/server.ts';
import type { SignalDoors } from '../../adapters/http/serving.ts';
import { openLogger, type Logger } from '../../adapters/logger.ts';
import { DOORS } from '../../adapters/main.ts';
import { readRoles } from '../../adapters/serve/roles.ts';
import { readinessOf } from '../../adapters/serve/readiness.ts';
import type { OpenSource, Sources, WebhookDoor } from '../../adapters/sources.ts';
import { type InstantMs, instantMs } from '../../schemas/brand.ts';
import type { Proof } from '../../schemas/source.ts';
import { ZONES, mappingOf } from '../dialects/signals.ts';
import { heldClock } from '../serve/held-clock.ts';
import { type StationRoom, stationRoom } from '../serve/room.ts';

export const SECRET = 'a-secret-of-a-test';
export const TWILIO_URL = 'https://hooks.example/signals/pbx';

const doorOf = (proof: Proof, url?: string): WebhookDoor => ({
  proof,
  secretNames: ['SECRET'],
  url,
  header: 'X-Tickmark-Secret',
  toleranceMs: 300_000,
});

const sourceOf = (name: string, dialect: string, webhook: WebhookDoor): OpenSource => ({
  name,
  dialect: vendors.get(dialect)?.open({}, ZONES) ?? DOORS.tickmark,
  format: 'ndjson',
  keepDuplicates: false,
  system: undefined,
  webhook,
  kafka: undefined,
});

/** A system that nobody has written a dialect for: deliveries of many messages, told apart by a header. */
const CRM = mappingOf({
  format: 'json',
  each: 'events',
  id: ['header.x-delivery', 'nr'],
  subject: { kind: 'ticket', id: 'ticket' },
  times: { at: { column: 'at', format: 'iso' } },
  rows: [{ events: [{ type: 'TicketOpened', at: 'at', actor: '^.sender.name' }] }],
});

export const SOURCES: Sources = new Map(
  [
    { ...sourceOf('crm', 'mapping', doorOf('shared-secret')), dialect: DOORS.eventlog(CRM) },
    sourceOf('code', 'github', doorOf('github')),
    sourceOf('own', 'tickmark', doorOf('shared-secret')),
    sourceOf('pbx', 'tickmark', doorOf('twilio', TWILIO_URL)),
    sourceOf('desk', 'tickmark', doorOf('zendesk')),
  ].map((source) => [source.name, source]),
);

export interface WebhookRoom {
  readonly room: StationRoom;
  readonly app: FastifyInstance;
  readonly clock: ReturnType<typeof heldClock>;
  /** What the process logged at info. */
  readonly logged: object[];
  /** Sets the clock of the wall. */
  at(ms: number): void;
  close(): Promise<void>;
}

export const NOON = Date.UTC(2026, 2, 2, 12);

export const webhookRoom = async (
  how: Parameters<typeof stationRoom>[0] = undefined,
  limits: Partial<SignalDoors> = {},
): Promise<WebhookRoom> => {
  const room = await stationRoom(how, { dialectOf: bySource(SOURCES, byName(DOORS.tickmark)) });
  const clock = heldClock();
  const logged: object[] = [];
  let now: InstantMs = instantMs(NOON);
  const silent = openLogger('silent');
  const logger: Logger = {
    ...silent,
    info: (fields) => void logged.push(fields),
    debug: () => undefined,
    warn: () => undefined,
  };
  const app = openHttp(
    {
      roles: readRoles(undefined),
      isExposed: false,
      keys: [],
      station: () => room.station,
      readiness: async () => readinessOf(await room.station.checks()),
      readEvents: DOORS.readDelivery,
      now: () => now,
      signals: { webhooks: openWebhooks(SOURCES, { SECRET }), clock, ...limits },
    },
    logger,
  );
  return {
    room,
    app,
    clock,
    logged,
    at: (ms) => (now = instantMs(ms)),
    close: async () => {
      await app.close();
      await room.close();
    },
  };
};

export const githubSignature = (body: string | Buffer, secret = SECRET): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
