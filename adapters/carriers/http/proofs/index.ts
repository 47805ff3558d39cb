/** The schemes by which senders prove themselves, one file each. Pure: no clock, no memory; what they need is passed in. */
import type { Proof } from '../../../../schemas/source.ts';
import { chatwoot } from './chatwoot.ts';
import { github } from './github.ts';
import { hubspot } from './hubspot.ts';
import { intercom } from './intercom.ts';
import { jira } from './jira.ts';
import type { Scheme } from './scheme.ts';
import { sharedSecret } from './shared-secret.ts';
import { standardWebhooks } from './standard-webhooks.ts';
import { twilio } from './twilio.ts';
import { zammad } from './zammad.ts';
import { zendesk } from './zendesk.ts';

export const SCHEMES: Readonly<Record<Proof, Scheme>> = {
  chatwoot,
  github,
  hubspot,
  intercom,
  jira,
  'shared-secret': sharedSecret,
  'standard-webhooks': standardWebhooks,
  twilio,
  zammad,
  zendesk,
};
