/** An input error: the user's file or flag is wrong, and the message says what to write instead. */

/** Shown as it is, without a stack; exit code 2. */
export class InputError extends Error {
  readonly details: readonly string[];

  constructor(message: string, details: readonly string[] = []) {
    super(message);
    this.name = 'InputError';
    this.details = details;
  }
}
