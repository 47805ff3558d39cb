/** The flags that several commands share: how they are written and how their values are read. */
import { type InstantMs, instantMs } from '../../schemas/brand.ts';
import { InputError } from '../input-error.ts';

export const DATA_FLAG = [
  '--data <folder>',
  'the data folder (default: .tickmark, or TICKMARK_DATA)',
] as const;

export const SOURCES_FLAG = [
  '--sources <file>',
  'the sources and what they speak (YAML; default: TICKMARK_SOURCES)',
] as const;

export { readWeek } from '../report-question.ts';

export const readWholeNumber = (flag: string, text: string, most = Number.MAX_SAFE_INTEGER): number => {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= most) return value;
  const range = most === Number.MAX_SAFE_INTEGER ? 'of at least 1' : `from 1 to ${most}`;
  throw new InputError(`${flag} takes a whole number ${range}, not "${text}"`);
};

export const readPort = (flag: string, text: string): number => {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InputError(`${flag} takes a port from 0 to 65535, not "${text}"`);
};

export const readInstant = (flag: string, text: string): InstantMs => {
  const ms = Date.parse(text);
  if (/(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(ms)) return instantMs(ms);
  throw new InputError(
    `${flag} takes an ISO time with its offset, for instance 2026-11-09T10:03:00Z, not "${text}"`,
  );
};
