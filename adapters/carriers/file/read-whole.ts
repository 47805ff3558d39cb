/** A file that is one message: a captured webhook, for instance. */
import { isUtf8 } from 'node:buffer';
import { basename } from 'node:path';
import { fileError } from './file-error.ts';
import { openFile } from './read-blocks.ts';
import type { FileItem, ReadOptions } from './read-rows.ts';

/** More than any door takes at once. */
const MOST_BYTES = 16 * 1024 * 1024;

const NOT_UTF8 = {
  code: 'encoding',
  message: 'the file is not UTF-8; the text kept here is its bytes read as Latin-1, one character a byte',
} as const;

/** Throws FileError for a file that is missing, empty or too large. */
export async function* readWhole(
  path: string,
  { source, dialect, receivedAt, onProgress }: Omit<ReadOptions, 'format'>,
): AsyncIterable<FileItem[]> {
  const file = await openFile(path);
  try {
    const { totalBytes } = file;
    if (totalBytes > MOST_BYTES)
      throw fileError(path, `one message has at most ${MOST_BYTES} bytes, and the file has ${totalBytes}`);
    const parts: Buffer[] = [];
    for await (const { bytes } of file.blocks()) parts.push(bytes);
    const bytes = Buffer.concat(parts);
    if (bytes.length === 0) throw fileError(path, 'the file is empty');
    const isText = isUtf8(bytes);
    const raw = bytes.toString(isText ? 'utf8' : 'latin1');
    const signal = { source, dialect, receivedAt: receivedAt(), line: 1, origin: basename(path), raw };
    yield [isText ? { status: 'signal', signal } : { status: 'rejected', signal, rejection: NOT_UTF8 }];
    onProgress?.(totalBytes, totalBytes);
  } finally {
    await file.close();
  }
}
