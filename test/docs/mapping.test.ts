/** The mapping guide: its mappings are sound, its example gives the events that it prints, its table knows every option. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readRows } from '../../adapters/carriers/file/read-rows.ts';
import { checkMapping } from '../../adapters/dialects/eventlog/check-mapping.ts';
import { compileMapping } from '../../adapters/dialects/eventlog/compile-mapping.ts';
import { localToInstants } from '../../engine/index.ts';
import { instantMs } from '../../schemas/brand.ts';
import type { EventDraft } from '../../schemas/event.ts';
import { Mapping } from '../../schemas/mapping.ts';
import { type Block, pageAt, tableOf } from './page.ts';
import { schemaKeys } from './schema-keys.ts';

const ZONES = { toInstants: localToInstants };
const page = pageAt('docs/mapping.md');
const written = (name: string): Block => {
  const block = page.blocks.find(({ directive }) => directive?.name === name);
  if (!block) throw new Error(`the page has no ${name}`);
  return block;
};

/** What a fragment leaves out, it takes from the example. */
const wholeOf = ({ text }: Block): unknown => ({ ...parse(written('calls.yaml').text), ...parse(text) });

const yaml = page.blocks.filter(({ language }) => language === 'yaml');

const factText = ({ type, occurredAt, subject, data }: EventDraft): readonly string[] => [
  type,
  new Date(occurredAt).toISOString().replace('.000Z', 'Z'),
  subject,
  ('actor' in data ? data.actor : undefined) ?? '',
  'attributes' in data
    ? Object.entries(data.attributes ?? {})
        .flatMap((pair) => pair.join('='))
        .join(', ')
    : '',
];

const NOTHING_ELSE = ['', '', '', ''];

/** The rows of a file through a mapping, as the page's table writes them. */
const tableFrom = async (path: string, mapping: Mapping): Promise<readonly (readonly string[])[]> => {
  const dialect = compileMapping(mapping, ZONES);
  const rows: (readonly string[])[] = [];
  const request = { format: 'csv' as const, dialect: 'eventlog', source: mapping.source };
  for await (const arrivals of readRows(path, { ...request, receivedAt: () => instantMs(0) }))
    for (const { signal } of arrivals) {
      const line = String(signal.line);
      const told = dialect.translate(signal);
      if (told.status === 'events') rows.push(...told.events.map((event) => [line, ...factText(event)]));
      else if (told.status === 'ignored') rows.push([line, 'ignored', ...NOTHING_ELSE]);
      else rows.push([line, `rejected: ${told.rejection.code}`, ...NOTHING_ELSE]);
    }
  return rows;
};

describe('the mappings of docs/mapping.md', () => {
  it('are more than a few', () => expect(yaml.length).toBeGreaterThan(5));

  it.each(yaml.map((block) => [`line ${block.line}`, block] as const))('%s are sound', (_, block) => {
    const mapping = Mapping.parse(wholeOf(block));
    expect(checkMapping(mapping, ZONES)).toEqual([]);
  });

  it('make the events of the example', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tickmark-page-'));
    try {
      writeFileSync(join(folder, 'calls.csv'), `${written('calls.csv').text}\n`);
      const mapping = Mapping.parse(parse(written('calls.yaml').text));
      expect(await tableFrom(join(folder, 'calls.csv'), mapping)).toEqual(tableOf(page, 'line', 'what'));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('has a row for every option of the schema', () => {
    const asAbove = /\[\]\.subject\./;
    const keys = schemaKeys('mapping').filter((key) => !asAbove.test(key));
    expect(
      tableOf(page, 'option', 'needed')
        .map(([key]) => key)
        .toSorted(),
    ).toEqual(keys);
  });
});
