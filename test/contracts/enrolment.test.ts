/** Every store is enrolled in every suite that bears the name of one of its files. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ENROLLED } from './enrolled.ts';
import { ON_SERVERS } from './on-servers.ts';

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

const enrolled = [
  ...Object.entries(ENROLLED).flatMap(([suite, stores]) =>
    Object.keys(stores).map((store) => `${suite}: ${store}`),
  ),
  ...Object.entries(ON_SERVERS).flatMap(([store, suites]) =>
    Object.keys(suites).map((suite) => `${suite}: ${store}`),
  ),
].sort();

describe('enrolment', () => {
  const suites = namesIn(new URL('./', import.meta.url), '.contract.ts');

  it('what lies in adapters/stores and what is enrolled are the same', () => {
    expect(enrolled).toEqual(wanted(folders(), suites));
    expect(enrolled).toHaveLength(13);
  });

  it('a store that nobody enrolled would be noticed', () => {
    const more = { ...folders(), redis: ['read-models', 'index'] };
    expect(wanted(more, suites).filter((name) => !enrolled.includes(name))).toEqual(['read-models: redis']);
  });

  it('every suite that is enrolled in exists', () => {
    const onServers = Object.values(ON_SERVERS).flatMap((own) => Object.keys(own));
    expect(suites).toEqual(expect.arrayContaining([...Object.keys(ENROLLED), ...onServers]));
  });

  it('every server has a file of the other tier that runs its suites', () => {
    for (const store of Object.keys(ON_SERVERS))
      expect(readFileSync(new URL(`${store}.int.test.ts`, import.meta.url), 'utf8')).toContain(
        `Object.values(ON_SERVERS.${store})`,
      );
  });
});
