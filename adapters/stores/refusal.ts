/** A refusal to open a store: what is wrong with the place, and what the user can do about it. */

/** Stable: messages may change, codes may not. */
export const REFUSALS = {
  'answers-address-wrong': 'the connection string of the answers cannot be used',
  'answers-altered': 'the tables of the answers are not those that this program made',
  'answers-newer': 'the tables of the answers were made by a newer program',
  'answers-refused': 'the database server does not let this user work on the answers',
  'answers-unreachable': 'the database server of the answers does not answer',
  'data-folder-in-use': 'another process works on this data folder',
  'data-folder-newer': 'the data folder was written by a newer program',
  'data-folder-unreadable': 'the data folder cannot be read or is not one',
  'data-folder-not-empty': 'the folder to restore into holds something already',
  'backup-exists': 'there is a file where the backup is to be written',
  'backup-unsound': 'the file is not a sound copy of a log',
  'sqlite-too-old': 'the SQLite inside this Node can damage a database that two connections share',
} as const;
export type RefusalCode = keyof typeof REFUSALS;

/** Expected at start-up and shown to the user as it is; found by its `code`. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  /** One sentence: what to do. */
  readonly nextStep: string;

  constructor(code: RefusalCode, message: string, nextStep: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'Refusal';
    this.code = code;
    this.nextStep = nextStep;
  }
}

/** The code of a system or SQLite error, for instance `ENOENT`; empty where it has none. */
export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
