/** The changes of records in SQLite, where one writer numbers them: what has a higher number was committed later. */
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { ChangePlace, RecordChanges } from '../../../projections/record-changes.ts';
import { recordId } from '../../../schemas/brand.ts';
import { integerCell, textCell } from '../cells.ts';
import { textOfColumn } from '../order.ts';
import { changeOf } from '../row-body.ts';

/** A power cut may take back the last changes, whose numbers are then given again: a place holds for one life of the program. */
const LIFE = randomUUID();

const PLACE = 'SELECT edition, (SELECT coalesce(max(change), 0) FROM record_change) AS last FROM edition';
const SINCE = `
  SELECT c.change, c.id, r.body FROM record_change c LEFT JOIN time_record r ON r.id = c.id
  WHERE c.change > ? ORDER BY c.change LIMIT ?`;

export interface ChangeReader {
  place(): ChangePlace;
  since(place: ChangePlace, limit: number): RecordChanges | undefined;
}

export const changeReader = (database: DatabaseSync): ChangeReader => {
  const place = database.prepare(PLACE);
  const since = database.prepare(SINCE);
  const placeNow = (): ChangePlace => {
    const row = place.get();
    return { edition: `${textCell(row?.edition)} ${LIFE}`, at: String(integerCell(row?.last)) };
  };
  return {
    place: placeNow,
    since: (place, limit) => {
      const rows = since.all(Number(place.at), limit);
      // Asked afterwards: if the edition is still the same, it was so when the rows were read.
      if (placeNow().edition !== place.edition) return undefined;
      const at = rows.at(-1)?.change;
      return {
        changes: rows.map(({ id, body }) => changeOf(recordId(textOfColumn(textCell(id))), body)),
        place: at === undefined ? place : { ...place, at: String(integerCell(at)) },
      };
    },
  };
};
