/** What a fact says beyond its type and person, as one line: `remove 10:10:00 - 10:15:00: fire drill (by boss)`. */
import type { EventId, InstantMs } from '../../../schemas/brand.ts';
import type { TickmarkEvent } from '../../../schemas/event.ts';
import { shortId } from './citation.ts';
import { hoursMinutesSeconds } from './duration.ts';

type Data = TickmarkEvent['data'];

/** What is meant: which exemption, which stretch of time, which shares. */
const matter = (data: Data, local: (at: InstantMs) => string): readonly string[] => [
  ...('exemption' in data ? [data.exemption] : []),
  ...('category' in data ? [data.category] : []),
  ...('effect' in data ? [data.effect] : []),
  ...('fromMs' in data ? [`${local(data.fromMs)} - ${local(data.toMs)}`] : []),
  ...('durationMs' in data && data.durationMs !== undefined
    ? [`took ${hoursMinutesSeconds(data.durationMs)}`]
    : []),
  ...('timedBy' in data && data.timedBy === 'receipt' ? ['time of receipt'] : []),
  ...('timedBy' in data && data.timedBy === 'plan' ? ['planned'] : []),
  ...('claimedMs' in data && data.claimedMs !== undefined
    ? [`claims ${hoursMinutesSeconds(data.claimedMs)}`]
    : []),
  ...('over' in data
    ? [
        Object.entries(data.over)
          .map(([to, share]) => `${to} ${share}`)
          .join(', '),
      ]
    : []),
  ...('into' in data ? [`into ${data.into}`] : []),
  ...('evidence' in data && data.evidence ? [`see ${data.evidence.join(', ')}`] : []),
  ...('status' in data ? [data.status] : []),
  ...('team' in data ? [data.team] : []),
  ...('zone' in data ? [data.zone] : []),
];

const sentence = (data: Data): string | undefined => {
  if ('text' in data) return data.text;
  if ('reason' in data) return data.reason;
  return 'note' in data ? data.note : undefined;
};

const sayingOf = ({ data }: TickmarkEvent, local: (at: InstantMs) => string): string => {
  const what = matter(data, local).join(' ');
  const why = sentence(data);
  const by = 'by' in data && data.by !== undefined ? `(by ${data.by})` : '';
  const said = why === undefined ? what : [what, why].filter((part) => part !== '').join(': ');
  return `${said} ${by}`.trim();
};

/** Empty where there is nothing more to say. `replacedBy`: the later word of the source that counts in its place. */
export const saidOf = (
  event: TickmarkEvent,
  local: (at: InstantMs) => string,
  replacedBy?: EventId,
): string =>
  [sayingOf(event, local), replacedBy === undefined ? '' : `replaced by ${shortId(replacedBy)}`]
    .filter((part) => part !== '')
    .join('; ');
