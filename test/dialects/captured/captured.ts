/** What is said of the messages that vendors really sent: file by file, what becomes of each signal in it. */
import type { Dialect, Signal, Translation } from '../../../schemas/signal.ts';

export interface Captured {
  readonly dialect: Dialect;
  /** How a file's text becomes signals; one signal of the whole text when absent. */
  readonly signals?: (text: string) => readonly Signal[];
  /** The file below ../shared/fixtures, and what becomes of each of its signals, several joined by `; `. */
  readonly outcomes: Readonly<Record<string, string>>;
}

/** The types of the events, or why it was ignored, or the code of the rejection. */
export const outcomeOf = (translation: Translation): string => {
  switch (translation.status) {
    case 'events':
      return translation.events.map(({ type }) => type).join(' ');
    case 'ignored':
      return `ignored: ${translation.because}`;
    case 'rejected':
      return `rejected: ${translation.rejection.code}`;
  }
};
