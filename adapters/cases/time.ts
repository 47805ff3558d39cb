/** Times as cases write and show them: local in a zone, or with their own offset. */
import { dateOfDay, dayOfDate, zoneOf } from '../../engine/index.ts';
import { type InstantMs, instantMs, localDate } from '../../schemas/brand.ts';
import { InputError } from '../input-error.ts';

const DAY_MS = 86_400_000;

const TIME = /^(?:(\d{4}-\d\d-\d\d)[ T])?(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{3}))?)?(Z|[+-]\d\d:\d\d)?$/;

/** The instant of a written time, and the local date it was on. */
export const readTime = (text: string, zone: string, dateBefore: string): { at: InstantMs; date: string } => {
  const match = TIME.exec(text);
  if (!match) throw new InputError(`not a time: "${text}"; write 2026-03-02 09:00, 09:00:30 or 01:30+02:00`);
  const [, date = dateBefore, h, m, s = '0', ms = '0', offset] = match;
  if (date === '') throw new InputError(`the first time needs a date: "${text}"`);
  const localMs =
    dayOfDate(localDate(date)) * DAY_MS + ((Number(h) * 60 + Number(m)) * 60 + Number(s)) * 1000 + Number(ms);
  if (offset !== undefined) {
    const sign = offset.startsWith('-') ? -1 : 1;
    const minutes = offset === 'Z' ? 0 : Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
    return { at: instantMs(localMs - sign * minutes * 60_000), date };
  }
  const [only, second] = zoneOf(zone).toInstants(localMs);
  if (only === undefined || second !== undefined)
    throw new InputError(
      `"${text}" is ${only === undefined ? 'no time' : 'two times'} in ${zone}: write its offset`,
    );
  return { at: only, date };
};

const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');

/** `h:mm:ss`, with `.mmm` where there are milliseconds. */
export const clockText = (ms: number): string => {
  const rest = ms % 1000;
  return `${Math.floor(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}${rest === 0 ? '' : `.${String(rest).padStart(3, '0')}`}`;
};

/** `YYYY-MM-DD hh:mm`, with seconds and milliseconds where there are any. */
export const localText = (at: InstantMs, zone: string): string => {
  const localMs = at + zoneOf(zone).offsetAt(at);
  const day = Math.floor(localMs / DAY_MS);
  const clock = clockText(localMs - day * DAY_MS);
  return `${dateOfDay(day)} ${clock.padStart(clock.includes('.') ? 12 : 8, '0').replace(/:00$/, '')}`;
};
