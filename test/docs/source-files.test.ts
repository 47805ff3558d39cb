/** The files of sources that the pages show: each can be used as it stands. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DOORS } from '../../adapters/main.ts';
import { temporaryFolder } from '../contracts/temporary-folder.ts';
import { allPages } from './page.ts';

const folders = temporaryFolder();
afterAll(() => folders.remove());

const shown = allPages().flatMap(({ path, blocks }) =>
  blocks
    .filter(({ language, text }) => language === 'yaml' && /^sources:/m.test(text))
    .map((block) => [`${path}, line ${block.line}`, block.text] as const),
);

describe('a file of sources', () => {
  it('is on more than a few pages', () => expect(shown.length).toBeGreaterThan(10));

  it.each(shown)('can be used as it stands: %s', async (_place, text) => {
    const folder = folders.fresh('page');
    mkdirSync(folder);
    const file = join(folder, 'sources.yaml');
    writeFileSync(file, text);
    // Whatever is wrong comes with the line of it.
    const sources = await DOORS.readSources(file);
    expect(sources.size).toBeGreaterThan(0);
  });
});
