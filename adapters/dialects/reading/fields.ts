/** Fields of a vendor's message: zod types that turn text into what it says, once, at the door. */
import { z } from 'zod';
import { type InstantMs, instantMs } from '../../../schemas/brand.ts';
import type { RejectionCode } from '../../../schemas/signal.ts';
import { type EpochFormat, readEpoch } from './epoch.ts';
import { readIso } from './iso.ts';
import { quote } from './quote.ts';
import { readRfc2822 } from './rfc2822.ts';

/** An issue that names its rejection; `codeOf` in message.ts reads it. */
export const issueOf = (code: RejectionCode, message: string) =>
  ({ code: 'custom', message, params: { rejection: code } }) as const;

/** `read` gives milliseconds, or the sentence that says what is wrong with the text. */
const instantIn = (read: (text: string) => number | string) =>
  z.union([z.string().min(1), z.number()]).transform((value, context): InstantMs => {
    const text = String(value);
    const instant = read(text);
    if (typeof instant === 'number') return instantMs(instant);
    context.issues.push({ ...issueOf('bad-time', `${quote(text)} ${instant}`), input: value });
    return z.NEVER;
  });

const fromIso = (text: string): number | string => {
  const iso = readIso(text);
  if (typeof iso === 'string') return iso;
  return iso.offsetMs === undefined ? 'names no offset' : iso.localMs - iso.offsetMs;
};

/** ISO 8601 with an offset, 0 to 9 fraction digits: `2025-01-08T16:45:20.987654321Z`, `2019-02-15T19:01:52.971-0800`. */
export const isoInstant = instantIn(fromIso);

/** A number, or digits, since 1970. */
export const epochInstant = (unit: EpochFormat) => instantIn((text) => readEpoch(text, unit));

/** `Sun, 25 Mar 2018 09:53:19 +0000`. */
export const rfc2822Instant = instantIn(readRfc2822);

/** A text that says something. */
export const text = z.string().min(1);

/** An id that some versions of a vendor write as a number and others as text. */
export const id = z.union([text, z.int()]).transform(String);

/** Absent, null and empty are the same to most vendors: nothing. */
export const maybe = <Field extends z.ZodType>(field: Field) =>
  z.preprocess((value) => (value === null || value === '' ? undefined : value), field.optional());
