/** The dialects: the languages that Tickmark reads. One file or folder each, enrolled here and in the dialect contract. */
import { amazonConnect } from './amazon-connect/index.ts';
import { asterisk } from './asterisk/index.ts';
import { calendar } from './calendar.ts';
import { chatwoot } from './chatwoot.ts';
import { freeswitch } from './freeswitch/index.ts';
import { freshdesk } from './freshdesk.ts';
import { genesys } from './genesys/index.ts';
import { github } from './github.ts';
import { hubspot } from './hubspot.ts';
import { intercom } from './intercom.ts';
import { jira } from './jira.ts';
import { salesforce } from './salesforce.ts';
import { servicenow } from './servicenow/index.ts';
import { twilio } from './twilio/index.ts';
import { zammad } from './zammad.ts';
import { zendesk } from './zendesk/index.ts';
import type { AnyVendor } from './reading/vendor.ts';

/** Each is made ready by the options of a source. */
const VENDORS: readonly AnyVendor[] = [
  amazonConnect,
  asterisk,
  calendar,
  chatwoot,
  freeswitch,
  freshdesk,
  genesys,
  github,
  hubspot,
  intercom,
  jira,
  salesforce,
  servicenow,
  twilio,
  zammad,
  zendesk,
];

export const vendors: ReadonlyMap<string, AnyVendor> = new Map(VENDORS.map((one) => [one.name, one]));

/** `tickmark` is ready as it is; `eventlog` is made from a mapping by `compileMapping`. */
export const dialectNames: readonly string[] = ['eventlog', 'tickmark', ...vendors.keys()];
