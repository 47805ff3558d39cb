/**
 * Publishing: finished and corrected records go where others read them, each as often as it changes and no more.
 *
 *     changes of the rows --compare with what was published--> messages --send--> remember what was published
 *
 * Rows that were made anew, by other rules or from the first event on, tell no changes: they are compared with all that
 * was published, once they are whole again. So a replay is published as what it changed, and never while it goes on.
 */
import { setImmediate } from 'node:timers/promises';
import { type Pair, sideBySide } from '../../projections/index.ts';
import type { ProjectionState, RowReader } from '../../projections/ports.ts';
import type { ChangePlace } from '../../projections/record-changes.ts';
import type { RecordId } from '../../schemas/brand.ts';
import type { TimeRecord } from '../../schemas/record.ts';
import { agree } from './agree.ts';
import { messageOf, nextPublication } from './publication.ts';
import type { Outlet, Publication, Published, RecordMessage } from './ports.ts';

export interface Publishing {
  readonly topic: string;
  readonly rows: Pick<RowReader, 'state' | 'allRecords' | 'changePlace' | 'changesSince'>;
  readonly published: Published;
  readonly outlet: Outlet;
  /** Whether rows of this edition hold all of the log, under the rules that rule. */
  readonly areWhole: (edition: string, state: ProjectionState) => Promise<boolean>;
  /** So many records were published, or removed; of these, some were too large to be taken. */
  readonly onPublished: (count: number, tooLarge: readonly RecordId[]) => void;
}

/** `replaying`: nothing is published until the rows are whole. */
export type Round = 'up-to-date' | 'more' | 'replaying';

/** Little enough to be held, and to be sent again after a failure. */
const RECORDS_AT_ONCE = 500;

interface Compared {
  readonly id: RecordId;
  readonly record?: TimeRecord | undefined;
  readonly former?: Publication | undefined;
}

const arrived = (publication: Publication): Publication => ({ ...publication, isSent: true });
const removalOf = ({ id, revision }: Publication): Publication => ({ id, revision, isSent: true });

/** What no broker takes is taken back: a reader has no record rather than one that is no longer so. */
const send = async (outlet: Outlet, messages: readonly RecordMessage[]): Promise<ReadonlySet<RecordId>> => {
  const tooLarge = await outlet.send(messages);
  if (tooLarge.size > 0) await outlet.send([...tooLarge].map((key) => ({ key, value: null })));
  return tooLarge;
};

/**
 * Sends what is due. That it is sent is remembered beforehand: what went out and was forgotten could never be taken
 * back. What nobody knows the end of is followed by another message.
 */
const publish = async (
  { topic, outlet, published, onPublished }: Publishing,
  changed: readonly Compared[],
  { lens }: ProjectionState,
  place?: ChangePlace,
): Promise<void> => {
  const due = changed.flatMap(({ id, record, former }) => {
    const publication = nextPublication(id, record, former);
    return publication ? [{ publication, message: messageOf(publication, record, lens) }] : [];
  });
  if (due.length === 0 && !place) return;
  const publications = due.map(({ publication }) => publication);
  const messages = due.map(({ message }) => message);
  await published.keep(publications);
  const tooLarge = await send(outlet, messages);
  const settled = publications.map((publication) =>
    tooLarge.has(publication.id) ? removalOf(publication) : arrived(publication),
  );
  await published.keep(settled, place && { topic, place, end: (await outlet.extent()).end });
  onPublished(publications.length, [...tooLarge]);
};

async function* batches<Row>(rows: AsyncIterable<Row>): AsyncGenerator<readonly Row[]> {
  let batch: Row[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < RECORDS_AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

const ID = { left: ({ id }: Publication) => id, right: ({ id }: TimeRecord) => id };

const compared = (pair: Pair<Publication, TimeRecord>): Compared => {
  switch (pair.on) {
    case 'left':
      return { id: pair.left.id, former: pair.left };
    case 'right':
      return { id: pair.right.id, record: pair.right };
    case 'both':
      return { id: pair.right.id, record: pair.right, former: pair.left };
  }
};

/** Everything that is there with everything that was published. */
const publishDifference = async (publishing: Publishing): Promise<Round> => {
  const { rows, published, areWhole } = publishing;
  const place = await rows.changePlace();
  const state = await rows.state();
  if (!state || !(await areWhole(place.edition, state))) return 'replaying';
  const pairs = sideBySide(published.allPublications(), rows.allRecords(), ID);
  for await (const batch of batches(pairs)) {
    // Rows that are being made anew lack what they will have again: that they were not is known afterwards.
    if ((await rows.changePlace()).edition !== place.edition) return 'replaying';
    await publish(publishing, batch.map(compared), state);
    // Others have a turn too, where there is much to compare and little to send.
    await setImmediate();
  }
  await publish(publishing, [], state, place);
  return 'more';
};

/** A step, after which everything that was sent is remembered. */
export const publishNext = async (publishing: Publishing): Promise<Round> => {
  const { rows, published } = publishing;
  const reached = await published.reached();
  // Before its changes: an edition has one lens.
  const state = await rows.state();
  const told = reached && (await rows.changesSince(reached.place, RECORDS_AT_ONCE));
  if (told?.changes.length === 0) return 'up-to-date';
  if (await agree(publishing)) return 'more';
  if (!told || !state) return publishDifference(publishing);
  const publications = await published.publicationsOf(told.changes.map(({ id }) => id));
  const changed = told.changes.map(({ id, record }) => ({ id, record, former: publications.get(id) }));
  await publish(publishing, changed, state, told.place);
  return 'more';
};
