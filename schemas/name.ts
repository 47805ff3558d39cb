/** A name in a rule set: of a rule, a calendar, a measure. */
import { z } from 'zod';

export const name = z
  .string()
  .regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/i, 'a name is letters and digits, joined by dots or dashes');
