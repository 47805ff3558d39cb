/** What became of signals that were tried, one after the other: their facts, or why there are none. */
import type { TickmarkEvent } from '../../../schemas/event.ts';
import type { Rehearsed, Totals } from '../../rehearsal.ts';
import { counted, grouped } from './figures.ts';
import type { LocalTime } from './local-moment.ts';
import type { Look, Style } from './paint.ts';
import { saidOf } from './said.ts';
import { type Row, drawTable } from './table.ts';

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

/** A message without facts has no time: its columns say what became of it and why. */
const wordRow = (where: string, word: string, code: string, why: string, style: Style): Row => ({
  kind: 'row',
  cells: [where, word, code, '', '', why],
  styles: ['plain', style, style, style, style, style],
});

const rowsOf = ({ outcome, events }: Rehearsed, where: string, localTime: LocalTime): readonly Row[] => {
  switch (outcome.status) {
    case 'accepted':
      return events.map((event, index) =>
        factRow(event, index === 0 ? where : '', localTime, outcome.appended === 0),
      );
    case 'ignored':
      return [wordRow(where, 'ignored', '', outcome.because, 'dim')];
    case 'rejected': {
      const { code, message } = outcome.letter.rejection;
      return [wordRow(where, 'rejected', code, message, 'red')];
    }
  }
};

export const triedTable = (tried: readonly Rehearsed[], localTime: LocalTime, look: Look): string =>
  drawTable(
    {
      columns: [
        { title: '', align: 'right', style: 'dim' },
        { title: 'Time' },
        { title: 'Fact' },
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
