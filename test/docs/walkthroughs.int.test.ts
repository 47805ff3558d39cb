/** What the documentation shows on a terminal is what the program says. `node test/docs/refresh.ts` rewrites it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { allPages } from './page.ts';
import { play, textOf } from './walkthrough.ts';

const folders: string[] = [];
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'tickmark-page-'));
  folders.push(folder);
  return folder;
};
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const walkthroughs = allPages().filter(({ blocks }) => blocks.some(({ language }) => language === 'console'));

describe('the terminal of', () => {
  it('the README, the mapping guide and the walk through the house is among them', () => {
    const paths = walkthroughs.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['README.md', 'docs/how-it-works.md', 'docs/mapping.md']));
  });

  it.each(walkthroughs.map((page) => [page.path, page] as const))(
    '%s is what the program says',
    async (_, page) => {
      const played = await play(page, newFolder());
      const shown = played.map(({ block }) => block.text);
      expect(shown).toEqual(played.map(({ steps }) => textOf(steps)));
    },
  );
});
