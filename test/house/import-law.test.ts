/** The import law: the tree keeps it, and a planted breach of every row is found. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { breaches, type Finding, lawNames } from './import-law.ts';
import { filesBelow, ROOT } from './tree.ts';

describe('the house', () => {
  it('keeps the import law', async () => {
    const finding = await breaches(ROOT);
    expect(finding.breaches).toEqual([]);
    const relative = /^(?:import|export)\b[^;]*? from '\.{1,2}\//gm;
    const written = filesBelow(ROOT, ['.ts']).flatMap(({ text }) => [...text.matchAll(relative)]).length;
    expect(written).toBeGreaterThan(20);
    // The cruiser counts imports of packages too. Were it blind to TypeScript, it would count none.
    expect(finding.imports).toBeGreaterThan(written);
    // The whole tree is read; beside other work that takes a while.
  }, 60_000);
});

/** file: what it imports, as it would be written there. */
const ALLOWED: readonly (readonly [file: string, ...imports: readonly string[]])[] = [
  ['schemas/a.ts', 'zod', './b.ts'],
  ['schemas/generate.ts', 'zod', 'node:fs', './a.ts'],
  ['engine/a.ts', '../schemas/a.ts', './b.ts'],
  ['engine/calendar/zone.ts', 'luxon', '../b.ts', '../../schemas/a.ts'],
  ['projections/a.ts', '../schemas/a.ts', '../engine/a.ts', './ports.ts'],
  ['adapters/dialects/one/index.ts', '../../../schemas/a.ts', './row.ts', '../reading/clock.ts'],
  ['adapters/carriers/file.ts', '../../schemas/a.ts', 'node:fs', '../config.ts', 'type ../../engine/a.ts'],
  [
    'adapters/stores/memory/log.ts',
    '../../../projections/ports.ts',
    'node:sqlite',
    'type ../../../engine/a.ts',
  ],
  ['adapters/stores/kurrentdb/log.ts', '../../../projections/ports.ts', '@eventstore/db-client'],
  [
    'adapters/intake.ts',
    '../projections/ports.ts',
    '../schemas/a.ts',
    'yaml',
    'type ./dialects/two/index.ts',
  ],
  [
    'adapters/main.ts',
    './stores/memory/log.ts',
    './dialects/one/index.ts',
    './carriers/file.ts',
    '../engine/a.ts',
    '../projections/a.ts',
  ],
  [
    'test/a.test.ts',
    '../adapters/main.ts',
    '../adapters/stores/memory/log.ts',
    '../schemas/generate.ts',
    '../engine/a.ts',
    'vitest',
  ],
];

const FORBIDDEN: readonly (readonly [law: string, file: string, imported: string])[] = [
  ['schemas', 'schemas/bad-1.ts', 'node:fs'],
  ['schemas', 'schemas/bad-2.ts', 'luxon'],
  ['schemas', 'schemas/bad-3.ts', 'type ../engine/b.ts'],
  ['generate', 'schemas/generate.ts', '../engine/b.ts'],
  ['generate-is-a-program', 'adapters/bad-1.ts', '../schemas/generate.ts'],
  ['engine', 'engine/bad-1.ts', 'luxon'],
  ['engine', 'engine/bad-2.ts', 'node:crypto'],
  ['engine', 'engine/bad-3.ts', 'type ../projections/ports.ts'],
  ['engine-calendar', 'engine/calendar/bad.ts', 'zod'],
  ['projections', 'projections/bad-1.ts', 'zod'],
  ['projections', 'projections/bad-2.ts', 'node:path'],
  ['pure-rooms-stay-inside', 'projections/bad-3.ts', '../adapters/config.ts'],
  ['dialects', 'adapters/dialects/one/bad-1.ts', 'node:crypto'],
  ['dialects', 'adapters/dialects/one/bad-2.ts', 'yaml'],
  ['dialects', 'adapters/dialects/one/bad-3.ts', '../../config.ts'],
  ['dialects-apart', 'adapters/dialects/one/bad-4.ts', '../two/index.ts'],
  ['dialects-apart', 'adapters/dialects/reading/bad.ts', '../two/index.ts'],
  ['carriers', 'adapters/carriers/bad-1.ts', 'yaml'],
  ['carriers', 'adapters/carriers/bad-2.ts', '../../projections/ports.ts'],
  ['carriers-doors', 'adapters/carriers/bad-3.ts', '../stores/memory/log.ts'],
  ['carriers-doors', 'adapters/carriers/bad-4.ts', '../dialects/two/index.ts'],
  ['carriers-types', 'adapters/carriers/bad-5.ts', '../../engine/b.ts'],
  ['adapters-ports', 'adapters/cli/bad-1.ts', '../../engine/b.ts'],
  ['adapters-ports', 'adapters/http/bad-2.ts', '../../projections/b.ts'],
  ['composition-root', 'adapters/bad-2.ts', './stores/memory/log.ts'],
  ['composition-root', 'adapters/cli/bad-3.ts', '../dialects/two/index.ts'],
  ['composition-root', 'adapters/cli/bad-4.ts', '../carriers/file.ts'],
  ['stores-apart', 'adapters/stores/memory/bad.ts', '../../dialects/two/index.ts'],
  ['event-store-client', 'adapters/stores/memory/bad-2.ts', '@eventstore/db-client'],
  ['nothing-imports-test', 'adapters/bad-4.ts', '../test/seed.ts'],
  ['nothing-imports-bench', 'adapters/bad-5.ts', '../bench/a.ts'],
  ['no-circles', 'engine/circle-1.ts', './circle-2.ts'],
  ['no-ghosts', 'adapters/bad-6.ts', './not-there.ts'],
  ['declared', 'adapters/bad-7.ts', 'vitest'],
];

