/** A value as a message shows it: in quotes, control characters visible, never longer than a line. */
const LONGEST = 60;

export const quote = (value: string): string =>
  JSON.stringify(value.length > LONGEST ? `${value.slice(0, LONGEST)}...` : value);
