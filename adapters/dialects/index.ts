/** The dialects: the languages that Tickmark reads. One file or folder each, enrolled here and in the dialect contract. */
import { asterisk } from './asterisk/index.ts';
import { freeswitch } from './freeswitch/index.ts';
import { github } from './github.ts';
import type { AnyVendor } from './reading/vendor.ts';

/** Each is made ready by the options of a source. */
const VENDORS: readonly AnyVendor[] = [asterisk, freeswitch, github];

export const vendors: ReadonlyMap<string, AnyVendor> = new Map(VENDORS.map((one) => [one.name, one]));

/** `tickmark` is ready as it is; `eventlog` is made from a mapping by `compileMapping`. */
export const dialectNames: readonly string[] = ['eventlog', 'tickmark', ...vendors.keys()];
