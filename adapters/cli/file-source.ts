/** A file of signals as a command names it: where it is, how it lies, and who understands it. */
import type { Mapping } from '../../schemas/mapping.ts';
import { didYouMean } from '../../schemas/nearest.ts';
import type { Dialect } from '../../schemas/signal.ts';
import type { Doors, FileRequest } from '../doors.ts';
import { InputError } from '../input-error.ts';
import { type Layout, layoutOf } from '../layout.ts';
import type { Sources } from '../sources.ts';

export interface FileSource {
  readonly path: string;
  readonly dialect: Dialect;
  readonly format: Layout;
  readonly source: string;
  readonly keepDuplicates: boolean;
}

/** Throws an InputError where the mapping does not fit the columns of the file. `source` overrules the mapping's. */
export const mappedFile = async (
  doors: Doors,
  path: string,
  { mapping, mappingPath }: { readonly mapping: Mapping; readonly mappingPath: string },
  source: string = mapping.source,
): Promise<FileSource> => {
  const misfits = await doors.checkFile(mapping, path, mappingPath);
  if (misfits.length > 0) throw new InputError(`${mappingPath} does not fit ${path}:`, misfits);
  return {
    path,
    dialect: doors.eventlog(mapping),
    format: layoutOf(mapping.format, path),
    source,
    keepDuplicates: mapping.duplicates === 'keep',
  };
};

/** A file of what a source of `sources.yaml` sends. */
export const sourceFile = (path: string, sources: Sources, name: string | undefined): FileSource => {
  const names = [...sources.keys()];
  if (name === undefined)
    throw new InputError(`whose messages are in ${path}? Say it with --source: ${names.join(', ')}`);
  const source = sources.get(name);
  if (!source) throw new InputError(`the file of sources names no "${name}"${didYouMean(name, names)}`);
  const { dialect, format, keepDuplicates } = source;
  return { path, dialect, format: layoutOf(format, path), source: name, keepDuplicates };
};

/** How its signals are asked for: a delivery of many messages is cut into them. */
export const requestFor = (
  { dialect, ...file }: FileSource,
  receivedAt: FileRequest['receivedAt'],
): FileRequest => ({
  ...file,
  dialect: dialect.name,
  ...(dialect.split ? { split: dialect.split } : {}),
  receivedAt,
});
