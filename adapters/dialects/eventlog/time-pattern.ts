/** A time pattern such as `d.m.yy h:mm`, compiled to a small reader: one pass over the text, no backtracking. */
import { wallClock } from '../reading/wall-clock.ts';

type Slot = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second';

type Step =
  | { readonly literal: string }
  | { readonly slot: Slot; readonly fewest: number; readonly most: number; readonly token: string };

/** Local milliseconds, or the sentence that says what is wrong with the text. */
export type PatternReader = (text: string) => number | string;
export type CompiledPattern =
  { readonly ok: true; readonly read: PatternReader } | { readonly ok: false; readonly message: string };

const TOKENS: Readonly<Record<string, Slot>> = {
  yyyy: 'year',
  yy: 'year',
  mm: 'month',
  m: 'month',
  dd: 'day',
  d: 'day',
  hh: 'hour',
  h: 'hour',
  ss: 'second',
  s: 'second',
};

const HELP = 'a pattern is made of yyyy yy mm m dd d hh h mm ss and the characters between them';

/** `m` right after the hour is minutes: nothing but the order of the tokens can tell. */
const slotOf = (token: string, before: Slot | undefined): Slot | undefined => {
  const slot = Object.hasOwn(TOKENS, token) ? TOKENS[token] : undefined;
  return slot === 'month' && before === 'hour' ? 'minute' : slot;
};

const stepsOf = (pattern: string): readonly Step[] | string => {
  const steps: Step[] = [];
  let before: Slot | undefined;
  for (const token of pattern.match(/([A-Za-z])\1*|[^A-Za-z]/g) ?? []) {
    const slot = slotOf(token, before);
    if (slot) {
      steps.push({ slot, fewest: token.length, most: Math.max(2, token.length), token });
      before = slot;
    } else if (token === 'T' || /[^A-Za-z]/.test(token)) steps.push({ literal: token });
    else
      return `"${token}" in the pattern "${pattern}" is no token: ${HELP}; for offsets and fractions use iso`;
  }
  return steps;
};

const faultOf = (pattern: string, steps: readonly Step[]): string | undefined => {
  const slots = steps.flatMap((step) => ('slot' in step ? [step.slot] : []));
  const twice = slots.find((slot, index) => slots.indexOf(slot) !== index);
  if (twice) return `the pattern "${pattern}" has two tokens for the ${twice} (m after h is minutes)`;
  const missing = (['year', 'month', 'day'] as const).find((slot) => !slots.includes(slot));
  if (missing)
    return `the pattern "${pattern}" has no ${missing}: join a date column, column: [date, clock], and write for instance yymmdd h:mm:ss`;
  if (
    slots.includes('minute') !== slots.includes('hour') ||
    (slots.includes('second') && !slots.includes('minute'))
  )
    return `the pattern "${pattern}" has an incomplete clock: write h:mm or h:mm:ss`;
  const glued = steps.find((step, index) => {
    const next = steps[index + 1];
    return 'slot' in step && step.token.length === 1 && next !== undefined && 'slot' in next;
  });
  if (glued && 'slot' in glued)
    return `"${glued.token}" in the pattern "${pattern}" needs a separator after it: write "${glued.token}${glued.token}" or put one in`;
  return undefined;
};

/** Two-digit years: 70-99 are 1970-1999, 00-69 are 2000-2069. */
const PIVOT = 70;
const fullYear = (value: number, token: string): number =>
  token === 'yy' ? value + (value >= PIVOT ? 1900 : 2000) : value;

const digitAt = (text: string, at: number): number => text.charCodeAt(at) - 48;

const readerOf = (pattern: string, steps: readonly Step[]): PatternReader => {
  const shape = `is not written ${pattern}`;
  return (text) => {
    const found: Record<Slot, number> = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
    let at = 0;
    for (const step of steps) {
      if ('literal' in step) {
        if (text[at] !== step.literal) return shape;
        at += 1;
        continue;
      }
      const start = at;
      let value = 0;
      while (at - start < step.most && digitAt(text, at) >= 0 && digitAt(text, at) <= 9) {
        value = value * 10 + digitAt(text, at);
        at += 1;
      }
      if (at - start < step.fewest) return shape;
      found[step.slot] = step.slot === 'year' ? fullYear(value, step.token) : value;
    }
    if (at !== text.length) return shape;
    return wallClock(found.year, found.month, found.day, found.hour, found.minute, found.second);
  };
};

export const compilePattern = (pattern: string): CompiledPattern => {
  const steps = stepsOf(pattern);
  if (typeof steps === 'string') return { ok: false, message: steps };
  const message = faultOf(pattern, steps);
  return message === undefined ? { ok: true, read: readerOf(pattern, steps) } : { ok: false, message };
};
