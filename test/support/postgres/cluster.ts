/** A cluster of our own: a server in a temporary folder that ends with whoever started it, however that ends. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Binaries, findBinaries } from './binaries.ts';
import { type Identity, unprivileged } from './unprivileged.ts';

export interface Cluster {
  readonly from: string;
  readonly url: string;
  /** Waits until the server and its folder are gone. */
  stop(): Promise<void>;
}

const run = (command: string, args: readonly string[], identity: Identity | undefined) =>
  spawnSync(command, args, { encoding: 'utf8', ...identity });

/** Where the package lies may be closed to the user who runs the server, as under /root: then a copy will do. */
const readableBy = (identity: Identity | undefined, binaries: Binaries, folder: string): Binaries => {
  if (run(join(binaries.folder, 'bin/initdb'), ['--version'], identity).status === 0) return binaries;
  const copy = join(folder, 'native');
  cpSync(binaries.folder, copy, { recursive: true, verbatimSymlinks: true });
  return { ...binaries, folder: copy };
};

/** An ICU collation as default: an order that relies on the default of the database would be another one there. */
const INITDB = [
  ...['--username=tickmark', '--auth=trust', '--no-sync', '--no-instructions', '--encoding=UTF8'],
  ...['--locale=C', '--locale-provider=icu', '--icu-locale=en'],
];

/** A test's server need not survive a power cut. */
const SETTINGS = [
  ...['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'listen_addresses='],
  ...['max_connections=60', 'shared_buffers=128MB', 'max_wal_size=4GB', 'log_min_messages=log'],
].flatMap((setting) => ['-c', setting]);

/**
 * Ends the server when its own standard input ends, which it does even where we are killed without a word, and
 * takes the folder along. $1: the folder; then the server and its arguments.
 */
const GUARD = `
  folder=$1; shift
  "$@" 0</dev/null & server=$!
  cat >/dev/null
  kill -QUIT $server 2>/dev/null; wait $server
  rm -rf "$folder"
`;

const whenReady = (server: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    const said: string[] = [];
    if (!server.stderr) throw new Error('the server has no standard error');
    createInterface(server.stderr).on('line', (line) => {
      said.push(line);
      if (line.includes('database system is ready to accept connections')) resolve();
    });
    server.once('exit', () => reject(new Error(`the server ended:\n${said.slice(-20).join('\n')}`)));
  });

const prepare = (folder: string, identity: Identity | undefined): Binaries => {
  const data = join(folder, 'data');
  mkdirSync(data);
  if (identity) for (const path of [folder, data]) chownSync(path, identity.uid, identity.gid);
  const binaries = readableBy(identity, findBinaries(), folder);
  const made = run(join(binaries.folder, 'bin/initdb'), [...INITDB, '-D', data], identity);
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || made.error?.message}`);
  return binaries;
};

/** By a socket in the folder and not by a port, which somebody else might take in between. */
const urlOf = (folder: string): string =>
  `postgresql://tickmark@localhost/postgres?host=${encodeURIComponent(folder)}`;

export const startCluster = async (): Promise<Cluster> => {
  const identity = unprivileged();
  const folder = mkdtempSync(join(tmpdir(), 'tickmark-pg-'));
  try {
    const { from, folder: native } = prepare(folder, identity);
    const server = [
      ...[join(native, 'bin/postgres'), '-D', join(folder, 'data')],
      ...['-c', `unix_socket_directories=${folder}`, ...SETTINGS],
    ];
    const guard = spawn('sh', ['-c', GUARD, 'guard', folder, ...server], {
      ...identity,
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    const ended = new Promise<void>((resolve) => guard.once('exit', () => resolve()));
    await whenReady(guard);
    const stop = async (): Promise<void> => {
      guard.stdin?.end();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    };
    return { from, url: urlOf(folder), stop };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
};
