/**
 * Records out of physical lines, by RFC 4180: quoted cells, doubled quotes, line breaks within quotes.
 *
 * Written here because the CSV packages give up at an open quote or swallow the rest of the file with it, and none
 * gives the raw text and the line of each record: both are what a dead letter is made of. Two liberties over the RFC:
 * blanks around a quoted cell, and a quote within an unquoted cell (5" pipe) is a character like any other.
 */
import type { Rejection } from '../../../schemas/signal.ts';
import type { Line } from './decode-lines.ts';

/** `line`: where the record starts. `raw`: its text without the last line end. */
export type FileRecord =
  | { readonly kind: 'cells'; readonly line: number; readonly raw: string; readonly cells: readonly string[] }
  | { readonly kind: 'rejected'; readonly line: number; readonly raw: string; readonly rejection: Rejection };

export interface RecordReader {
  /** The records that end with this line. */
  feed(line: Line): readonly FileRecord[];
  /** What is still open when the file ends. */
  end(): readonly FileRecord[];
}

const DELIMITER = ',';
const QUOTE = '"';

export const withoutReturn = (text: string): string => (text.endsWith('\r') ? text.slice(0, -1) : text);

/** The cells so far, and what was read of a quoted cell that has not closed. */
interface Scan {
  readonly cells: string[];
  quoted: string;
}
type ScanEnd =
  | { readonly kind: 'complete' }
  | { readonly kind: 'open' }
  | { readonly kind: 'fault'; readonly message: string };

const NONE: readonly Line[] = [];
const COMPLETE = { kind: 'complete' } as const;
const OPEN = { kind: 'open' } as const;

const afterBlanks = (text: string, from: number): number => {
  let at = from;
  while (text[at] === ' ') at += 1;
  return at;
};

/** Where the cell after this quoted one starts; the ways a line can end otherwise. */
const readQuoted = (text: string, from: number, scan: Scan): number | ScanEnd => {
  let at = from;
  for (;;) {
    const quote = text.indexOf(QUOTE, at);
    if (quote === -1) {
      scan.quoted += text.slice(at);
      return OPEN;
    }
    scan.quoted += text.slice(at, quote);
    if (text[quote + 1] !== QUOTE) {
      at = afterBlanks(text, quote + 1);
      break;
    }
    scan.quoted += QUOTE;
    at = quote + 2;
  }
  scan.cells.push(scan.quoted.trim());
  scan.quoted = '';
  if (text[at] === DELIMITER) return at + 1;
  if (at === text.length || (text[at] === '\r' && at === text.length - 1)) return COMPLETE;
  return { kind: 'fault', message: `text follows the closing quote of column ${scan.cells.length}` };
};

/** Reads one physical line into the scan. `isOpen`: it begins within a quoted cell. */
const scanLine = (text: string, isOpen: boolean, scan: Scan): ScanEnd => {
  let next: number | ScanEnd = isOpen ? readQuoted(text, 0, scan) : 0;
  while (typeof next === 'number') {
    const start = afterBlanks(text, next);
    if (text[start] === QUOTE) {
      next = readQuoted(text, start + 1, scan);
      continue;
    }
    const end = text.indexOf(DELIMITER, next);
    if (end === -1) {
      scan.cells.push(text.slice(next).trim());
      return COMPLETE;
    }
    scan.cells.push(text.slice(next, end).trim());
    next = end + 1;
  }
  return next;
};

/** A record whose quote has not closed yet: its lines, in case they must be read again one by one. */
interface OpenRecord {
  readonly lines: Line[];
  readonly scan: Scan;
  bytes: number;
}

const rejectLine = ({ number, text }: Line, message: string): FileRecord => ({
  kind: 'rejected',
  line: number,
  raw: withoutReturn(text),
  rejection: { code: 'malformed', message },
});

const complete = (lines: readonly Line[], cells: readonly string[]): FileRecord => ({
  kind: 'cells',
  line: lines[0]?.number ?? 1,
  raw: withoutReturn(lines.map(({ text }) => text).join('\n')),
  cells,
});

