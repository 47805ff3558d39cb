/** tickmark signals try: what is shown of messages before anything is kept, and how a wrong word is answered. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepPiped } from '../../adapters/carriers/file/standard-input.ts';
import type { Doors } from '../../adapters/doors.ts';
import { DOORS } from '../../adapters/main.ts';
import { temporaryFolder } from '../contracts/temporary-folder.ts';
import { runIn } from '../docs/program.ts';
import { ROOT } from '../house/tree.ts';

const folders = temporaryFolder();
afterAll(() => folders.remove());

const MAPPING = `
mapping: desk
source: desk
format: json
zone: Europe/Berlin
id: id
subject: { kind: ticket, id: ticket.number }
attributes: { customer: ticket.custmer }
times: { at: { column: at, format: iso } }
rows:
  - when: { type: assigned }
    events: [{ type: TicketAssigned, at: at, actor: ticket.agent }]
  - { ignore: a ping, when: { type: ping } }
`;

const assigned = (id: number, minute: number, agent = 'lena') => ({
  id,
  type: 'assigned',
  at: `2025-03-03T09:${String(minute).padStart(2, '0')}:00+01:00`,
  ticket: { number: 81, agent, customer: 'Adria' },
});

const FILES = {
  'desk.yaml': MAPPING,
  'hook.yaml': MAPPING.replace('id: id', 'id: header.x-delivery'),
  'rows.yaml': MAPPING.replace('json', 'csv').replaceAll('ticket.', '').replace('custmer', 'customer'),
  'one.json': JSON.stringify(assigned(1, 10)),
  'many.json': JSON.stringify([
    assigned(1, 10),
    { type: 'ping' },
    assigned(1, 20, 'omar'),
    assigned(2, 30, ''),
  ]),
  'many.ndjson': [assigned(1, 10), assigned(1, 10)].map((one) => JSON.stringify(one)).join('\n'),
  'call.json': JSON.stringify({
    specversion: '1.0',
    id: '1',
    source: 'pbx',
    type: 'CallConnected',
    subject: 'call-1',
    time: '2025-03-03T08:10:00Z',
    data: { actor: 'lena' },
  }),
  'sources.yaml': `sources:
  acme: { dialect: mapping, mapping: desk.yaml, system: acme, people: { lena: lena.b } }
`,
  'rows.csv': 'id,type,at,number,agent,customer\n1,assigned,2025-03-03T09:10:00+01:00,81,lena,Adria\n',
};

const folder = folders.fresh('try');
beforeAll(() => {
  mkdirSync(folder);
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
});

const tryOut = async (words: readonly string[], doors: Doors = DOORS) => {
  const { code, out } = await runIn(doors, folder, ['signals', 'try', ...words]);
  // How wide a column is depends on what else stands in it.
  return { code, lines: out.split('\n').map((line) => line.replaceAll(/ {3,}/g, '  ')) };
};

const FACT = '2025-03-03 09:10:00  TicketAssigned  ticket-81  lena';

describe('messages that are tried', () => {
  it('show their facts in the time of the mapping, and leave no folder', async () => {
    const { code, lines } = await tryOut(['rows.yaml', 'rows.csv']);
    expect(code).toBe(0);
    expect(lines).toContain(`1  ${FACT}  customer=Adria`);
    expect(lines).toContain('1 message: 1 told 1 fact.');
    expect(readdirSync(folder).toSorted()).toEqual(Object.keys(FILES).toSorted());
  });

  it('show what is ignored, and what would be a dead letter and why, one by one', async () => {
    const { code, lines } = await tryOut(['desk.yaml', 'many.json']);
    expect(code).toBe(3);
    expect(lines).toContain(`1  ${FACT}`);
    expect(lines).toContain('2  ignored  a ping');
    expect(lines).toContain('3  rejected  conflicting-duplicate');
    expect(lines).toContain(
      '4 messages: 1 told 1 fact, 1 ignored (a ping), 2 rejected (conflicting-duplicate, missing-field).',
    );
    expect(lines).toContain(
      '4  missing-field: TicketAssigned needs the actor in the column "ticket.agent", which holds ""',
    );
  });

  it('end with the paths that none of them has, where they stand in the mapping', async () => {
    const { lines } = await tryOut(['desk.yaml', 'one.json']);
    expect(lines.slice(-2)).toEqual([
      'The mapping names what 1 message did not have:',
      '  desk.yaml:8:25: "ticket.custmer" is in none of them (did you mean ticket.customer?)',
    ]);
  });

  it('may be one a line, and a repetition is said before', async () => {
    const { code, lines } = await tryOut(['desk.yaml', 'many.ndjson']);
    expect(code).toBe(0);
    expect(lines).toContain(`2  ${FACT}  (said before)`);
  });

  it.each([
    ['one document', FILES['many.json'], 4],
    ['one a line', FILES['many.ndjson'], 2],
  ])('may be piped in, %s, and what was piped goes afterwards', async (_, text, messages) => {
    let path = '';
    const standardInput = async () => {
      const piped = await keepPiped(
        Readable.from([Buffer.from(text.slice(0, 9)), Buffer.from(text.slice(9))]),
      );
      path = piped.path;
      return piped;
    };
    const { lines } = await tryOut(['desk.yaml', '-'], { ...DOORS, standardInput });
    expect(lines.join('\n')).toContain(`${messages} messages: `);
    expect(path).not.toBe('');
    expect(existsSync(path)).toBe(false);
  });

  it.each(['X-Delivery: d1', 'x-delivery=d1'])('have the header %s', async (header) => {
    const without = await tryOut(['hook.yaml', 'one.json']);
    expect(without.code).toBe(3);
    const told = await tryOut(['hook.yaml', 'one.json', '--header', header]);
    expect(told.code).toBe(0);
    expect(told.lines).toContain(`1  ${FACT}`);
  });

  it('are shown as JSON: each of the first, and the count of all', async () => {
    const { code, lines } = await tryOut(['desk.yaml', 'many.json', '--json', '--limit', '1']);
    expect(code).toBe(3);
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
      {
        status: 'accepted',
        events: [{ type: 'TicketAssigned', subject: 'ticket-81', data: { actor: 'lena' } }],
      },
      {
        messages: 4,
        accepted: 1,
        facts: 1,
        ignored: { 'a ping': 1 },
        rejected: { 'conflicting-duplicate': 1, 'missing-field': 1 },
      },
    ]);
  });

  it('say how many are not shown', async () => {
    const { lines } = await tryOut(['desk.yaml', 'many.json', '--limit', '2']);
    expect(lines.join('\n')).toMatch(/^4 messages: .*; the first 2 are shown \(--limit\)\.$/m);
  });

  it('may be in words that need no mapping', async () => {
    const { code, lines } = await tryOut(['--dialect', 'tickmark', 'call.json']);
    expect(code).toBe(0);
    expect(lines).toContain('1  2025-03-03 08:10:00  CallConnected  call-1  lena');
  });
});

describe('messages of a source', () => {
  it('are told as the source speaks: its system, its people', async () => {
    const { code, lines } = await tryOut(['--sources', 'sources.yaml', '--source', 'acme', 'one.json']);
    expect(code).toBe(0);
    expect(lines).toContain('1  2025-03-03 08:10:00  TicketAssigned  ticket-acme.81  lena.b');
  });
});

describe('what is asked wrongly', () => {
  it.each([
    [['desk.yaml']],
    [['--dialect', 'github', 'desk.yaml', 'one.json']],
    [['--dialect', 'gitub', 'one.json']],
    [['--sources', 'sources.yaml', '--source', 'acne', 'one.json']],
    [['--sources', 'sources.yaml', '--source', 'acme', '--dialect', 'github', 'one.json']],
    [['desk.yaml', 'one.json', '--header', 'nothing']],
    [['desk.yaml', 'one.json', '--limit', '0']],
    [['desk.yaml', 'gone.json']],
    [['one.json', 'one.json']],
  ])('%j exits with 2', async (words) => {
    expect((await tryOut(words)).code).toBe(2);
  });
});

describe('the example of a webhook', () => {
  it('tells one fact with a mapping of 15 lines', async () => {
    const at = (name: string): string => join(ROOT, 'examples/webhook', name);
    const { code, lines } = await tryOut([at('mapping.yaml'), at('message.json')]);
    expect(code).toBe(0);
    expect(lines.join('\n')).toContain(
      '2025-03-03 09:14:07  TicketAssigned  ticket-5158  lena@acme.example  customer=Hotel Adria',
    );
  });
});
