/** Seconds, milliseconds or microseconds since 1970, with a guard against taking one for the other. */

export type EpochFormat = keyof typeof UNITS;
const UNITS = { 'epoch-s': 'seconds', 'epoch-ms': 'milliseconds', 'epoch-us': 'microseconds' } as const;
const FORMATS = ['epoch-s', 'epoch-ms', 'epoch-us'] as const;

export const isEpochFormat = (format: string): format is EpochFormat => Object.hasOwn(UNITS, format);

/** 1971-01-01: seconds of any day since 1982, read as milliseconds, still lie before it; 2100-01-01 catches the other direction. */
const FROM_MS = 31_536_000_000;
const TO_MS = 4_102_444_800_000;
const isPlausible = (instant: number): boolean => instant >= FROM_MS && instant < TO_MS;

/** Digits with an optional fraction; what is finer than a millisecond is cut off. */
const NUMBER = /^(-?\d{1,17})(?:\.(\d{1,12}))?$/;

const instantOf = (whole: number, fraction: string, format: EpochFormat): number =>
  format === 'epoch-s'
    ? whole * 1_000 + Number(fraction.slice(0, 3).padEnd(3, '0'))
    : Math.floor(format === 'epoch-ms' ? whole : whole / 1_000);

/** An instant in milliseconds, or the sentence that says what is wrong with the text. */
export const readEpoch = (text: string, format: EpochFormat): number | string => {
  const match = NUMBER.exec(text);
  if (!match) return `is not a number of ${UNITS[format]} since 1970`;
  const [, whole = '', fraction = ''] = match;
  const instant = instantOf(Number(whole), fraction, format);
  if (isPlausible(instant)) return instant;
  const fitting = FORMATS.find((other) => isPlausible(instantOf(Number(whole), fraction, other)));
  const hint = fitting ? `, probably ${UNITS[fitting]}: write ${fitting}` : '';
  return `read as ${UNITS[format]} since 1970 does not lie between 1971 and 2100: the unit is wrong${hint}`;
};
