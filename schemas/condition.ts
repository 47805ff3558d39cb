/** Conditions: what must hold of a subject's fields. Total: comparisons and sets, nothing that can loop or look outside. */
import { z } from 'zod';

const value = z.union([z.string(), z.number(), z.boolean()]);
const oneOrMany = <T extends z.ZodType>(item: T) => z.union([item, z.array(item).min(1)]);

/** Tests beyond "is one of". A field that nobody has told equals no value, and no number. */
export const FieldTest = z
  .strictObject({
    not: oneOrMany(value).optional().describe('none of these values; a field that nobody has told fits'),
    atLeast: z.number().optional().describe('a number from here on'),
    atMost: z.number().optional().describe('a number up to here'),
    known: z.boolean().optional().describe('true: somebody has told the field; false: nobody has'),
  })
  .refine((test) => Object.keys(test).length > 0, {
    message: 'a test says not, atLeast, atMost or known',
  });
export type FieldTest = Readonly<z.infer<typeof FieldTest>>;

/** `field: value`, `field: [values]` or `field: { not: value }`; every field must fit. */
export const Where = z.record(z.string().min(1), z.union([value, z.array(value).min(1), FieldTest]));
export type Where = Readonly<z.infer<typeof Where>>;

/** One condition, or several of which any may hold. */
export const AnyOf = oneOrMany(Where);
export type AnyOf = Readonly<z.infer<typeof AnyOf>>;

export const Values = oneOrMany(value);
export type Values = Readonly<z.infer<typeof Values>>;