type UnreadableLine = Line & { readonly rejection: Rejection };
const isUnreadable = (line: Line): line is UnreadableLine => line.rejection !== undefined;
const unreadable = ({ number, text, rejection }: UnreadableLine): FileRecord => ({
  kind: 'rejected',
  line: number,
  raw: text,
  rejection,
});

/** Begins a record: done with this line, or left open by a quote. */
const begin = (line: Line): FileRecord | OpenRecord => {
  const scan: Scan = { cells: [], quoted: '' };
  const end = scanLine(line.text, false, scan);
  if (end.kind === 'complete') return complete([line], scan.cells);
  if (end.kind === 'fault') return rejectLine(line, end.message);
  return { lines: [line], scan, bytes: Buffer.byteLength(line.text) };
};

/** Takes a line into an open record: the whole record, `open` still, or why its quote can no longer be meant. */
const proceed = (
  record: OpenRecord,
  line: Line,
  maxBytes: number,
): FileRecord | 'open' | { readonly why: string } => {
  const quote = `the quote of column ${record.scan.cells.length + 1} is not closed`;
  if (isUnreadable(line)) return { why: `${quote} before line ${line.number}, which cannot be read` };
  record.bytes += Buffer.byteLength(line.text) + 1;
  if (record.bytes > maxBytes) return { why: `${quote} within ${maxBytes} bytes` };
  record.lines.push(line);
  record.scan.quoted += '\n';
  const end = scanLine(line.text, true, record.scan);
  if (end.kind === 'open') return 'open';
  if (end.kind === 'complete') return complete(record.lines, record.scan.cells);
  record.lines.pop();
  return { why: `${quote} on its line, and on line ${line.number} ${end.message}` };
};

/** An open quote may reach over this many bytes of lines; beyond, its first line alone is rejected and reading goes on after it. */
export const csvRecords = (maxBytes: number): RecordReader => {
  let open: OpenRecord | undefined;

  /** Rejects the first line of the open record; answers its other lines, to be read again. */
  const giveUp = (record: OpenRecord, why: string, out: FileRecord[]): readonly Line[] => {
    const [first, ...others] = record.lines;
    if (first) out.push(rejectLine(first, why));
    open = undefined;
    return others;
  };

  /** One line; answers the lines to read again, in order. */
  const step = (line: Line, out: FileRecord[]): readonly Line[] => {
    if (open) {
      const outcome = proceed(open, line, maxBytes);
      if (outcome === 'open') return NONE;
      if ('why' in outcome) return [...giveUp(open, outcome.why, out), line];
      open = undefined;
      out.push(outcome);
    } else if (isUnreadable(line)) out.push(unreadable(line));
    else {
      const begun = begin(line);
      if ('kind' in begun) out.push(begun);
      else open = begun;
    }
    return NONE;
  };

  const read = (lines: readonly Line[], out: FileRecord[]): readonly FileRecord[] => {
    const todo = lines.toReversed();
    for (let line = todo.pop(); line; line = todo.pop())
      for (const again of step(line, out).toReversed()) todo.push(again);
    return out;
  };

  return {
    feed: (line) => read([line], []),
    end: () => {
      const out: FileRecord[] = [];
      while (open) {
        const why = `the quote of column ${open.scan.cells.length + 1} is never closed`;
        read(giveUp(open, why, out), out);
      }
      return out;
    },
  };
};

/** One line, one record: tab-separated values (a quote is a character like any other) and NDJSON (one cell). */
export const plainRecords = (delimiter: '\t' | undefined): RecordReader => ({
  feed: (line) => {
    if (isUnreadable(line)) return [unreadable(line)];
    const raw = withoutReturn(line.text);
    const cells = delimiter === undefined ? [raw] : raw.split(delimiter).map((text) => text.trim());
    return [{ kind: 'cells', line: line.number, raw, cells }];
  },
  end: () => [],
});
