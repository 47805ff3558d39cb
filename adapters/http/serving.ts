/** What the HTTP door serves: a process whose stores may not be open yet, or not any more. */
import type { IncomingHttpHeaders } from 'node:http';
import type { InstantMs } from '../../schemas/brand.ts';
import type { ApiKeys } from './api-keys.ts';
import type { Webhooks } from '../carriers/http/webhooks.ts';
import type { Arrival } from '../intake.ts';
import type { Clock } from '../serve/clock.ts';
import type { Readiness } from '../serve/readiness.ts';
import type { Roles } from '../serve/roles.ts';
import type { Station } from '../serve/station.ts';
import type { Rate } from './rate-limit.ts';

/** The body of a request, as bytes and how they are cut into signals. */
export interface Delivery {
  readonly bytes: Buffer;
  /** `binary`: one event, its attributes in the headers and its data in the body. */
  readonly format: 'whole' | 'lines' | 'binary';
  readonly headers?: IncomingHttpHeaders;
  readonly receivedAt: InstantMs;
}

/** The doors of the sources that come in by HTTP, and how often they may be knocked at. */
export interface SignalDoors {
  readonly webhooks: Webhooks;
  readonly clock: Pick<Clock, 'elapsedMs'>;
  readonly perAddress?: Rate;
  readonly perSource?: Rate;
}

export interface Serving {
  readonly roles: Roles;
  /** Whether requests may be meant for any host name; otherwise only for this machine's own. */
  readonly isExposed: boolean;
  /** The keys of which a request needs one; nobody needs any where there are none. */
  readonly keys: ApiKeys;
  /** Undefined until the stores are open, and when the process is about to end. */
  station(): Station | undefined;
  readiness(): Promise<Readiness>;
  readEvents(delivery: Delivery): readonly Arrival[];
  now(): InstantMs;
  /** Absent where no sources are configured. */
  readonly signals?: SignalDoors;
}
