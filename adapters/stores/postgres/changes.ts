/**
 * The changes of records in PostgreSQL. Several transactions write at once, and what one of them has changed is seen
 * when it commits: only changes of transactions before the oldest that still runs are told, so that none is passed over.
 */
import { z } from 'zod';
import type { ChangePlace, RecordChanges } from '../../../projections/record-changes.ts';
import { recordId } from '../../../schemas/brand.ts';
import { textCell } from '../cells.ts';
import { changeOf } from '../row-body.ts';
import { textOfCell } from './cells.ts';
import type { Session } from './session.ts';

const PLACE = `
  SELECT edition, pg_snapshot_xmin(pg_current_snapshot())::text AS oldest,
    pg_snapshot_xmax(pg_current_snapshot())::text AS next
  FROM edition`;

const SINCE = `
  SELECT c.change::text AS change, c.id, r.body
  FROM record_change c LEFT JOIN time_record r ON r.id = c.id
  WHERE (c.change, c.id) > (?::xid8, ?) AND c.change < pg_snapshot_xmin(pg_current_snapshot())
  ORDER BY c.change, c.id LIMIT ?`;

/** For those who write records, with their ids. */
export const NOTE_CHANGES = `
  INSERT INTO record_change (id) SELECT unnest(?::text[])
  ON CONFLICT (id) DO UPDATE SET change = EXCLUDED.change`;

export const NEW_EDITION = 'INSERT INTO edition DEFAULT VALUES';

/** Transaction and record. No id is empty: before an empty one is before all of the transaction. */
const At = z.tuple([z.string(), z.string()]);

const placeAt = (edition: string, change: string, id: string): ChangePlace => ({
  edition,
  at: JSON.stringify([change, id]),
});

interface Now {
  readonly place: ChangePlace;
  /** The transaction that has not begun yet. */
  readonly next: bigint;
}

const now = async (session: Session): Promise<Now> => {
  const [row] = await session.rows(PLACE);
  const place = placeAt(textCell(row?.['edition']), textCell(row?.['oldest']), '');
  return { place, next: BigInt(textCell(row?.['next'])) };
};

export const placeNow = async (session: Session): Promise<ChangePlace> => (await now(session)).place;

export const changesSince = async (
  session: Session,
  place: ChangePlace,
  limit: number,
): Promise<RecordChanges | undefined> => {
  const [change, id] = At.parse(JSON.parse(place.at));
  const rows = await session.rows(SINCE, [change, id, limit]);
  // Asked afterwards: if the edition is still the same, it was so when the rows were read.
  const { place: here, next } = await now(session);
  // Rows that were copied to another server bring its numbers of transactions with them, which mean nothing here.
  if (here.edition !== place.edition || BigInt(change) > next) return undefined;
  const last = rows.at(-1);
  return {
    changes: rows.map((row) => changeOf(recordId(textOfCell(textCell(row['id']))), row['body'])),
    place: last ? placeAt(place.edition, textCell(last['change']), textCell(last['id'])) : place,
  };
};
