/** The page of sources: a row and a page of its own for every dialect of a vendor, with what each page must tell. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { vendors } from '../../adapters/dialects/index.ts';
import { ROOT } from '../house/tree.ts';

const DOCS = join(ROOT, 'docs');
const NAMES = [...vendors.keys()];

describe('docs/sources.md', () => {
  it('has a row for each vendor, which leads to its page', () => {
    const rows = [
      ...readFileSync(join(DOCS, 'sources.md'), 'utf8').matchAll(
        /^\| \[([\w-]+)\]\(sources\/([\w-]+)\.md\)/gm,
      ),
    ];
    expect(rows.map(([, name]) => name)).toEqual(NAMES);
    expect(rows.map(([, , page]) => page)).toEqual(NAMES);
  });

  it('has no page that nobody leads to', () => {
    expect(readdirSync(join(DOCS, 'sources')).map((file) => file.replace('.md', ''))).toEqual(NAMES);
  });

  it.each(NAMES)(
    'says on the page of %s how it is set up, what is not seen, its options and its proof',
    (name) => {
      const page = readFileSync(join(DOCS, 'sources', `${name}.md`), 'utf8');
      expect(page).toMatch(/not seen/i);
      expect(page).toMatch(/## Set[- ]/);
      expect(page).toContain(`dialect: ${name}`);
      expect(page).toContain(`test/dialects/${name}.test.ts`);
      const options = vendors.get(name)?.options;
      const keys = options !== undefined && 'shape' in options ? Object.keys(Object(options.shape)) : [];
      for (const key of keys) expect(page).toContain(`\`${key}\``);
    },
  );
});
