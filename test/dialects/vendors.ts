/** A vendor's dialect by its name, ready with the options that the test cares about. */
import { vendors } from '../../adapters/dialects/index.ts';
import type { Dialect } from '../../schemas/signal.ts';
import { ZONES } from './signals.ts';

export const dialectOf = (name: string, options: object = {}): Dialect => {
  const vendor = vendors.get(name);
  if (!vendor) throw new Error(`no vendor ${name}`);
  return vendor.open(options, ZONES);
};
