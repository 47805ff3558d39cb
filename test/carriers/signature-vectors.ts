/** Signed requests with their signatures: from the public documents of the vendors, or made outside of this program. */
import type { Proof } from '../../schemas/source.ts';

export interface Vector {
  readonly name: string;
  readonly scheme: Proof;
  readonly secret: string;
  /** Where the signature is from. */
  readonly source: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The moment of the signature, where one is signed. */
  readonly nowMs?: number;
}

export const VECTORS: readonly Vector[] = [
  {
    name: 'a form of Twilio',
    scheme: 'twilio',
    secret: '12345',
    source: 'Twilio security docs; twilio-php/-csharp RequestValidator tests',
    method: 'POST',
    url: 'https://mycompany.com/myapp.php?foo=1&bar=2',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': 'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
    },
    body: 'CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212',
  },
  {
    name: 'a form of Twilio with a field three times',
    scheme: 'twilio',
    secret: '12345',
    source: 'Twilio SDK tests: repeated params are de-duplicated and value-sorted',
    method: 'POST',
    url: 'https://mycompany.com/myapp.php?foo=1&bar=2',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': 'IK+Dwps556ElfBT0I3Rgjkr1wJU=',
    },
    body: 'Sid=CA123&SidAccount=AC123&Digits=5678&Digits=1234&Digits=1234',
  },
  {
    name: 'JSON of Twilio',
    scheme: 'twilio',
    secret: '12345',
    source:
      'Twilio SDK tests: JSON body -> ?bodySHA256=hex is part of the URL; twilio-php RequestValidatorTest bodyHash 0a1ff763...',
    method: 'POST',
    url: 'https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620',
    headers: {
      'content-type': 'application/json',
      'x-twilio-signature': 'a9nBmqA0ju/hNViExpshrM61xv4=',
    },
    body: '{"property": "value", "boolean": true}',
  },
  {
    name: 'Zendesk',
    scheme: 'zendesk',
    secret: 'dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==',
    source:
      'aaronellington/zendesk-go@dfeda33 zendesk tests (the secret is used as ASCII text, NOT base64-decoded; body includes the trailing newline and tabs)',
    method: 'POST',
    url: 'https://tickmark.example/signals/one',
    headers: {
      'x-zendesk-webhook-signature': '10IqYzYTLHRftNsNE+im0DeOM6/JactIRuy0XCHJ9B8=',
      'x-zendesk-webhook-signature-timestamp': '1234',
    },
    body: '{\n\t"type": "zen:event-type:user.group_membership_created",\n\t"account_id": 12514403,\n\t"id": "6b9bbadf-5725-4e92-bebe-7b71011bf5f1",\n\t"subject": "zen:user:6596848315901",\n\t"time": "2099-07-04T05:33:18Z",\n\t"zendesk_event_version": "2022-06-20",\n\t"detail": {\n\t\t"created_at": "2099-07-04T05:27:58Z",\n\t\t"default_group_id": "0",\n\t\t"email": "user.name@example.com",\n\t\t"external_id": "",\n\t\t"id": "6596848315901",\n\t\t"organization_id": "0",\n\t\t"role": "end-user",\n\t\t"updated_at": "2099-07-04T05:33:18Z"\n\t},\n\t"event": { "group": { "id": "1" } }\n}\n',
    nowMs: 1234000,
  },
  {
    name: 'Jira',
    scheme: 'jira',
    secret: "It's a Secret to Everybody",
    source: "Atlassian 'Secure admin webhooks' docs",
    method: 'POST',
    url: 'https://tickmark.example/signals/one',
    headers: {
      'x-hub-signature': 'sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9',
    },
    body: 'Hello World!',
  },
  {
    name: 'GitHub',
    scheme: 'github',
    secret: "It's a Secret to Everybody",
    source: "GitHub 'Validating webhook deliveries' docs",
    method: 'POST',
    url: 'https://tickmark.example/signals/one',
    headers: {
      'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    },
    body: 'Hello, World!',
  },
  {
    name: 'HubSpot',
    scheme: 'hubspot',
    secret: '3da21a3d-5964-494c-a638-c56abb76d825',
    source: 'slickteam HubSpot java client HubSpotWebHookSignatureUtilsTest',
    method: 'POST',
    url: 'https://api.beta/webhooks',
    headers: {
      'x-hubspot-signature-v3': 'IirHW2rKOnmjwy3EF7Czp86mGntxQZVDVhKTlGj5jx8=',
      'x-hubspot-request-timestamp': '1704975585199',
    },
    body: '[{"eventId":100,"subscriptionId":2439752,"portalId":8136442,"occurredAt":1704970386905,"subscriptionType":"deal.propertyChange","attemptNumber":0,"objectId":123,"changeSource":"CRM","propertyName":"dealstage","propertyValue":"sample-value"}]',
    nowMs: 1704975585199,
  },
  {
    name: 'Standard Webhooks',
    scheme: 'standard-webhooks',
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    source: 'tests of the libraries of standard-webhooks/standard-webhooks ("sign function works")',
    method: 'POST',
    url: 'https://tickmark.example/signals/one',
    headers: {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    },
    body: '{"test": 2432232314}',
    nowMs: 1614265330000,
  },
  {
    name: 'Chatwoot',
    scheme: 'chatwoot',
    secret: 'chatwoot-key-of-a-test',
    source: 'no public vector: made with hmac of Python 3',
    method: 'POST',
    url: 'https://tickmark.example/signals/one',
    headers: {
      'x-chatwoot-timestamp': '1760000000',
      'x-chatwoot-signature': 'sha256=ed23f292268d2dc0eb6cee62bef03ceb89a3fcd7389b706cf4123c087d0ec128',
    },
    body: '{"event":"conversation_status_changed","id":150}',
    nowMs: 1760000000000,
  },
  {
    name: 'Zammad',
    scheme: 'zammad',
    secret: 'zammad-key-of-a-test',
    source: 'no public vector: made with hmac of Python 3',
    method: 'POST',
    url: 'https://tickmark.example/signals/one',
    headers: {
      'x-hub-signature': 'sha1=e30740134624ea70528ffbcbcc405b7429e57bb0',
      'x-zammad-delivery': 'f3b0',
    },
    body: '{"ticket":{"id":81,"state":"open"},"article":{}}',
  },
  {
    name: 'Intercom',
    scheme: 'intercom',
    secret: 'intercom-client-secret',
    source: 'no public vector: made with hmac of Python 3',
    method: 'POST',
    url: 'https://tickmark.example/signals/one',
    headers: {
      'x-hub-signature': 'sha1=522535af8ae1675b3459df13e15aa7c915c2694f',
    },
    body: '{"type":"notification_event","topic":"ticket.created","id":"notif_1"}',
  },
  {
    name: 'HubSpot with codes in the address',
    scheme: 'hubspot',
    secret: 'hubspot-client-secret',
    source: 'no public vector: made with hmac of Python 3, after the list of developers.hubspot.com',
    method: 'POST',
    url: 'https://tickmark.example/signals/crm?to=a%40b.c&at=1%3A2&x=%20y',
    headers: {
      'x-hubspot-signature-v3': 'LqlO/xY+xzQ12GRLPNG2OkYIjJogP4/02pVJ4eXZ3ZE=',
      'x-hubspot-request-timestamp': '1760000000000',
    },
    body: '[]',
    nowMs: 1760000000000,
  },
  {
    name: 'Zendesk with a time as it sends it',
    scheme: 'zendesk',
    secret: 'zendesk-key-of-a-test',
    source: 'no public vector: made with hmac of Python 3',
    method: 'POST',
    url: 'https://tickmark.example/signals/one',
    headers: {
      'x-zendesk-webhook-signature': 'LkAoNal7DKVKozqE1UjV6qf8pQqiUZ4V4MUc9Oay8FU=',
      'x-zendesk-webhook-signature-timestamp': '2025-10-09T08:53:20Z',
    },
    body: '{"type":"zen:event-type:ticket.created"}',
    nowMs: 1760000000000,
  },
  {
    name: 'a shown secret',
    scheme: 'shared-secret',
    secret: 'shown-in-a-header',
    source: 'nothing is computed',
    method: 'POST',
    url: 'https://tickmark.example/signals/one',
    headers: {
      'x-tickmark-secret': 'shown-in-a-header',
    },
    body: '{"a":1}',
  },
];
