/** How the messages of a file lie in it. */
import type { Mapping } from '../schemas/mapping.ts';

/** A row or a message a line; `whole`: the file is one message, or one list of them. */
export type Layout = Exclude<Mapping['format'], 'json'> | 'whole';

/** JSON is a message a line where the name of the file says so. */
export const layoutOf = (format: Mapping['format'], path: string): Layout => {
  if (format !== 'json') return format;
  return /\.(ndjson|jsonl)$/i.test(path) ? 'ndjson' : 'whole';
};
