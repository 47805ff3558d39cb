/** Physical lines out of blocks: numbered from 1, decoded, and marked where the bytes are not UTF-8 or too many. */
import { isUtf8 } from 'node:buffer';
import type { Rejection } from '../../../schemas/signal.ts';
import type { Block } from './read-blocks.ts';

/** `text` has no line feed at its end; a carriage return is still there. */
export interface Line {
  readonly number: number;
  readonly text: string;
  /** Why it cannot be read; then `text` is what can be kept of it. */
  readonly rejection?: Rejection;
}

const LF = 0x0a;
const CR = 0x0d;
const NOT_UTF8 =
  'the text kept here is the bytes read as Latin-1, one character a byte, so that none is lost';

/** The position of the first byte that belongs to no character: the length of the longest valid prefix, by halving. */
const firstBadByte = (bytes: Buffer): number => {
  const isFine = (length: number): boolean => isUtf8(bytes.subarray(0, Math.max(0, length)));
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    // A prefix may cut a character of up to 4 bytes: then one of the three shorter ones is fine.
    if ([0, 1, 2, 3].some((cut) => isFine(middle + 1 - cut))) low = middle + 1;
    else high = middle;
  }
  while (low > 0 && !isFine(low)) low -= 1;
  return low;
};

const encodingRejection = (bytes: Buffer): Rejection => {
  const at = firstBadByte(bytes);
  const value = (bytes[at] ?? 0).toString(16).padStart(2, '0');
  return {
    code: 'encoding',
    message: `the line is not UTF-8 from its byte ${at + 1} on (0x${value}); ${NOT_UTF8}`,
  };
};

const lengthRejection = (lengthBytes: number, limit: number, kept: string): Rejection => ({
  code: 'line-too-long',
  message: `the line has ${lengthBytes} bytes, more than the limit of ${limit}; ${kept}`,
});

const withoutReturn = (bytes: Buffer): Buffer => (bytes.at(-1) === CR ? bytes.subarray(0, -1) : bytes);

const tooLong = (bytes: Buffer, number: number, limit: number): Line => {
  const line = withoutReturn(bytes);
  const isText = isUtf8(line);
  const kept = isText ? 'it is kept whole' : `it is kept whole and is not UTF-8: ${NOT_UTF8}`;
  const rejection = lengthRejection(line.length, limit, kept);
  return { number, text: line.toString(isText ? 'utf8' : 'latin1'), rejection };
};

/** One line at a time, for blocks in which some line is not UTF-8 or too long. */
const decodeOne = (bytes: Buffer, number: number, limit: number): Line => {
  if (bytes.length > limit) return tooLong(bytes, number, limit);
  if (isUtf8(bytes)) return { number, text: bytes.toString('utf8') };
  return { number, text: withoutReturn(bytes).toString('latin1'), rejection: encodingRejection(bytes) };
};

const decodeEach = (bytes: Buffer, from: number, limit: number): readonly Line[] => {
  const lines: Line[] = [];
  let at = 0;
  while (at < bytes.length) {
    const found = bytes.indexOf(LF, at);
    const end = found === -1 ? bytes.length : found;
    lines.push(decodeOne(bytes.subarray(at, end), from + lines.length, limit));
    at = end + 1;
  }
  return lines;
};

/** Whole and half characters: back to the start of the last character when it is cut. */
const cutToCharacter = (bytes: Buffer): Buffer => {
  for (let cut = 0; cut < 4; cut += 1)
    if (isUtf8(bytes.subarray(0, bytes.length - cut))) return bytes.subarray(0, bytes.length - cut);
  return bytes;
};

const decodeGiant = (block: Block & { readonly kind: 'giant' }, number: number, limit: number): Line => {
  const { lengthBytes, offsetBytes } = block;
  const bytes = cutToCharacter(block.bytes);
  const isText = isUtf8(bytes);
  const where = `kept are its first ${bytes.length}, the whole starts at byte ${offsetBytes} of the file`;
  const rejection = lengthRejection(lengthBytes, limit, isText ? where : `${where}; not UTF-8: ${NOT_UTF8}`);
  return { number, text: bytes.toString(isText ? 'utf8' : 'latin1'), rejection };
};

/** A line of this many UTF-16 units cannot exceed the limit in bytes: a unit is at most 3. */
const WIDEST_UNIT_BYTES = 3;

/** Decodes the lines of one block. `from`: the number of its first line. */
export const decodeLines = (block: Block, from: number, limit: number): readonly Line[] => {
  if (block.kind === 'giant') return [decodeGiant(block, from, limit)];
  const { bytes } = block;
  if (!isUtf8(bytes)) return decodeEach(bytes, from, limit);
  const texts = bytes.toString('utf8').split('\n');
  if (bytes.at(-1) === LF) texts.pop();
  if (texts.some((text) => text.length * WIDEST_UNIT_BYTES > limit)) return decodeEach(bytes, from, limit);
  return texts.map((text, index) => ({ number: from + index, text }));
};
