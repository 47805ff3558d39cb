/** Several values as one text that can be taken apart again. */

const escaped = (value: string): string =>
  /[\\|#~]/.test(value) ? value.replace(/[\\|#~]/g, '\\$&') : value;

/** Values may hold anything; escaping makes two different rows never join to the same text. */
export const joined = (values: readonly string[]): string => values.map(escaped).join('|');
