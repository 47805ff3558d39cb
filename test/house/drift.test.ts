/** The generated files: what others read must be what the schemas say. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '../../schemas/event.ts';
import { drift, PUBLICATIONS, write } from '../../schemas/generate.ts';
import { REJECTIONS } from '../../schemas/signal.ts';
import { ROOT } from './tree.ts';

/** The first cell of every row of the page's table, which is written as code. */
const listed = (page: string): readonly string[] =>
  [...readFileSync(join(ROOT, page), 'utf8').matchAll(/^\| `([^`]+)` \|/gm)].map(([, cell = '']) => cell);

const folders: string[] = [];
const emptyRoot = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'tickmark-drift-'));
  folders.push(folder);
  return folder;
};
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

describe('the generated files', () => {
  it('are what the schemas say', () => {
    expect(drift(ROOT)).toEqual([]);
  });

  it('list every event type and no other', () => {
    expect(listed('docs/events.md')).toEqual(Object.keys(EVENT_TYPES));
  });

  it('list every rejection code and no other', () => {
    expect(listed('docs/errors.md')).toEqual(Object.keys(REJECTIONS));
  });

  it.each(PUBLICATIONS.map(({ file }) => file))('say where the schema of %s lives', (file) => {
    const schema: unknown = JSON.parse(readFileSync(join(ROOT, `schemas/json/${file}.schema.json`), 'utf8'));
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `https://tickmark.dev/schemas/${file}.json`,
    });
  });
});

describe('drift is found', () => {
  it('when a file is missing, edited, or made by nothing, and mended by writing', () => {
    const root = emptyRoot();
    expect(drift(root)).toHaveLength(PUBLICATIONS.length + 2);
    write(root);
    expect(drift(root)).toEqual([]);
    writeFileSync(join(root, 'docs/events.md'), '# Events\n');
    writeFileSync(join(root, 'schemas/json/gone.schema.json'), '{}\n');
    expect(drift(root)).toEqual([
      'docs/events.md is not what the schemas say',
      'schemas/json/gone.schema.json is made by nothing',
    ]);
    write(root);
    expect(drift(root)).toEqual([]);
  });
});
