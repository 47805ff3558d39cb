/** Durations as people write them in rule sets: `90s`, `15m`, `8h`, `1h30m`. A day is not a duration (23, 24 or 25 h). */
import { z } from 'zod';
import { type DurationMs, durationMs } from './brand.ts';

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;
const PATTERN = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;

export const parseDuration = (text: string): DurationMs | undefined => {
  const match = PATTERN.exec(text);
  if (!match || text === '') return undefined;
  const [, h = '0', m = '0', s = '0', ms = '0'] = match;
  return durationMs(
    Number(h) * UNIT_MS.h + Number(m) * UNIT_MS.m + Number(s) * UNIT_MS.s + Number(ms) * UNIT_MS.ms,
  );
};

/** A duration in a YAML or JSON file: kept as text, so that the file round-trips; read with `parseDuration`. */
export const DurationText = z
  .string()
  .refine((text) => parseDuration(text) !== undefined, {
    message: 'a duration is written like 90s, 15m, 8h or 1h30m (a day has 23, 24 or 25 hours: write hours)',
  })
  .meta({ pattern: PATTERN.source, examples: ['90s', '15m', '1h30m'] });
export type DurationText = z.infer<typeof DurationText>;

/** The milliseconds of a text that has passed `DurationText`. */
export const durationOf = (text: string): DurationMs => {
  const parsed = parseDuration(text);
  if (parsed === undefined) throw new Error(`not a duration: ${text}`);
  return parsed;
};
