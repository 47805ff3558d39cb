/** Over midnight: what runs on from yesterday and what begins at midnight, side by side. */
import { describe, expect, it } from 'vitest';
import { piecesOf, tally } from '../../engine/index.ts';
import { given, planOf } from '../support/scenario.ts';

const SHIFT = `
rules:
  - { rule: visit.shift, on: visit, start: VisitCheckedIn, stop: VisitCheckedOut, missingEnd: { closeAt: nextStart, cap: 10h } }
`;

describe('a day that begins with work of the day before', () => {
  const overnight = (end: string) => `
    time             | subject | event           | who
    2026-03-02 22:00 | visit-1 | VisitCheckedIn  | TOM
    2026-03-03 08:00 | visit-1 | VisitCheckedOut |
    2026-03-03 00:00 | visit-2 | VisitCheckedIn  | TOM
    ${end}           | visit-2 | VisitCheckedOut |
  `;

  it('a record that begins at midnight overlaps one that runs over midnight (report.ts, Tally.overlapping)', () => {
    given(overnight('2026-03-03 01:00')).under(SHIFT).days(`
      who | day        | overlapping
      TOM | 2026-03-02 | 0
      TOM | 2026-03-03 | 1
    `);
  });

  it('the tally of a day does not depend on the order of its pieces (tally.ts: in any order)', () => {
    const { records } = given(overnight('2026-03-03 08:00')).under(SHIFT);
    const plan = planOf(SHIFT);
    const { rulesByName } = plan;
    const pieces = records.flatMap((one) => piecesOf(one, plan)).filter(({ day }) => day === '2026-03-03');
    expect(tally(pieces.toReversed(), rulesByName)).toEqual(tally(pieces, rulesByName));
  });
});
