/** The dialects: the languages that Tickmark reads. One file or folder each, enrolled here and in the dialect contract. */
import { chatwoot } from './chatwoot.ts';
import { github } from './github.ts';
import { jira } from './jira.ts';
import type { AnyVendor } from './reading/vendor.ts';
import { servicenow } from './servicenow/index.ts';
import { zammad } from './zammad.ts';
import { zendesk } from './zendesk/index.ts';

/** Each is made ready by the options of a source. */
const VENDORS: readonly AnyVendor[] = [chatwoot, github, jira, servicenow, zammad, zendesk];

export const vendors: ReadonlyMap<string, AnyVendor> = new Map(VENDORS.map((one) => [one.name, one]));

/** `tickmark` is ready as it is; `eventlog` is made from a mapping by `compileMapping`. */
export const dialectNames: readonly string[] = ['eventlog', 'tickmark', ...vendors.keys()];
