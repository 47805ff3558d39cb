/** Blocks of `Key: value` lines, as the event sockets of Asterisk and FreeSWITCH write them. */

/** Of a repeated key the first value counts. Values are kept as they stand. */
export const headerBlock = (raw: string): Readonly<Record<string, string>> => {
  const block = new Map<string, string>();
  for (const line of raw.split(/\r?\n/)) {
    const at = line.indexOf(':');
    const key = line.slice(0, at).trim();
    if (at > 0 && !block.has(key)) block.set(key, line.slice(at + 1).trim());
  }
  return Object.fromEntries(block);
};
