/** Counters and lengths of a vendor's message: numbers, or digits in text, as zod types. */
import { z } from 'zod';

/** `3` or `"3"`: a form has nothing but text. */
export const counter = z.union([
  z.int().min(0),
  z
    .string()
    .regex(/^\d{1,15}$/, 'is not a whole number')
    .transform(Number),
]);

/** Whole seconds, given back in milliseconds. */
export const seconds = counter.transform((value) => value * 1_000);

/** Whole milliseconds. */
export const milliseconds = counter;

/** A length as a log writes it, in units of `unitMs`; undefined where the text is no number: then it is not told. */
export const lengthOf = (text: string | undefined, unitMs: number): number | undefined =>
  text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) * unitMs : undefined;
