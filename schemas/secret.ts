/** Secrets: no file holds one; it names the environment variable that does. */
import { z } from 'zod';

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
