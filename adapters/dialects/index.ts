/** The dialects: the languages that Tickmark reads. One file or folder each, enrolled here and in the dialect contract. */
import { amazonConnect } from './amazon-connect/index.ts';
import { genesys } from './genesys/index.ts';
import { github } from './github.ts';
import type { AnyVendor } from './reading/vendor.ts';
import { twilio } from './twilio/index.ts';

/** Each is made ready by the options of a source. */
const VENDORS: readonly AnyVendor[] = [amazonConnect, genesys, github, twilio];

export const vendors: ReadonlyMap<string, AnyVendor> = new Map(VENDORS.map((one) => [one.name, one]));

/** `tickmark` is ready as it is; `eventlog` is made from a mapping by `compileMapping`. */
export const dialectNames: readonly string[] = ['eventlog', 'tickmark', ...vendors.keys()];
