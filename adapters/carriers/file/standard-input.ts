/** What is piped in, as a file: read like any other, and gone afterwards. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface PipedFile {
  readonly path: string;
  remove(): Promise<void>;
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Named so that JSON is read as it lies: one document, or one a line. */
const nameFor = (bytes: Buffer): string => (isJson(bytes.toString()) ? 'stdin.json' : 'stdin.ndjson');

export const keepPiped = async (input: AsyncIterable<Uint8Array>): Promise<PipedFile> => {
  const parts: Uint8Array[] = [];
  for await (const part of input) parts.push(part);
  const bytes = Buffer.concat(parts);
  const folder = await mkdtemp(join(tmpdir(), 'tickmark-stdin-'));
  const path = join(folder, nameFor(bytes));
  await writeFile(path, bytes);
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
};
