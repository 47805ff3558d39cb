/** How the messages of a file lie in it. */
import type { Mapping } from '../schemas/mapping.ts';

/** A row or a message a line; `whole`: the file is one message, or one list of them. */
export type Layout = Exclude<Mapping['format'], 'json'> | 'whole';

/** A .json file of messages is read whole; any other, a log for instance, has one a line. */
export const layoutOf = (format: Mapping['format'], path: string): Layout => {
  if (format !== 'json') return format;
  return /\.json$/i.test(path) ? 'whole' : 'ndjson';
};
