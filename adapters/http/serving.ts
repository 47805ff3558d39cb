/** What the HTTP door serves: a process whose stores may not be open yet, or not any more. */
import type { InstantMs } from '../../schemas/brand.ts';
import type { ApiKeys } from './api-keys.ts';
import type { Arrival } from '../intake.ts';
import type { Readiness } from '../serve/readiness.ts';
import type { Roles } from '../serve/roles.ts';
import type { Station } from '../serve/station.ts';

/** The body of a request, as bytes and how they are cut into signals. */
export interface Delivery {
  readonly bytes: Buffer;
  readonly format: 'whole' | 'lines';
  readonly receivedAt: InstantMs;
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
}
