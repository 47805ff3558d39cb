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

/**
 * Numbers of transactions mean nothing on another server, and after a power cut that took back the last of them: a place
 * holds until the server starts again.
 */
const PLACE = `
  SELECT concat(edition, ' ', extract(epoch FROM pg_postmaster_start_time())) AS edition,
    pg_snapshot_xmin(pg_current_snapshot())::text AS change
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

export const placeNow = async (session: Session): Promise<ChangePlace> => {
  const [row] = await session.rows(PLACE);
  return placeAt(textCell(row?.['edition']), textCell(row?.['change']), '');
};

export const changesSince = async (
  session: Session,
  place: ChangePlace,
  limit: number,
): Promise<RecordChanges | undefined> => {
  const rows = await session.rows(SINCE, [...At.parse(JSON.parse(place.at)), limit]);
  // Asked afterwards: if the edition is still the same, it was so when the rows were read.
  if ((await placeNow(session)).edition !== place.edition) return undefined;
  const last = rows.at(-1);
  return {
    changes: rows.map(({ id, body }) => changeOf(recordId(textOfCell(textCell(id))), body)),
    place: last ? placeAt(place.edition, textCell(last['change']), textCell(last['id'])) : place,
  };
};
