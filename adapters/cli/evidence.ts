/** The evidence of a record: the facts of its subject, of what was merged into it, and those of others that it cites. */
import { type SubjectId, subjectId } from '../../schemas/brand.ts';
import type { StoredEvent } from '../../schemas/event.ts';
import type { TimeRecord } from '../../schemas/record.ts';
import { rootOf, streamOfSource, streamsOf } from '../../engine/index.ts';
import type { Workspace } from '../workspace.ts';

const citedBy = ({ spans, subtracted, tail }: TimeRecord): ReadonlySet<string> =>
  new Set(
    [
      ...[...spans, ...subtracted].flatMap(({ opened, closed }) => [opened.event, closed.event]),
      tail?.opened.event,
    ].filter((event) => event !== undefined),
  );

/** The streams of what the record was read with besides its subject: exemptions of its person, outages of its sources. */
const streamsBeside = ({ actor }: TimeRecord, own: readonly StoredEvent[]): readonly string[] => [
  ...streamsOf(actor),
  ...new Set(own.map(({ event }) => streamOfSource(event.source))),
];

export const evidenceOf = async (
  { log, answers }: Pick<Workspace, 'log' | 'answers'>,
  record: TimeRecord,
): Promise<readonly StoredEvent[]> => {
  const merges = await answers.merges();
  const merged = [...merges.keys()].filter((subject) => rootOf(subject, merges) === record.subject);
  const streams = new Set<SubjectId>([record.subject, ...merged]);
  const own = (await Promise.all([...streams].map((stream) => log.readStream(stream)))).flat();
  const known = new Set<string>(own.map(({ event }) => event.id));
  const missing = new Set([...citedBy(record)].filter((event) => !known.has(event)));
  if (missing.size === 0) return own;
  const beside = await Promise.all(
    streamsBeside(record, own).map((stream) => log.readStream(subjectId(stream))),
  );
  return [...own, ...beside.flat().filter(({ event }) => missing.has(event.id))];
};
