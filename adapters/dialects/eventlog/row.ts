/** A row: column -> text. Where it comes from (cells of a file, paths of a message) is feeder.ts. */

export type Row = Readonly<Record<string, string>>;

/** The text of a cell, trimmed; empty where there is no such column. The type is asked at run time: a row may inherit. */
export const cell = (row: Row, column: string): string => {
  const value: unknown = row[column];
  return typeof value === 'string' ? value.trim() : '';
};

/** A cell, empty where it holds one of the values that mean nothing in its column. */
export type TextOf = (row: Row, column: string) => string;

/** Whether the mapping says that this value of this column means "nothing here". */
export type IsNothing = (column: string, value: string) => boolean;
