/**
 * CDR, the call detail record: a line of CSV for each leg, written when it is over.
 *
 * | column              | fact                                                                     |
 * | ------------------- | ------------------------------------------------------------------------ |
 * | start               | CallOffered of the dialled person; CallDialed where a person dialled     |
 * | answer              | CallConnected (disposition ANSWERED)                                     |
 * | end                 | CallEnded, durationMs = billsec; CallMissed where nobody answered        |
 *
 * Source: docs.asterisk.org, CDR specification; the default columns of cdr_csv. Times are naive, in the server's zone,
 * to the second. Hold and after-call work are not told. uniqueid is not unique where a call forks: the record is named
 * by uniqueid, both channels and its start.
 */
import type { EventType } from '../../../schemas/event.ts';
import type { Translation } from '../../../schemas/signal.ts';
import { named } from '../reading/csv-line.ts';
import { type Fact, type Said, told } from '../reading/facts.ts';
import { readIso } from '../reading/iso.ts';
import { lengthOf } from '../reading/lengths.ts';
import { ignored, rejected } from '../reading/message.ts';
import type { IsPerson } from '../reading/pattern.ts';
import { quote } from '../reading/quote.ts';
import { subjectOf } from '../reading/subject.ts';
import type { Clock } from './clock.ts';
import { deviceOf } from './device.ts';

/** prettier would write one a line. */
const COLUMNS =
  'accountcode src dst dcontext clid channel dstchannel lastapp lastdata start answer end duration billsec disposition amaflags uniqueid userfield'.split(
    ' ',
  );
const DISPOSITIONS = new Set(['ANSWERED', 'NO ANSWER', 'BUSY', 'FAILED', 'CONGESTION']);

export const isCdr = (cells: readonly string[]): boolean =>
  cells.length >= 16 && DISPOSITIONS.has(cells[14] ?? '');

type Row = Readonly<Record<string, string>>;

/** The person of the leg: who was dialled, else who dialled. */
const personOf = (
  row: Row,
  isPerson: IsPerson,
): { readonly actor: string; readonly dialled: boolean } | undefined => {
  const [callee, caller] = [deviceOf(row['dstchannel'] ?? ''), deviceOf(row['channel'] ?? '')];
  if (isPerson(callee)) return { actor: callee, dialled: true };
  return isPerson(caller) ? { actor: caller, dialled: false } : undefined;
};

const timeIn = (row: Row, column: string, clock: Clock): number | string => {
  const text = row[column] ?? '';
  const iso = readIso(text);
  const at = typeof iso === 'string' ? iso : clock(iso.localMs);
  return typeof at === 'string' ? `${column} ${quote(text)} ${at}` : at;
};

const SECOND_MS = 1_000;
const billed = (row: Row): number | undefined => lengthOf(row['billsec'], SECOND_MS);

export const readCdr = (cells: readonly string[], clock: Clock, isPerson: IsPerson): Translation => {
  const row = named(cells, COLUMNS);
  const person = personOf(row, isPerson);
  if (!person) return ignored('a leg of no person');
  const { uniqueid = '', channel = '', dstchannel = '', disposition = '', start = '' } = row;
  if (uniqueid === '') return rejected('missing-field', 'uniqueid is absent or empty');
  const id = `cdr|${uniqueid}|${channel}|${dstchannel}|${start}`;
  const isAnswered = disposition === 'ANSWERED';
  const [began, answered, over] = [
    timeIn(row, 'start', clock),
    isAnswered ? timeIn(row, 'answer', clock) : undefined,
    timeIn(row, 'end', clock),
  ];
  for (const time of [began, answered, over]) if (typeof time === 'string') return rejected('bad-time', time);
  const fact = (
    type: EventType,
    at: number | string | undefined,
    said: Said,
    sequence: number,
  ): readonly Fact[] =>
    typeof at === 'number'
      ? [
          {
            type,
            id,
            subject: subjectOf('call', uniqueid),
            at,
            sequence,
            said: { actor: person.actor, ...said },
          },
        ]
      : [];
  const attributes = { customer: person.dialled ? row['src'] : row['dst'] };
  const end: Said = { reason: disposition.toLowerCase() };
  return told([
    ...fact(person.dialled ? 'CallOffered' : 'CallDialed', began, { attributes }, 0),
    ...fact('CallConnected', answered, {}, 1),
    ...(isAnswered
      ? fact('CallEnded', over, { ...end, durationMs: billed(row) }, 2)
      : [...fact('CallMissed', over, end, 1), ...fact('CallEnded', over, end, 2)]),
  ]);
};
