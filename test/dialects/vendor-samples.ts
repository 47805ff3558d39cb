/** The vendors' dialects with their samples, for the dialect contract. One line a vendor. */
import type { Signal } from '../../schemas/signal.ts';
import type { DialectSample } from './dialect.contract.ts';
import { amazonConnectSamples } from './amazon-connect-samples.ts';
import { genesysSamples } from './genesys-samples.ts';
import { githubSamples } from './github-samples.ts';
import { twilioSamples } from './twilio-samples.ts';
import { dialectOf } from './vendors.ts';

const sample =
  (name: string, good: readonly Signal[], options: object = {}) =>
  (): DialectSample => ({ dialect: dialectOf(name, options), good });

export const VENDOR_SAMPLES: Readonly<Record<string, () => DialectSample>> = {
  'amazon-connect': sample('amazon-connect', amazonConnectSamples),
  genesys: sample('genesys', genesysSamples),
  github: sample('github', githubSamples),
  twilio: sample('twilio', twilioSamples),
};
