/** Bytes in: a file as blocks of whole physical lines, in memory that does not grow with the file. */
import { type FileHandle, open } from 'node:fs/promises';
import { type FileError, fileError } from './file-error.ts';

const KIB = 1024;
const CHUNK_BYTES = 256 * KIB;
/** A line up to here is kept whole, however much longer than the limit it is. */
export const KEPT_WHOLE_BYTES = 16 * KIB * KIB;
/** Of a still longer line this much is kept. */
export const KEPT_BYTES = 64 * KIB;

const LF = 0x0a;

/** `lines`: whole lines with their ends (the last of the file may lack one). `giant`: the beginning of one line beyond 16 MiB. */
export type Block =
  | { readonly kind: 'lines'; readonly bytes: Buffer; readonly readBytes: number }
  | {
      readonly kind: 'giant';
      readonly bytes: Buffer;
      readonly lengthBytes: number;
      readonly offsetBytes: number;
      readonly readBytes: number;
    };

export interface OpenFile {
  readonly totalBytes: number;
  blocks(): AsyncIterable<Block>;
  close(): Promise<void>;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

const openError = (path: string, error: unknown): FileError => {
  const code = codeOf(error);
  if (code === 'ENOENT') return fileError(path, 'there is no such file');
  if (code === 'EACCES' || code === 'EPERM') return fileError(path, 'the file may not be read by this user');
  return fileError(path, `the file cannot be read: ${error instanceof Error ? error.message : code}`);
};

/** What the first bytes say the file is, when it is not text in UTF-8. */
const foreignKind = (head: Buffer): string | undefined => {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'the file is compressed: unzip it first (gunzip FILE)';
  if (head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4)
    return 'the file is a ZIP archive or a spreadsheet: unzip it, or export it as CSV';
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff))
    return 'the file is UTF-16: save it as UTF-8';
  return undefined;
};

const withoutMark = (head: Buffer): Buffer =>
  head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? head.subarray(3) : head;

/** What was read after the last line end, until the rest of its line comes. */
interface Rest {
  parts: Buffer[];
  bytes: number;
  /** Set once the line is beyond 16 MiB: how long it is so far. Its further bytes are only counted. */
  giantBytes: number;
}

const keepHead = (rest: Rest): void => {
  rest.giantBytes = rest.bytes;
  // A copy: a view would hold all 16 MiB.
  rest.parts = [Buffer.from(Buffer.concat(rest.parts, KEPT_BYTES))];
  rest.bytes = KEPT_BYTES;
};

const addToRest = (rest: Rest, bytes: Buffer): void => {
  if (bytes.length === 0) return;
  if (rest.giantBytes > 0) rest.giantBytes += bytes.length;
  else {
    rest.parts.push(bytes);
    rest.bytes += bytes.length;
    if (rest.bytes > KEPT_WHOLE_BYTES) keepHead(rest);
  }
};

/** `endBytes`: where the line that the rest belongs to ends in the file, its line feed not counted. */
const takeGiant = (rest: Rest, endBytes: number, readBytes: number): Block => {
  const [bytes = Buffer.alloc(0)] = rest.parts;
  const lengthBytes = rest.giantBytes;
  return { kind: 'giant', bytes, lengthBytes, offsetBytes: endBytes - lengthBytes, readBytes };
};

const emptyRest = (): Rest => ({ parts: [], bytes: 0, giantBytes: 0 });

async function* readBlocks(path: string, handle: FileHandle): AsyncIterable<Block> {
  let rest = emptyRest();
  let readBytes = 0;
  for (;;) {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    const { bytesRead } = await handle.read(buffer, 0, CHUNK_BYTES, readBytes);
    if (bytesRead === 0) break;
    let chunk: Buffer = buffer.subarray(0, bytesRead);
    const foreign = readBytes === 0 ? foreignKind(chunk) : undefined;
    if (foreign !== undefined) throw fileError(path, foreign);
    let startBytes = readBytes;
    readBytes += bytesRead;
    if (startBytes === 0) {
      chunk = withoutMark(chunk);
      startBytes = readBytes - chunk.length;
    }
    const first = chunk.indexOf(LF);
    if (first === -1) {
      addToRest(rest, chunk);
      continue;
    }
    let from = 0;
    if (rest.giantBytes > 0) {
      addToRest(rest, chunk.subarray(0, first));
      yield takeGiant(rest, startBytes + first, readBytes);
      rest = emptyRest();
      from = first + 1;
    }
    const to = chunk.lastIndexOf(LF) + 1;
    if (to > from) {
      const whole = chunk.subarray(from, to);
      const bytes = rest.bytes === 0 ? whole : Buffer.concat([...rest.parts, whole]);
      yield { kind: 'lines', bytes, readBytes };
      rest = emptyRest();
    }
    addToRest(rest, chunk.subarray(to));
  }
  if (rest.giantBytes > 0) yield takeGiant(rest, readBytes, readBytes);
  else if (rest.bytes > 0) yield { kind: 'lines', bytes: Buffer.concat(rest.parts), readBytes };
}

/** Throws FileError for what is not a readable file of text. */
export const openFile = async (path: string): Promise<OpenFile> => {
  if (path.endsWith('.gz'))
    throw fileError(path, 'compressed files are not read: unzip it first (gunzip FILE)');
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw openError(path, error);
  });
  const status = await handle.stat();
  if (!status.isFile()) {
    await handle.close();
    const what = status.isDirectory() ? 'a directory, not a file' : 'not a regular file';
    throw fileError(path, `this is ${what}`);
  }
  return { totalBytes: status.size, blocks: () => readBlocks(path, handle), close: () => handle.close() };
};
