/** An input error: the user's file or flag is wrong, and the message says what to write instead. */

export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Shown as it is, without a stack; exit code 2. */
export class InputError extends Error {
  readonly details: readonly string[];

  constructor(message: string, details: readonly string[] = []) {
    super(message);
    this.name = 'InputError';
    this.details = details;
  }

  static of(message: string, problems: readonly Problem[]): InputError {
    return new InputError(
      message,
      problems.map(({ file, line, column, message: what }) => `${file}:${line}:${column}: ${what}`),
    );
  }
}
