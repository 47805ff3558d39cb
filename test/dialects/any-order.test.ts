/**
 * Law: what a source says gives the same records in whatever order it is delivered, three times over, and however the
 * delivery is cut by restarts. Every vendor's messages, those of the scripted day among them.
 */
import { describe, expect, it } from 'vitest';
import type { Signal } from '../../schemas/signal.ts';
import * as amazonConnect from './amazon-connect-samples.ts';
import { expectSameInAnyOrder } from './any-order.ts';
import * as asterisk from './asterisk-samples.ts';
import * as chatwoot from './chatwoot-samples.ts';
import * as freeswitch from './freeswitch-samples.ts';
import * as freshdesk from './freshdesk-samples.ts';
import * as genesys from './genesys-samples.ts';
import * as github from './github-samples.ts';
import * as hubspot from './hubspot-samples.ts';
import * as intercom from './intercom-samples.ts';
import * as jira from './jira-samples.ts';
import * as salesforce from './salesforce-samples.ts';
import * as servicenow from './servicenow-samples.ts';
import * as twilio from './twilio-samples.ts';
import { VENDOR_SAMPLES } from './vendor-samples.ts';
import { dialectOf } from './vendors.ts';
import * as zammad from './zammad-samples.ts';
import * as zendesk from './zendesk-samples.ts';

const START_MS = Date.UTC(2026, 2, 2, 9);

/** The scripted call or ticket of those that tell one. */
const SCRIPTED: Readonly<Record<string, readonly Signal[]>> = {
  'amazon-connect': amazonConnect.scriptedCall(START_MS),
  asterisk: asterisk.scriptedCall(START_MS),
  chatwoot: chatwoot.scriptedTicket(START_MS),
  freeswitch: freeswitch.scriptedCall(START_MS),
  freshdesk: freshdesk.scriptedTicket(START_MS),
  genesys: genesys.scriptedCall(START_MS),
  github: github.scriptedTicket(START_MS),
  hubspot: hubspot.scriptedTicket(START_MS),
  intercom: intercom.scriptedTicket(START_MS),
  jira: jira.scriptedTicket(START_MS),
  salesforce: salesforce.scriptedTicket(START_MS),
  servicenow: servicenow.scriptedTicket(START_MS),
  twilio: twilio.scriptedCall(START_MS),
  zammad: zammad.scriptedTicket(START_MS),
  zendesk: zendesk.scriptedTicket(START_MS),
};

describe('in any order, three times over, and cut by restarts', () => {
  it.each(Object.entries(VENDOR_SAMPLES))('each kind of message of %s', async (_, make) => {
    const { dialect, good } = make();
    await expectSameInAnyOrder(dialect, good);
  });

  it.each(Object.entries(SCRIPTED))('the scripted day of %s', async (name, signals) => {
    await expectSameInAnyOrder(dialectOf(name), signals);
  });
});

it('every vendor has a scripted day, but for calendars, which see nothing happen', () => {
  expect(Object.keys(SCRIPTED)).toEqual(Object.keys(VENDOR_SAMPLES).filter((name) => name !== 'calendar'));
});
