/** Every store is enrolled in every suite that bears the name of one of its files. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ENROLLED, ENROLLED_WITH_A_SERVER } from './enrolled.ts';

const STORES = new URL('../../adapters/stores/', import.meta.url);

type Folders = Readonly<Record<string, readonly string[]>>;

const namesIn = (folder: URL, ending: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length));

const folders = (): Folders =>
  Object.fromEntries(
    readdirSync(STORES, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => [name, namesIn(new URL(`${name}/`, STORES), '.ts')]),
  );

const wanted = (stores: Folders, suites: readonly string[]): readonly string[] =>
  Object.entries(stores)
    .flatMap(([store, files]) =>
      files.filter((file) => suites.includes(file)).map((file) => `${file}: ${store}`),
    )
    .sort();

const enrolled = [...Object.entries(ENROLLED), ...Object.entries(ENROLLED_WITH_A_SERVER)]
  .flatMap(([suite, stores]) => Object.keys(stores).map((store) => `${suite}: ${store}`))
  .sort();

/** `read-models` as `readModelsContract`. */
const contractOf = (suite: string): string =>
  `${suite.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}Contract`;

describe('enrolment', () => {
  const suites = namesIn(new URL('./', import.meta.url), '.contract.ts');

  it('what lies in adapters/stores and what is enrolled are the same', () => {
    expect(enrolled).toEqual(wanted(folders(), suites));
    expect(enrolled).toHaveLength(8);
  });

  it('a store that nobody enrolled would be noticed', () => {
    const more = { ...folders(), redis: ['read-models', 'index'] };
    expect(wanted(more, suites).filter((name) => !enrolled.includes(name))).toEqual(['read-models: redis']);
  });

  it('every suite that is enrolled in exists', () => {
    expect(suites).toEqual(expect.arrayContaining(Object.keys(ENROLLED)));
    expect(suites).toEqual(expect.arrayContaining(Object.keys(ENROLLED_WITH_A_SERVER)));
  });

  it('a store behind a server is enrolled in the file that says so', () => {
    for (const [suite, stores] of Object.entries(ENROLLED_WITH_A_SERVER))
      for (const [store, file] of Object.entries(stores))
        expect(readFileSync(new URL(file, import.meta.url), 'utf8')).toContain(
          `\n${contractOf(suite)}('${store}', `,
        );
  });
});
