/** Every dialect is enrolled in the contract: what lies in adapters/dialects, what index.ts names and what runs here are the same. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileMapping } from '../../adapters/dialects/eventlog/compile-mapping.ts';
import { dialectNames } from '../../adapters/dialects/index.ts';
import { tickmark } from '../../adapters/dialects/tickmark.ts';
import { type DialectSample, dialectContract } from './dialect.contract.ts';
import { VENDOR_SAMPLES } from './vendor-samples.ts';
import { ZONES, mappingOf, rowSignal, signalOf } from './signals.ts';

const event = (type: string, data: object) =>
  JSON.stringify({
    specversion: '1.0',
    id: type,
    source: 'test',
    type,
    subject: 'call-1',
    time: '2026-02-09T08:30:00Z',
    data,
  });

const eventlog = (): DialectSample => ({
  dialect: compileMapping(
    mappingOf({
      duplicates: 'keep',
      attributes: { note: 'note' },
      rows: [
        { ignore: 'a test', when: { note: 'test' } },
        {
          events: [
            { type: 'CallConnected', at: 'start', actor: 'agent' },
            { type: 'CallEnded', at: 'end', reason: 'note', optional: true },
          ],
        },
      ],
    }),
    ZONES,
  ),
  good: [
    rowSignal({ id: '1', start: '2026-02-09 08:30', end: '2026-02-09 08:35', agent: 'Ada', note: '' }),
    { ...rowSignal({ id: '1', start: '2026-02-09 08:30', end: '', agent: 'Ada', note: 'x' }), occurrence: 2 },
    rowSignal({ id: '2', start: '', end: '', agent: '', note: 'test' }),
  ],
});

/** The same dialect, fed with paths in place of cells. */
const messages = (): DialectSample => ({
  dialect: compileMapping(
    mappingOf({
      format: 'json',
      each: 'events',
      id: ['^.account', 'id', 'header.x-delivery'],
      revision: 'version',
      attributes: { note: 'notes[0]' },
      times: { start: { column: 'start', format: 'rfc2822' } },
      rows: [
        { ignore: 'a test', when: { test: true } },
        {
          events: [
            { type: 'CallConnected', at: 'start', actor: 'agent.name' },
            { type: 'CallEnded', at: 'receipt', reason: 'why' },
          ],
        },
      ],
    }),
    ZONES,
  ),
  good: [
    { id: 1, start: 'Mon, 09 Feb 2026 08:30:00 +0100', agent: { name: 'Ada' }, notes: ['x'], version: 2 },
    { test: true },
  ].map((one) => signalOf(JSON.stringify({ account: 7, events: [one] }), { 'x-delivery': 'd1' })),
});

const ENROLLED: Readonly<Record<string, () => DialectSample>> = {
  ...VENDOR_SAMPLES,
  eventlog,
  tickmark: () => ({
    dialect: tickmark,
    good: [
      signalOf(event('CallConnected', { actor: 'Ada', attributes: { queue: 'sales' } })),
      signalOf(`[${event('CallHeld', { reason: 'asking' })}, ${event('CallEnded', {})}]`),
    ],
  }),
};

for (const [name, make] of Object.entries(ENROLLED)) dialectContract(name, make);
dialectContract('eventlog', messages, 'of JSON messages');

describe('enrolment', () => {
  /** What all dialects read with, and the list of them, are no dialects. */
  const NO_DIALECTS = ['index', 'reading'];

  it('nobody is forgotten', () => {
    const listed = readdirSync(new URL('../../adapters/dialects', import.meta.url))
      .map((entry) => entry.replace(/\.ts$/, ''))
      .filter((entry) => !NO_DIALECTS.includes(entry))
      .sort();
    expect(Object.keys(ENROLLED).sort()).toEqual(listed);
    expect([...dialectNames].sort()).toEqual(listed);
  });
});