const LEAVES = [
  'schemas/b.ts',
  'engine/b.ts',
  'projections/b.ts',
  'projections/ports.ts',
  'adapters/config.ts',
];
const MORE_LEAVES = [
  'adapters/dialects/one/row.ts',
  'adapters/dialects/two/index.ts',
  'adapters/dialects/reading/clock.ts',
  'bench/a.ts',
  'test/seed.ts',
];
const PACKAGES = ['zod', 'luxon', 'yaml', 'vitest', '@eventstore/db-client'];

const importing = (imported: string): string =>
  imported.startsWith('type ')
    ? `import type { a } from '${imported.slice(5)}';`
    : `import { a } from '${imported}';`;

/** path: text, of a small house that keeps the law and breaks it once in every way. */
const plantedFiles = (): ReadonlyMap<string, string> => {
  const files = new Map<string, string>();
  const add = (path: string, ...imports: readonly string[]): void => {
    const text = [files.get(path) ?? 'export const a = 1;', ...imports.map(importing)];
    files.set(path, text.join('\n'));
  };
  for (const path of [...LEAVES, ...MORE_LEAVES]) add(path);
  for (const [path, ...imports] of ALLOWED) add(path, ...imports);
  for (const [, path, imported] of FORBIDDEN) add(path, imported);
  add('engine/circle-2.ts', './circle-1.ts');
  for (const name of PACKAGES) {
    files.set(
      `node_modules/${name}/package.json`,
      JSON.stringify({ name, version: '1.0.0', main: 'index.js' }),
    );
    files.set(`node_modules/${name}/index.js`, 'exports.a = 1;');
  }
  const dependencies = { zod: '1', luxon: '1', yaml: '1', '@eventstore/db-client': '1' };
  files.set(
    'package.json',
    JSON.stringify({ type: 'module', dependencies, devDependencies: { vitest: '1' } }),
  );
  return files;
};

describe('a planted breach is found', () => {
  const root = mkdtempSync(join(tmpdir(), 'tickmark-law-'));
  let finding: Finding;

  beforeAll(async () => {
    for (const [path, text] of plantedFiles()) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), `${text}\n`);
    }
    finding = await breaches(root);
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it.each(FORBIDDEN)('by the law "%s": %s imports %s', (law, file) => {
    expect(finding.breaches.filter(({ from }) => from === file).map((breach) => breach.law)).toContain(law);
  });

  it('and nothing else is', () => {
    const planted = new Set([...FORBIDDEN.map(([, file]) => file), 'engine/circle-2.ts']);
    expect(finding.breaches.filter(({ from }) => !planted.has(from))).toEqual([]);
  });

  it('by every law there is', () => {
    expect([...new Set(FORBIDDEN.map(([law]) => law))].sort()).toEqual(lawNames().toSorted());
  });
});
