/** The file carrier: a CSV, TSV or NDJSON file in, signals out. It does not know what a call is. */
import { hash } from 'node:crypto';
import { basename } from 'node:path';
import type { InstantMs } from '../../../schemas/brand.ts';
import type { Rejection, Signal } from '../../../schemas/signal.ts';
import { type FileRecord, type RecordReader, csvRecords, plainRecords } from './csv-records.ts';
import { type Line, decodeLines } from './decode-lines.ts';
import { fileError } from './file-error.ts';
import { type OpenFile, openFile } from './read-blocks.ts';

export type FileFormat = 'csv' | 'tsv' | 'ndjson';

/** `rejected`: the line cannot be read as a row; the signal keeps what it said. */
export type FileItem =
  | { readonly status: 'signal'; readonly signal: Signal }
  | { readonly status: 'rejected'; readonly signal: Signal; readonly rejection: Rejection };

export interface ReadOptions {
  readonly format: FileFormat;
  readonly dialect: string;
  readonly source: string;
  /** Asked once a batch. */
  receivedAt(): InstantMs;
  /** 1 MiB when absent. Also how far a quote may stay open. */
  readonly maxLineBytes?: number;
  /** Counts exact repetitions of a row (`signal.occurrence`). Costs about 150 bytes of memory for each different row. */
  readonly keepDuplicates?: boolean;
  onProgress?(bytesRead: number, bytesTotal: number): void;
}

const DEFAULT_LINE_BYTES = 1024 * 1024;

const readerOf = (format: FileFormat, maxBytes: number): RecordReader =>
  format === 'csv' ? csvRecords(maxBytes) : plainRecords(format === 'tsv' ? '\t' : undefined);

/** An empty line, or one of blanks: between records it means nothing. A line of tabs is a row of empty cells. */
const isBlank = (record: FileRecord): boolean => record.kind === 'cells' && /^ *\r?$/.test(record.raw);

type RecordOptions = Pick<ReadOptions, 'format' | 'maxLineBytes' | 'onProgress'>;

async function* readRecords(file: OpenFile, options: RecordOptions): AsyncIterable<readonly FileRecord[]> {
  const limit = options.maxLineBytes ?? DEFAULT_LINE_BYTES;
  const reader = readerOf(options.format, limit);
  let from = 1;
  for await (const block of file.blocks()) {
    const lines: readonly Line[] = decodeLines(block, from, limit);
    from += lines.length;
    const records: FileRecord[] = [];
    for (const line of lines)
      for (const record of reader.feed(line)) if (!isBlank(record)) records.push(record);
    yield records;
    options.onProgress?.(block.readBytes, file.totalBytes);
  }
  yield reader.end().filter((record) => !isBlank(record));
}

/** The column names of a header, or FileError: names that are empty or stand twice make every row ambiguous. */
const headerOf = (path: string, record: FileRecord): readonly string[] => {
  if (record.kind === 'rejected')
    throw fileError(path, `the header (line ${record.line}) cannot be read: ${record.rejection.message}`);
  const names = record.cells;
  names.forEach((name, index) => {
    if (name === '')
      throw fileError(path, `column ${index + 1} of the header (line ${record.line}) has no name`);
    const before = names.indexOf(name);
    if (before < index)
      throw fileError(path, `the header names "${name}" twice, columns ${before + 1} and ${index + 1}`);
  });
  return names;
};

type Fields = Record<string, string>;

/** Column -> text. A column called `__proto__` is one like any other, though an assignment would not make it so. */
const fieldsReader = (header: readonly string[]): ((cells: readonly string[]) => Fields) => {
  if (header.includes('__proto__'))
    return (cells) => Object.fromEntries(header.map((name, index) => [name, cells[index] ?? '']));
  return (cells) => {
    const fields: Fields = {};
    for (let index = 0; index < header.length; index += 1) fields[header[index] ?? ''] = cells[index] ?? '';
    return fields;
  };
};

type MakeItem = (record: FileRecord, receivedAt: InstantMs) => FileItem;

/** Numbers the repetitions of a text. Digests, not texts: a text would hold its whole block in memory. */
const repetitions = (): ((raw: string) => number) => {
  const counts = new Map<string, number>();
  return (raw) => {
    const digest = hash('sha256', raw, 'base64');
    const count = (counts.get(digest) ?? 0) + 1;
    counts.set(digest, count);
    return count;
  };
};

const itemMaker = (path: string, options: ReadOptions, header: readonly string[] | undefined): MakeItem => {
  const { source, dialect } = options;
  const origin = basename(path);
  const occurrenceOf = options.keepDuplicates ? repetitions() : undefined;
  const fieldsOf = header ? fieldsReader(header) : undefined;

  return (record, receivedAt) => {
    const { raw, line } = record;
    const repeated = occurrenceOf ? { occurrence: occurrenceOf(raw) } : undefined;
    const signal = { source, dialect, receivedAt, line, origin, raw, ...repeated };
    if (record.kind === 'rejected') return { status: 'rejected', signal, rejection: record.rejection };
    if (!header || !fieldsOf) return { status: 'signal', signal };
    const found = record.cells.length;
    if (found === header.length)
      return { status: 'signal', signal: { ...signal, fields: fieldsOf(record.cells) } };
    const message = `expected ${header.length} columns as in the header, found ${found}`;
    return { status: 'rejected', signal, rejection: { code: 'malformed', message } };
  };
};

/**
 * Reads a file row by row; memory does not grow with it. Batches follow the blocks of the file.
 * The first record of csv and tsv is the header. Throws FileError for the file as a whole: missing, a directory,
 * compressed, without a usable header. Everything that is wrong with one line comes as a rejected item.
 */
export async function* readRows(path: string, options: ReadOptions): AsyncIterable<FileItem[]> {
  const file = await openFile(path);
  let make = options.format === 'ndjson' ? itemMaker(path, options, undefined) : undefined;
  try {
    for await (const records of readRecords(file, options)) {
      let rows = records;
      if (!make) {
        const [first, ...others] = records;
        if (!first) continue;
        make = itemMaker(path, options, headerOf(path, first));
        rows = others;
      }
      const [makeItem, receivedAt] = [make, options.receivedAt()];
      if (rows.length > 0) yield rows.map((record) => makeItem(record, receivedAt));
    }
    if (!make) throw fileError(path, 'the file is empty: its first line must name the columns');
  } finally {
    await file.close();
  }
}

/** The column names of a csv or tsv file, to check a mapping against before anything is imported. Throws FileError. */
export const readHeader = async (path: string, format: 'csv' | 'tsv'): Promise<readonly string[]> => {
  const file = await openFile(path);
  try {
    for await (const [first] of readRecords(file, { format })) if (first) return headerOf(path, first);
    throw fileError(path, 'the file is empty: its first line must name the columns');
  } finally {
    await file.close();
  }
};
