/** The facts of a subject in order of time, for subjects without a record: people, and what no rule times. */
import { replacements } from '../../../engine/index.ts';
import type { StoredEvent } from '../../../schemas/event.ts';
import { shortId } from './citation.ts';
import type { LocalTime } from './local-moment.ts';
import type { Look } from './paint.ts';
import { saidOf } from './said.ts';
import { drawTable, row } from './table.ts';

const inOrder = (a: StoredEvent, b: StoredEvent): number =>
  a.event.occurredAt - b.event.occurredAt || a.version - b.version;

export const factsTable = (events: readonly StoredEvent[], localTime: LocalTime, look: Look): string => {
  const replaced = replacements(events.map(({ event }) => event));
  return drawTable(
    {
      columns: [
        { title: 'Time' },
        { title: 'Fact' },
        { title: 'Says', flexible: true },
        { title: 'Source', flexible: true },
        { title: 'Event', style: 'dim' },
      ],
      rows: events
        .toSorted(inOrder)
        .map(({ event }) =>
          row(
            localTime(event.occurredAt),
            event.type,
            saidOf(event, localTime, replaced.get(event.id)),
            event.source,
            shortId(event.id),
          ),
        ),
    },
    look,
  ).join('\n');
};
