/** The tree under test: the files of the house as the tidy rules see them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const ROOMS = ['schemas', 'engine', 'projections', 'adapters', 'test', 'bench'] as const;

const OUTSIDE = new Set(['node_modules', '.git', '.tickmark', 'coverage']);

export interface HouseFile {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** The paths of all files below `folder`, seen from there. */
const pathsBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (OUTSIDE.has(entry.name)) return [];
    if (!entry.isDirectory()) return entry.isFile() ? [entry.name] : [];
    return pathsBelow(join(folder, entry.name)).map((path) => `${entry.name}/${path}`);
  });

/** Every file below `folder` whose name ends in one of `endings`, in the order of the paths. */
export const filesBelow = (folder: string, endings: readonly string[]): readonly HouseFile[] =>
  pathsBelow(folder)
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
