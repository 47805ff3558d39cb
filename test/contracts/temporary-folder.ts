/** A temporary folder for the files of one test file; removed when its tests are done. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryFolder {
  /** A path at which there is nothing yet. */
  fresh(name: string): string;
  remove(): void;
}

export const temporaryFolder = (): TemporaryFolder => {
  let folder: string | undefined;
  let count = 0;
  return {
    fresh: (name) => {
      folder ??= mkdtempSync(join(tmpdir(), 'tickmark-test-'));
      count += 1;
      return join(folder, `${count}-${name}`);
    },
    remove: () => {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
};
