/** The dialects: the languages that Tickmark reads. One file or folder each, enrolled here and in the dialect contract. */

/** `tickmark` is ready as it is; `eventlog` is made from a mapping by `compileMapping`. */
export const dialectNames = ['eventlog', 'tickmark'] as const;
