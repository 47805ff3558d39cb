/** The vendors' dialects with their samples, for the dialect contract. One line a vendor. */
import type { Signal } from '../../schemas/signal.ts';
import { amazonConnectSamples } from './amazon-connect-samples.ts';
import { asteriskSamples } from './asterisk-samples.ts';
import { calendarSamples } from './calendar-samples.ts';
import { chatwootSamples } from './chatwoot-samples.ts';
import type { DialectSample } from './dialect.contract.ts';
import { freeswitchSamples } from './freeswitch-samples.ts';
import { freshdeskSamples } from './freshdesk-samples.ts';
import { genesysSamples } from './genesys-samples.ts';
import { githubSamples } from './github-samples.ts';
import { hubspotSamples } from './hubspot-samples.ts';
import { intercomSamples } from './intercom-samples.ts';
import { jiraSamples } from './jira-samples.ts';
import { salesforceSamples } from './salesforce-samples.ts';
import { servicenowSamples } from './servicenow-samples.ts';
import { twilioSamples } from './twilio-samples.ts';
import { dialectOf } from './vendors.ts';
import { zammadSamples } from './zammad-samples.ts';
import { zendeskSamples } from './zendesk-samples.ts';

const sample =
  (name: string, good: readonly Signal[], options: object = {}) =>
  (): DialectSample => ({ dialect: dialectOf(name, options), good });

export const VENDOR_SAMPLES: Readonly<Record<string, () => DialectSample>> = {
  'amazon-connect': sample('amazon-connect', amazonConnectSamples),
  asterisk: sample('asterisk', asteriskSamples),
  calendar: sample('calendar', calendarSamples, { owner: 'ana@example.com' }),
  chatwoot: sample('chatwoot', chatwootSamples),
  freeswitch: sample('freeswitch', freeswitchSamples),
  freshdesk: sample('freshdesk', freshdeskSamples),
  genesys: sample('genesys', genesysSamples),
  github: sample('github', githubSamples),
  hubspot: sample('hubspot', hubspotSamples),
  intercom: sample('intercom', intercomSamples),
  jira: sample('jira', jiraSamples),
  salesforce: sample('salesforce', salesforceSamples),
  servicenow: sample('servicenow', servicenowSamples),
  twilio: sample('twilio', twilioSamples),
  zammad: sample('zammad', zammadSamples),
  zendesk: sample('zendesk', zendeskSamples),
};
