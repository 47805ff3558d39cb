/** The vendors' dialects with their samples, for the dialect contract. One line a vendor. */
import type { Signal } from '../../schemas/signal.ts';
import type { DialectSample } from './dialect.contract.ts';
import { asteriskSamples } from './asterisk-samples.ts';
import { freeswitchSamples } from './freeswitch-samples.ts';
import { githubSamples } from './github-samples.ts';
import { dialectOf } from './vendors.ts';

const sample =
  (name: string, good: readonly Signal[], options: object = {}) =>
  (): DialectSample => ({ dialect: dialectOf(name, options), good });

export const VENDOR_SAMPLES: Readonly<Record<string, () => DialectSample>> = {
  asterisk: sample('asterisk', asteriskSamples),
  freeswitch: sample('freeswitch', freeswitchSamples),
  github: sample('github', githubSamples),
};
