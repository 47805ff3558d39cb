/** The HTTP door before a station in memory: for tests of what its routes take and answer. */
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { openHttp } from '../../adapters/http/server.ts';
import type { Serving } from '../../adapters/http/serving.ts';
import { openLogger } from '../../adapters/logger.ts';
import { DOORS } from '../../adapters/main.ts';
import { notReady, readinessOf } from '../../adapters/serve/readiness.ts';
import { readRoles } from '../../adapters/serve/roles.ts';
import type { Station } from '../../adapters/serve/station.ts';
import { instantMs } from '../../schemas/brand.ts';
import { heldClock } from '../serve/held-clock.ts';
import { type StationRoom, stationRoom } from '../serve/room.ts';

export const RECEIVED = instantMs(Date.UTC(2020, 0, 7));

export const BATCH = 'application/cloudevents-batch+json';

/** What a test opens is closed after it: what was opened last comes first. */
export const doors = () => {
  const opened: { close(): Promise<unknown> }[] = [];
  const doorTo = (station: Station | undefined, how: Partial<Serving> = {}): FastifyInstance => {
    const serving: Serving = {
      roles: readRoles(undefined),
      isExposed: false,
      keys: [],
      station: () => station,
      readiness: async () =>
        station ? readinessOf(await station.checks()) : notReady(['log', 'answers'], 'not open'),
      readEvents: DOORS.readDelivery,
      now: () => RECEIVED,
      signals: { webhooks: new Map(), clock: heldClock() },
      ...how,
    };
    const app = openHttp(serving, openLogger('silent'));
    opened.push(app);
    return app;
  };
  const openRoom = async (...how: Parameters<typeof stationRoom>) => {
    const room = await stationRoom(...how);
    opened.push(room);
    return { room, app: doorTo(room.station) };
  };
  const close = async (): Promise<void> => {
    for (const one of opened.splice(0).toReversed()) await one.close();
  };
  return { doorTo, openRoom, close };
};

export const post = (
  app: FastifyInstance,
  body: string | Buffer,
  type: string | undefined = BATCH,
): Promise<LightMyRequestResponse> =>
  app.inject({ method: 'POST', url: '/events', body, headers: { 'content-type': type } });

export const batchOf = (...events: readonly string[]): string => `[${events.join(',')}]`;

export const untilCaughtUp = ({ until, station }: StationRoom, position: number): Promise<void> =>
  until(`position ${position}`, async () => (await station.checks()).projector?.['position'] === position);
