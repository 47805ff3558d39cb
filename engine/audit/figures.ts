/** Figures as findings say them in their sentences. */
import type { DurationMs } from '../../schemas/brand.ts';

const SECOND_MS = 1_000;

const two = (value: number): string => String(value).padStart(2, '0');

/** `54:00:00`: hours that do not wrap, minutes, seconds, and a part of a second where there is one. */
export const clockText = (ms: DurationMs): string => {
  const size = Math.abs(ms);
  const seconds = Math.floor(size / SECOND_MS);
  const rest = size % SECOND_MS;
  const fraction = rest === 0 ? '' : `.${String(rest).padStart(3, '0')}`;
  const clock = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${ms < 0 ? '-' : ''}${clock}${fraction}`;
};

/** `+1:48:00` or `-0:00:12`: a difference says which way it goes. */
export const signedText = (ms: DurationMs): string => `${ms > 0 ? '+' : ''}${clockText(ms)}`;

/** A part of a whole, in percent with one decimal: `260.0 %`. */
export const percentText = (part: number, whole: number): string => `${((part / whole) * 100).toFixed(1)} %`;
