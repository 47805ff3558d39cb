/** Signals and mappings for tests: written short, complete where a schema asks for more. */
import { compileMapping } from '../../adapters/dialects/eventlog/compile-mapping.ts';
import type { Zones } from '../../adapters/dialects/reading/local-zone.ts';
import { localToInstants } from '../../engine/calendar/zone.ts';
import { instantMs } from '../../schemas/brand.ts';
import type { EventDraft } from '../../schemas/event.ts';
import { Mapping } from '../../schemas/mapping.ts';
import type { RejectionCode, Signal, Translation } from '../../schemas/signal.ts';

export const ZONES: Zones = { toInstants: localToInstants };

export const RECEIVED_AT = instantMs(Date.UTC(2026, 10, 30));

export const signalOf = (raw: string, fields?: Readonly<Record<string, string>>): Signal => ({
  source: 'test',
  dialect: 'test',
  receivedAt: RECEIVED_AT,
  line: 2,
  raw,
  ...(fields ? { fields: { ...fields } } : {}),
});

export const rowSignal = (fields: Readonly<Record<string, string>>): Signal =>
  signalOf(Object.values(fields).join(','), fields);

/** A mapping of rows with id, start, end and agent, changed where the test cares. */
export const mappingOf = (changes: Readonly<Record<string, unknown>> = {}): Mapping =>
  Mapping.parse({
    mapping: 'test',
    source: 'test',
    format: 'csv',
    zone: 'Europe/Berlin',
    id: 'id',
    subject: { kind: 'call', id: 'id' },
    times: { start: { column: 'start', format: 'iso' }, end: { column: 'end', format: 'iso' } },
    rows: [
      {
        events: [
          { type: 'CallConnected', at: 'start', actor: 'agent' },
          { type: 'CallEnded', at: 'end' },
        ],
      },
    ],
    ...changes,
  });

/** One time of one format, read from the column `t`. */
export const timeMapping = (format: string, changes: Readonly<Record<string, unknown>> = {}): Mapping =>
  mappingOf({
    times: { t: { column: 't', format } },
    rows: [{ events: [{ type: 'CallOffered', at: 't' }] }],
    ...changes,
  });

export const translateRow = (mapping: Mapping, fields: Readonly<Record<string, string>>): Translation =>
  compileMapping(mapping, ZONES).translate(rowSignal(fields));

export const eventsOf = (translation: Translation): readonly EventDraft[] => {
  if (translation.status !== 'events') throw new Error(JSON.stringify(translation));
  return translation.events;
};

export const rejectionOf = (translation: Translation): { code: RejectionCode; message: string } => {
  if (translation.status !== 'rejected') throw new Error(`not rejected: ${JSON.stringify(translation)}`);
  return translation.rejection;
};

/** The instant of a text in a format, in ISO, or the code of its rejection. */
export const readTime = (
  format: string,
  text: string,
  changes: Readonly<Record<string, unknown>> = {},
): string => {
  const translation = translateRow(timeMapping(format, changes), { id: '1', t: text });
  if (translation.status === 'rejected') return translation.rejection.code;
  return eventsOf(translation)
    .map(({ occurredAt }) => new Date(occurredAt).toISOString())
    .join();
};
