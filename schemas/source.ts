/** The sources: which system speaks which dialect, comes through which door, and proves itself how. `sources.yaml`. */
import { z } from 'zod';
import { ActorId } from './brand.ts';
import { DurationText } from './duration.ts';

/** How the sender of a webhook proves that it is who it says. */
export const PROOFS = [
  'chatwoot',
  'github',
  'hubspot',
  'intercom',
  'jira',
  'shared-secret',
  'standard-webhooks',
  'twilio',
  'zammad',
  'zendesk',
] as const;
export const Proof = z.enum(PROOFS);
export type Proof = z.infer<typeof Proof>;

export const SourceName = z
  .string()
  .regex(
    /^[a-z0-9]+([.-][a-z0-9]+)*$/,
    'a source is named by small letters and digits, joined by dots or dashes',
  )
  .max(60);

/** Secrets never stand in the file: it names the environment variable that holds them. */
export const Secret = z.strictObject(
  {
    env: z
      .string()
      .regex(/^[A-Z][A-Z0-9_]*$/, 'an environment variable is written like ZENDESK_SECRET')
      .describe('the environment variable that holds the secret'),
  },
  // Told without the text, which may be a secret.
  'a secret never stands in the file: name the environment variable that holds it, { env: NAME }',
);
export type Secret = Readonly<z.infer<typeof Secret>>;

export const Webhook = z.strictObject({
  proof: Proof.optional().describe("how a request proves its sender; the dialect's own when absent"),
  secrets: z
    .array(Secret)
    .min(1)
    .max(2)
    .describe('one secret, or two while it is being rotated: either is taken'),
  url: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('the address as the vendor calls it; twilio and hubspot sign it with the message'),
  header: z
    .string()
    .regex(/^[a-z0-9-]+$/i)
    .optional()
    .describe('shared-secret: the header that carries it; X-Tickmark-Secret when absent'),
  tolerance: DurationText.optional().describe(
    'how far the moment of a signature may lie from now, and how long a repetition is known; 5m when absent',
  ),
});
export type Webhook = Readonly<z.infer<typeof Webhook>>;

export const Source = z.strictObject({
  dialect: z.string().min(1).describe('the language that it speaks, for instance zendesk'),
  mapping: z
    .string()
    .min(1)
    .optional()
    .describe('dialect mapping: the file that says what its messages mean'),
  system: SourceName.optional().describe(
    'the system whose subjects these are: ticket-5158 becomes ticket-<system>.5158. Needed where two systems number theirs alike',
  ),
  people: z
    .record(z.string().min(1), ActorId)
    .default({})
    .describe("the vendor's id of a person: the name that reports have"),
  bots: z
    .array(z.string().min(1))
    .default([])
    .describe("the vendor's ids of those who are no people; their time is kept apart"),
  options: z
    .record(z.string(), z.unknown())
    .default({})
    .describe('what the dialect can be told; see docs/sources.md'),
  webhook: Webhook.optional(),
  kafka: z
    .strictObject({
      topics: z.array(z.string().min(1)).min(1).describe('each is read from its beginning on'),
    })
    .optional(),
});
export type Source = Readonly<z.infer<typeof Source>>;

export const SourcesFile = z.strictObject({
  sources: z.record(SourceName, Source),
});
export type SourcesFile = Readonly<z.infer<typeof SourcesFile>>;
