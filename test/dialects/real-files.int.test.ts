/** The three real logs through carrier and dialect: every figure that a row alone decides must be the published one. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readHeader, readRows } from '../../adapters/carriers/file/read-rows.ts';
import { checkColumns, checkMapping } from '../../adapters/dialects/eventlog/check-mapping.ts';
import { compileMapping } from '../../adapters/dialects/eventlog/compile-mapping.ts';
import { problemText, readYaml } from '../../adapters/yaml-file.ts';
import { instantMs } from '../../schemas/brand.ts';
import type { EventDraft } from '../../schemas/event.ts';
import { Mapping } from '../../schemas/mapping.ts';
import { ZONES } from './signals.ts';

const ROOT = join(import.meta.dirname, '../..');
const DATA = join(ROOT, '../shared/data');

const published = <Shape extends z.ZodRawShape>(file: string, shape: Shape) =>
  z.object(shape).parse(JSON.parse(readFileSync(join(DATA, 'expected', file), 'utf8')));

const loadMapping = async (example: string): Promise<Mapping> => {
  const path = join(ROOT, 'examples', example, 'mapping.yaml');
  const result = await readYaml(path, Mapping, (mapping) => checkMapping(mapping, ZONES));
  if (!result.ok) throw new Error(result.problems.map(problemText).join('\n'));
  return result.value;
};

interface Read {
  readonly rows: number;
  readonly ignored: number;
  readonly rejected: readonly string[];
  /** By event id (vendor id and type), as intake would keep them. */
  readonly events: ReadonlyMap<string, EventDraft>;
}

const read = async (example: string, file: string): Promise<Read> => {
  const mapping = await loadMapping(example);
  const path = join(DATA, file);
  if (mapping.format !== 'csv' && mapping.format !== 'tsv') throw new Error('the data have headers');
  expect(checkColumns(mapping, await readHeader(path, mapping.format))).toEqual([]);
  const dialect = compileMapping(mapping, ZONES);
  const [rejected, events]: [string[], Map<string, EventDraft>] = [[], new Map()];
  let [rows, ignored] = [0, 0];
  const options = {
    format: mapping.format,
    dialect: 'eventlog',
    source: mapping.source,
    receivedAt: () => instantMs(0),
    keepDuplicates: mapping.duplicates === 'keep',
  };
  for await (const batch of readRows(path, options))
    for (const item of batch) {
      rows += 1;
      const translation = item.status === 'signal' ? dialect.translate(item.signal) : item;
      if (translation.status === 'rejected')
        rejected.push(`${item.signal.line}: ${translation.rejection.message}`);
      else if (translation.status === 'ignored') ignored += 1;
      else for (const event of translation.events) events.set(`${event.vendorId} ${event.type}`, event);
    }
  return { rows, ignored, rejected, events };
};

const ofType = (found: Read, type: string): readonly EventDraft[] =>
  [...found.events.values()].filter((event) => event.type === type);

/** Milliseconds from each event of the first type to the one of the second with the same subject. */
const spent = (found: Read, from: string, to: string): number => {
  const starts = new Map(ofType(found, from).map(({ subject, occurredAt }) => [subject, occurredAt]));
  return ofType(found, to).reduce(
    (sum, { subject, occurredAt }) => sum + occurredAt - (starts.get(subject) ?? occurredAt),
    0,
  );
};

const unless = (file: string): string | undefined =>
  existsSync(join(DATA, file)) ? undefined : `${join(DATA, file)} is not there`;

describe('the real logs', () => {
  it('bank: calls, talk and phantoms', async (context) => {
    const why = unless('anonymous_bank_1999_02.txt');
    if (why !== undefined) context.skip(why);
    const expected = published('bank_summary.json', {
      rows: z.int(),
      phantom: z.int(),
      agent_calls: z.int(),
      agents: z.int(),
      talk_s_total: z.int(),
    });
    const found = await read('bank', 'anonymous_bank_1999_02.txt');
    expect(found.rejected).toEqual([]);
    expect([found.rows, found.ignored]).toEqual([expected.rows, expected.phantom]);
    const connected = ofType(found, 'CallConnected');
    expect(connected).toHaveLength(expected.agent_calls);
    expect(new Set(connected.map(({ data }) => ('actor' in data ? data.actor : ''))).size).toBe(
      expected.agents,
    );
    expect(spent(found, 'CallConnected', 'CallEnded')).toBe(expected.talk_s_total * 1_000);
    // Every row but the phantoms is a call of its own: the four columns are a key.
    expect(ofType(found, 'CallOffered')).toHaveLength(expected.rows - expected.phantom);
    expect(new Set([...found.events.values()].map(({ subject }) => subject)).size).toBe(33_066);
    expect(ofType(found, 'CallAbandoned')).toHaveLength(5_904);
  });

  it('disco: minutes of each operation, exact repetitions once', async (context) => {
    const why = unless('disco_callcenter.csv');
    if (why !== undefined) context.skip(why);
    const expected = published('disco_summary.json', {
      rows: z.int(),
      rows_dedup: z.int(),
      minutes_by_operation_dedup: z.record(z.string(), z.int()),
    });
    const minutes = expected.minutes_by_operation_dedup;
    const sum = (...operations: readonly string[]) =>
      operations.reduce((total, operation) => total + (minutes[operation] ?? NaN), 0) * 60_000;
    const found = await read('disco', 'disco_callcenter.csv');
    expect(found.rejected).toEqual([]);
    expect([found.rows, found.events.size]).toEqual([expected.rows, 2 * expected.rows_dedup]);
    expect(new Set([...found.events.values()].map(({ subject }) => subject)).size).toBe(expected.rows_dedup);
    expect(spent(found, 'CallConnected', 'CallEnded')).toBe(sum('Inbound Call', 'Call Outbound'));
    expect(spent(found, 'EmailWorkStarted', 'EmailWorkEnded')).toBe(sum('Handle Email', 'Email Outbound'));
    expect(spent(found, 'TaskStarted', 'TaskCompleted')).toBe(sum('Handle Case'));
    expect(spent(found, 'EmailReceived', 'EmailAnswered')).toBe(sum('Inbound Email'));
  });

  it('helpdesk: every row a fact, in UTC+10', async (context) => {
    const why = unless('helpdesk_italian_anonymised.csv');
    if (why !== undefined) context.skip(why);
    const expected = published('helpdesk_summary.json', { rows: z.int(), cases: z.int() });
    const found = await read('helpdesk', 'helpdesk_italian_anonymised.csv');
    expect(found.rejected).toEqual([]);
    expect([found.rows, found.events.size]).toEqual([expected.rows, expected.rows]);
    expect(new Set([...found.events.values()].map(({ subject }) => subject)).size).toBe(expected.cases);
    expect(ofType(found, 'TicketResolved')).toHaveLength(4_150);
    // Line 2 of the file: 2,1,2012-04-03 16:55:38.
    expect(found.events.get('2|1|2012-04-03 16:55:38 TicketStatusChanged')?.occurredAt).toBe(
      Date.UTC(2012, 3, 3, 6, 55, 38),
    );
  });
});
