/** The vendors' dialects with their samples, for the dialect contract. One line a vendor. */
import type { Signal } from '../../schemas/signal.ts';
import { chatwootSamples } from './chatwoot-samples.ts';
import type { DialectSample } from './dialect.contract.ts';
import { githubSamples } from './github-samples.ts';
import { jiraSamples } from './jira-samples.ts';
import { servicenowSamples } from './servicenow-samples.ts';
import { dialectOf } from './vendors.ts';
import { zammadSamples } from './zammad-samples.ts';
import { zendeskSamples } from './zendesk-samples.ts';

const sample =
  (name: string, good: readonly Signal[], options: object = {}) =>
  (): DialectSample => ({ dialect: dialectOf(name, options), good });

export const VENDOR_SAMPLES: Readonly<Record<string, () => DialectSample>> = {
  chatwoot: sample('chatwoot', chatwootSamples),
  github: sample('github', githubSamples),
  jira: sample('jira', jiraSamples),
  servicenow: sample('servicenow', servicenowSamples),
  zammad: sample('zammad', zammadSamples),
  zendesk: sample('zendesk', zendeskSamples),
};
