/** What became of signals that were tried, one after the other: their facts, or why there are none. */
import type { TickmarkEvent } from '../../../schemas/event.ts';
import type { Rehearsed, Totals } from '../../rehearsal.ts';
import { counted, grouped } from './figures.ts';
import type { LocalTime } from './local-moment.ts';
import type { Look, Style } from './paint.ts';
import { saidOf } from './said.ts';
import { type Row, drawTable } from './table.ts';
import { printable, wrap } from './text-width.ts';

const attributesOf = ({ data }: TickmarkEvent): readonly string[] =>
  'attributes' in data
    ? Object.entries(data.attributes ?? {}).map(([name, value]) => `${name}=${value}`)
    : [];

/** What a fact says beyond its type and its person. */
const saysOf = (event: TickmarkEvent, localTime: LocalTime, isKnown: boolean): string => {
  const { data } = event;
  return [
    saidOf(event, localTime),
    ...('actorKind' in data && data.actorKind !== undefined ? [`a ${data.actorKind}`] : []),
    ...('timedBy' in data && data.timedBy !== undefined ? [`timed by ${data.timedBy}`] : []),
    ...attributesOf(event),
    ...(isKnown ? ['(said before)'] : []),
  ]
    .filter((part) => part !== '')
    .join(' ');
};

const factRow = (event: TickmarkEvent, where: string, localTime: LocalTime, isKnown: boolean): Row => {
  const actor = 'actor' in event.data ? (event.data.actor ?? '') : '';
  const says = saysOf(event, localTime, isKnown);
  return {
    kind: 'row',
    cells: [where, localTime(event.occurredAt), event.type, event.subject, actor, says],
  };
};

/** A message without facts has no time: its columns say what became of it. */
const wordRow = (where: string, word: string, why: string, style: Style): Row => ({
  kind: 'row',
  cells: [where, word, why],
  styles: ['dim', style, style],
});

const rowsOf = ({ outcome, events }: Rehearsed, where: string, localTime: LocalTime): readonly Row[] => {
  switch (outcome.status) {
    case 'accepted':
      return events.map((event, index) =>
        factRow(event, index === 0 ? where : '', localTime, outcome.appended === 0),
      );
    case 'ignored':
      return [wordRow(where, 'ignored', outcome.because, 'dim')];
    case 'rejected':
      return [wordRow(where, 'rejected', outcome.letter.rejection.code, 'red')];
  }
};

/** As between the columns of the table. */
const GAP = '  ';

/** The sentence of a rejection takes the whole width: in a column it would be a tower of words. */
const whyLines = (tried: readonly Rehearsed[], { width }: Look): readonly string[] =>
  tried.flatMap(({ outcome }, index) => {
    if (outcome.status !== 'rejected') return [];
    const { code, message } = outcome.letter.rejection;
    const digits = String(tried.length).length;
    const [first = '', ...rest] = wrap(printable(`${code}: ${message}`), width - digits - GAP.length);
    return [
      `${String(index + 1).padStart(digits)}${GAP}${first}`,
      ...rest.map((line) => `${' '.repeat(digits)}${GAP}${line}`),
    ];
  });

/** The sentences of what was rejected, each with the number of its message; empty where nothing was. */
export const rejectionsText = (tried: readonly Rehearsed[], look: Look): string => {
  const lines = whyLines(tried, look);
  return lines.length === 0
    ? ''
    : ['Rejected, and kept as dead letters where it is imported:', ...lines].join('\n');
};

export const triedTable = (
  tried: readonly Rehearsed[],
  { zone, localTime }: { readonly zone: string; readonly localTime: LocalTime },
  look: Look,
): string =>
  drawTable(
    {
      columns: [
        { title: '', align: 'right', style: 'dim' },
        { title: ['Time', zone] },
        { title: 'Fact', flexible: true, wraps: true },
        { title: 'Subject' },
        { title: 'Person' },
        { title: 'Says', flexible: true, wraps: true },
      ],
      rows: tried.flatMap((one, index) => rowsOf(one, String(index + 1), localTime)),
    },
    look,
  ).join('\n');

const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

const listOf = (counts: Readonly<Record<string, number>>, word: string): readonly string[] => {
  const names = Object.keys(counts);
  return names.length === 0 ? [] : [`${grouped(sumOf(counts))} ${word} (${names.join(', ')})`];
};

/** `3 messages: 1 told 2 facts, 1 ignored (a ping), 1 rejected (bad-time)`. */
export const totalsText = ({ messages, facts, accepted, ignored, rejected }: Totals): string => {
  const told = `${grouped(accepted)} told ${counted(facts, 'fact')}`;
  return `${counted(messages, 'message')}: ${[told, ...listOf(ignored, 'ignored'), ...listOf(rejected, 'rejected')].join(', ')}`;
};

/** One message as JSON: what a program asks that tries a mapping. */
export const triedJson = ({ signal: { line, raw }, outcome, events }: Rehearsed): string => {
  switch (outcome.status) {
    case 'accepted':
      return JSON.stringify({ line, status: outcome.status, events });
    case 'ignored':
      return JSON.stringify({ line, status: outcome.status, because: outcome.because });
    case 'rejected':
      return JSON.stringify({ line, status: outcome.status, ...outcome.letter.rejection, raw });
  }
};
