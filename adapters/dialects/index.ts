/** The dialects: the languages that Tickmark reads. One file or folder each, enrolled here and in the dialect contract. */
import { asterisk } from './asterisk/index.ts';
import { calendar } from './calendar.ts';
import { freeswitch } from './freeswitch/index.ts';
import { freshdesk } from './freshdesk.ts';
import { github } from './github.ts';
import { hubspot } from './hubspot.ts';
import { intercom } from './intercom.ts';
import type { AnyVendor } from './reading/vendor.ts';
import { salesforce } from './salesforce.ts';

/** Each is made ready by the options of a source. */
const VENDORS: readonly AnyVendor[] = [
  asterisk,
  calendar,
  freeswitch,
  freshdesk,
  github,
  hubspot,
  intercom,
  salesforce,
];

export const vendors: ReadonlyMap<string, AnyVendor> = new Map(VENDORS.map((one) => [one.name, one]));

/** `tickmark` is ready as it is; `eventlog` is made from a mapping by `compileMapping`. */
export const dialectNames: readonly string[] = ['eventlog', 'tickmark', ...vendors.keys()];
