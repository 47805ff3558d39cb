/** RFC 2822 dates as telephony writes them: `Sun, 25 Mar 2018 09:53:19 +0000`. */
import { wallClock } from './wall-clock.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** The weekday is a decoration, and not always spelt right (`Thurs,`): it is not held against the date. */
const SHAPE =
  /^(?:[A-Za-z]{2,9},?\s+)?(\d{1,2})\s+([A-Z][a-z]{2})\s+(\d{4})\s+(\d{2}):(\d{2})(?::(\d{2}))?\s+(?:([+-])(\d{2}):?(\d{2})|(GMT|UTC|UT|Z|Etc\/UTC))$/;

/** Milliseconds since 1970, or the sentence that says what is wrong with the text. */
export const readRfc2822 = (text: string): number | string => {
  const match = SHAPE.exec(text.trim());
  if (!match) return 'is not written like Sun, 25 Mar 2018 09:53:19 +0000';
  const [
    ,
    day = '',
    name = '',
    year = '',
    hour = '',
    minute = '',
    second = '0',
    sign,
    hours = '0',
    minutes = '0',
  ] = match;
  const month = MONTHS.findIndex((known) => known === name) + 1;
  if (month === 0) return `does not exist: there is no month ${name}`;
  const localMs = wallClock(Number(year), month, Number(day), Number(hour), Number(minute), Number(second));
  if (typeof localMs === 'string') return localMs;
  const offsetMs = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === '-' ? localMs + offsetMs : localMs - offsetMs;
};
