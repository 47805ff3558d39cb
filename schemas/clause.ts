/** Clauses: what acts on a clock. An edge happens at an instant; a level holds for a while. */
import { z } from 'zod';
import { AnyOf, Values, Where } from './condition.ts';

const reason = z
  .string()
  .min(1)
  .max(100)
  .optional()
  .describe('a code of your own, shown with the time that this clause subtracts or ends');

/** An edge: an event, under a condition on the event itself and on what came before. */
export const EventClause = z.strictObject({
  event: z.string().min(1).describe('an event type of docs/events.md'),
  where: Where.optional().describe('fields of the event: its own data or its attributes'),
  after: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
    .optional()
    .describe('only if one of these event types has happened to the subject before; a start uses it up'),
  reason,
});

/** An edge: a field of the subject takes another value. The first value that anybody tells is no change. */
export const ChangeClause = z.strictObject({
  changed: z.string().min(1).describe('the field: status, actor, or an attribute'),
  from: Values.optional().describe('only from these values'),
  to: Values.optional().describe('only to these values'),
  reason,
});

/** A level: what the subject's fields are, as far as its facts have told them by then. */
export const LevelClause = z.strictObject({
  while: AnyOf.describe('holds as long as the fields are these'),
  reason,
});

export const Clause = z.union([z.string().min(1), EventClause, ChangeClause, LevelClause]);
export type Clause = Readonly<z.infer<typeof Clause>>;

export const Clauses = z.union([Clause, z.array(Clause).min(1)]);
