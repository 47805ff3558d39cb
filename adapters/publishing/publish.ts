/**
 * Publishing: finished and corrected records go where others read them, each as often as it changes and no more.
 *
 *     changes of the rows --compare with what was published--> letters --send--> remember what was published
 *
 * Rows that were made anew, by other rules or from the first event on, tell no changes: they are compared with all that
 * was published, once they are whole again. So a replay is published as what it changed, and never while it goes on.
 */
import { type Pair, sideBySide } from '../../projections/index.ts';
import type { ProjectionState, RowReader } from '../../projections/ports.ts';
import type { RecordId } from '../../schemas/brand.ts';
import type { TimeRecord } from '../../schemas/record.ts';
import { letterOf, nextIssue } from './issue.ts';
import type { Issue, Outlet, Published, Reached } from './ports.ts';

export interface Publishing {
  readonly topic: string;
  readonly rows: Pick<RowReader, 'state' | 'allRecords' | 'changePlace' | 'changesSince'>;
  readonly published: Published;
  readonly outlet: Outlet;
  /** Whether the rows hold at least everything before this position, under the rules that rule. */
  readonly areWhole: (position: number) => Promise<boolean>;
  /** So many records were published, or removed; others were too large to be taken. */
  readonly onPublished: (count: number, tooLarge: readonly RecordId[]) => void;
}

/** `replaying`: nothing is published until the rows are whole. */
export type Round = 'up-to-date' | 'more' | 'replaying';

/** Little enough to be held, and to be sent again after a failure. */
const RECORDS_AT_ONCE = 500;

interface Compared {
  readonly id: RecordId;
  readonly record?: TimeRecord | undefined;
  readonly former?: Issue | undefined;
}

/**
 * Sends what is due. That it is sent is remembered beforehand: what went out and was forgotten could never be taken
 * back. What nobody knows the end of is followed by another letter.
 */
const publish = async (
  { outlet, published, onPublished }: Publishing,
  changed: readonly Compared[],
  { lens }: ProjectionState,
  reached?: Reached,
): Promise<void> => {
  const due = changed.flatMap(({ id, record, former }) => {
    const issue = nextIssue(id, record, former);
    return issue ? [{ issue, letter: letterOf(issue, record, lens) }] : [];
  });
  if (due.length === 0) {
    if (reached) await published.keep([], reached);
    return;
  }
  const issues = due.map(({ issue }) => issue);
  await published.keep(issues);
  const tooLarge = await outlet.send(due.map(({ letter }) => letter));
  const sent = issues.filter(({ id }) => !tooLarge.has(id)).map((issue) => ({ ...issue, isSent: true }));
  await published.keep(sent, reached);
  onPublished(sent.length, [...tooLarge]);
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

const ID = { left: ({ id }: Issue) => id, right: ({ id }: TimeRecord) => id };

const compared = (pair: Pair<Issue, TimeRecord>): Compared => {
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
const publishDifference = async (publishing: Publishing, formerly: Reached | undefined): Promise<Round> => {
  const { topic, rows, published, areWhole } = publishing;
  const place = await rows.changePlace();
  const state = await rows.state();
  if (!state || !(await areWhole(formerly?.position ?? 0))) return 'replaying';
  const pairs = sideBySide(published.allIssues(), rows.allRecords(), ID);
  for await (const batch of batches(pairs)) {
    // Rows that are being made anew lack what they will have again: that they were not is known afterwards.
    if ((await rows.changePlace()).edition !== place.edition) return 'replaying';
    await publish(publishing, batch.map(compared), state);
  }
  await published.keep([], { topic, place, position: state.position });
  return 'more';
};

/** A step, after which everything that was sent is remembered. */
export const publishNext = async (publishing: Publishing): Promise<Round> => {
  const { topic, rows, published } = publishing;
  const reached = await published.reached();
  if (reached && reached.topic !== topic) {
    await published.clear();
    return 'more';
  }
  const told = reached && (await rows.changesSince(reached.place, RECORDS_AT_ONCE));
  if (!told) return publishDifference(publishing, reached);
  if (told.changes.length === 0) return 'up-to-date';
  const state = await rows.state();
  if (!state) return 'replaying';
  const issues = await published.issuesOf(told.changes.map(({ id }) => id));
  const changed = told.changes.map(({ id, record }) => ({ id, record, former: issues.get(id) }));
  await publish(publishing, changed, state, { topic, place: told.place, position: state.position });
  return 'more';
};
