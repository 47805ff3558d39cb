/** The error about a file as a whole, told to the person who named it. Told apart by `code`, never by class. */
export interface FileError extends Error {
  readonly code: 'unreadable-file';
  readonly path: string;
}

export const fileError = (path: string, message: string): FileError => {
  const code = 'unreadable-file' as const;
  return Object.assign(new Error(`${path}: ${message}`), { code, path });
};

export const isFileError = (error: unknown): error is FileError =>
  error instanceof Error && 'code' in error && error.code === 'unreadable-file';
