/** Failures of stores: which of them pass, and after which a handle must not be used again. */

/** SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB; the upper bits refine the code. */
const FATAL_CODES: readonly number[] = [10, 11, 26];
/** SQLITE_FULL. */
const FULL = 13;

const sqliteCodeOf = (error: unknown): number | undefined =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode & 0xff
    : undefined;

/**
 * After a failed fsync the system may have dropped what was to be written and call the next one a success: whoever
 * tried again on the same handle would acknowledge what is not there.
 */
export const isFatal = (error: unknown): boolean => FATAL_CODES.includes(sqliteCodeOf(error) ?? 0);

export const isDiskFull = (error: unknown): boolean => sqliteCodeOf(error) === FULL;
