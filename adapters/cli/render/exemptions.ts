/** Exemptions as a table. */
import type { InstantMs } from '../../../schemas/brand.ts';
import type { Exemption } from '../../words/exemption.ts';
import type { Look } from './paint.ts';
import { drawTable, row } from './table.ts';

export const exemptionsTable = (
  exemptions: readonly Exemption[],
  local: (at: InstantMs) => string,
  look: Look,
): string =>
  drawTable(
    {
      columns: [
        { title: 'Id' },
        { title: 'State' },
        { title: 'By' },
        { title: 'Category' },
        { title: 'From' },
        { title: 'To' },
        { title: 'Reason', flexible: true },
      ],
      rows: exemptions.map(({ id, state, by, category, fromMs, toMs, reason }) =>
        row(id, state, by ?? '', category, local(fromMs), local(toMs), reason),
      ),
    },
    look,
  ).join('\n');
