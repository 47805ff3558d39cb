/** The moment of a signature as headers write it, in milliseconds since 1970; undefined for what is no such moment. */

const DIGITS = /^\d{1,15}$/;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

export const millisecondsMs = (text: string): number | undefined =>
  DIGITS.test(text) ? Number(text) : undefined;

export const secondsMs = (text: string): number | undefined =>
  DIGITS.test(text) ? Number(text) * 1_000 : undefined;

export const isoMs = (text: string): number | undefined => {
  const ms = ISO.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(ms) ? undefined : ms;
};
