/** Pages of a table, each found by the key of the last row of the one before. */
import { textCell } from './cells.ts';
import type { Turns } from './turns.ts';

export const PAGE_ROWS = 500;

type Rows = readonly Readonly<Record<string, unknown>>[];

export async function* pagesByKey<Row>(
  turns: Pick<Turns, 'read'>,
  page: (after: readonly string[]) => Rows | Promise<Rows>,
  keys: readonly string[],
  rowOf: (body: string) => Row,
): AsyncGenerator<readonly Row[]> {
  let after: readonly string[] = keys.map(() => '');
  for (;;) {
    const rows = await turns.read(() => page(after));
    const last = rows.at(-1);
    if (!last) return;
    after = keys.map((key) => textCell(last[key]));
    yield rows.map((row) => rowOf(textCell(row.body)));
  }
}
