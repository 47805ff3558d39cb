/** ISO 8601 / RFC 3339 date and time, read by hand: `T` or a blank, 0 to 9 fraction digits, `Z`, `+01:00`, `+0100`, `+01` or no offset. */
import { wallClock } from './wall-clock.ts';

export interface IsoReading {
  readonly localMs: number;
  /** Local minus UTC; undefined where the text names no offset. */
  readonly offsetMs: number | undefined;
}

const ZERO = 48;
const digitAt = (text: string, at: number): number => {
  const digit = text.charCodeAt(at) - ZERO;
  return digit >= 0 && digit <= 9 ? digit : NaN;
};
const twoAt = (text: string, at: number): number => digitAt(text, at) * 10 + digitAt(text, at + 1);

/** How many digits stand from here on. */
const digitsFrom = (text: string, from: number): number => {
  let at = from;
  while (!Number.isNaN(digitAt(text, at))) at += 1;
  return at - from;
};

/** `Z`, `UTC`, `+01:00`, `-0800`, `+01`; undefined: none of them. */
const readOffset = (text: string): number | undefined => {
  if (text === 'Z' || text === 'z' || text === 'UTC') return 0;
  const sign = text[0] === '+' ? 1 : text[0] === '-' ? -1 : 0;
  const minutesAt = text[3] === ':' ? 4 : 3;
  if (sign === 0 || (text.length !== 3 && text.length !== minutesAt + 2)) return undefined;
  const hours = twoAt(text, 1);
  const minutes = text.length === 3 ? 0 : twoAt(text, minutesAt);
  return hours <= 23 && minutes <= 59 ? sign * (hours * 60 + minutes) * 60_000 : undefined;
};

const SHAPE = 'is not written like 2026-02-09T08:30:00.123+01:00';

/** The end of the fraction and its milliseconds: further digits are cut off, never rounded up into the next second. */
const readFraction = (
  text: string,
  at: number,
): { readonly end: number; readonly milli: number } | string => {
  const mark = text[at];
  if (mark !== '.' && mark !== ',') return { end: at, milli: 0 };
  const count = digitsFrom(text, at + 1);
  if (count > 9) return 'has more than 9 fraction digits';
  const milli = Number(text.slice(at + 1, at + 1 + Math.min(count, 3)).padEnd(3, '0'));
  return { end: at + 1 + count, milli };
};

const hasShape = (text: string): boolean => {
  const between = text[10];
  const separated = text[4] === '-' && text[7] === '-' && text[13] === ':';
  return separated && (between === 'T' || between === 't' || between === ' ');
};

/** The reading, or the sentence that says what is wrong with the text. */
export const readIso = (text: string): IsoReading | string => {
  if (!hasShape(text)) return SHAPE;
  const hasSeconds = text[16] === ':';
  const year = twoAt(text, 0) * 100 + twoAt(text, 2);
  const second = hasSeconds ? twoAt(text, 17) : 0;
  const [month, day, hour, minute] = [twoAt(text, 5), twoAt(text, 8), twoAt(text, 11), twoAt(text, 14)];
  if (Number.isNaN(year + month + day + hour + minute + second)) return SHAPE;
  const fraction = hasSeconds ? readFraction(text, 19) : { end: 16, milli: 0 };
  if (typeof fraction === 'string') return fraction;
  const localMs = wallClock(year, month, day, hour, minute, second, fraction.milli);
  if (typeof localMs === 'string') return localMs;
  if (fraction.end === text.length) return { localMs, offsetMs: undefined };
  const offsetMs = readOffset(text.slice(text[fraction.end] === ' ' ? fraction.end + 1 : fraction.end));
  return offsetMs === undefined ? SHAPE : { localMs, offsetMs };
};
