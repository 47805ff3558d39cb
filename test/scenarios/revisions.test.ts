/** Revisions: a source corrects itself, and only its last word about a fact counts. */
import { describe, expect, it } from 'vitest';
import { firstDifference } from '../../projections/index.ts';
import { answer, latestWords, replacements, whyNot } from '../../engine/index.ts';
import { subjectId } from '../../schemas/brand.ts';
import { projected } from '../audit/audited.ts';
import { facts, given, planOf } from '../support/scenario.ts';

const CALLS = 'rules: [{ rule: call.talk, on: call, start: CallConnected, stop: CallEnded }]';

const HEADER = 'time | recorded | subject | event | who | id | revision';
const CONNECTED = '2026-03-02 10:00 | | call-1 | CallConnected | ana | |';
const FIRST = '2026-03-02 10:30 | | call-1 | CallEnded | ana | a |';
const SECOND = '2026-03-02 10:20 | | call-1 | CallEnded | ben | a | 1';
const THIRD = '2026-03-02 10:25 | | call-1 | CallEnded | ana | a | 2';

const table = (...rows: readonly string[]): string => [HEADER, ...rows].join('\n');

describe('a fact that its source tells again with a revision', () => {
  it('counts as it was told last (E11)', () => {
    given(table(CONNECTED, FIRST, SECOND)).under(CALLS).then(`
        counted | facts
        0:20:00 | 3
      `);
  });

  it.each([
    [CONNECTED, FIRST, SECOND, THIRD],
    [THIRD, CONNECTED, FIRST, SECOND],
    [SECOND, THIRD, FIRST, CONNECTED],
    [THIRD, SECOND, CONNECTED, FIRST],
  ])('counts so in whatever order its words arrive', (...rows) => {
    given(table(...rows)).under(CALLS).then(`
        who | counted | facts
        ana | 0:25:00 | 4
      `);
  });

  it('needs no first word: what was never heard is not missed', () => {
    given(table(THIRD, CONNECTED)).under(CALLS).then(`
        counted
        0:25:00
      `);
  });

  it('is a duplicate under the revision that it was told with before', () => {
    given(table(CONNECTED, SECOND, SECOND)).under(CALLS).then(`
        counted | facts
        0:20:00 | 2
      `);
  });

  it('leaves alone what the same message tells of another type or subject', () => {
    given(
      table(
        '2026-03-02 10:00 | | call-1 | CallConnected | ana | a |',
        '2026-03-02 10:00 | | call-2 | CallConnected | ben | a |',
        '2026-03-02 10:30 | | call-1 | CallEnded | ana | a | 1',
        '2026-03-02 10:40 | | call-2 | CallEnded | ben | a | 1',
      ),
    ).under(CALLS).then(`
        subject | counted
        call-1  | 0:30:00
        call-2  | 0:40:00
      `);
  });
});

describe('a merge that is corrected', () => {
  const MERGED = `
    time             | subject | event         | who | into   | id | revision
    2026-03-02 10:00 | call-1  | CallConnected | ana |        |    |
    10:30            | call-1  | CallEnded     | ana |        |    |
    10:00            | call-2  | CallConnected | ana |        |    |
    10:10            | call-2  | CallEnded     | ana |        |    |
    10:00            | call-3  | CallConnected | ana |        |    |
    10:20            | call-3  | CallEnded     | ana |        |    |
    12:00            | call-1  | SubjectMerged |     | call-2 | m  |
    11:00            | call-1  | SubjectMerged |     | call-3 | m  | 1
  `;

  it('goes where it was told last, though that happened earlier', () => {
    // Of call-1's 0:30 call-3 counts 0:20 already.
    given(MERGED).under(CALLS).then(`
        subject | counted | subtracted
        call-2  | 0:10:00 |
        call-3  | 0:20:00 |
        call-3  | 0:10:00 | merged 0:20:00
      `);
  });

  it.each([1, 3, 1_000])('has the same rows projected in pages of %i, in either order', async (pageSize) => {
    const events = facts(MERGED);
    const { rows } = await projected(CALLS, events, pageSize);
    const { rows: turned } = await projected(CALLS, events.toReversed(), pageSize);
    expect(await firstDifference(rows, turned)).toBeUndefined();
    const found = [];
    for await (const page of rows.allRecords()) found.push(...page);
    expect(new Set(found)).toEqual(new Set(answer(planOf(CALLS), events)));
  });
});

describe('a correction that is corrected', () => {
  it('takes out what it takes out in the end', () => {
    given(`
      time             | subject | event         | who | rule      | effect | from  | to    | reason | id | revision
      2026-03-02 10:00 | call-1  | CallConnected | ana |           |        |       |       |        |    |
      10:30            | call-1  | CallEnded     | ana |           |        |       |       |        |    |
      11:00            | call-1  | TimeCorrected | ana | call.talk | remove | 10:00 | 10:10 | lunch  | c  |
      11:00            | call-1  | TimeCorrected | ana | call.talk | remove | 10:25 | 10:30 | lunch  | c  | 1
    `).under(CALLS).then(`
        counted | subtracted
        0:25:00 | corrected 0:05:00
      `);
  });
});

describe('a note that is corrected', () => {
  it('claims what it claims in the end', () => {
    given(`
      time             | subject | event         | who | claimed | text | by  | id | revision
      2026-03-02 10:00 | call-1  | CallConnected | ana |         |      |     |    |
      10:30            | call-1  | CallEnded     | ana |         |      |     |    |
      11:00            | call-1  | NoteAttached  |     | 45m     | x    | ana | n  |
      11:05            | call-1  | NoteAttached  |     | 2h      | y    | ana | n  | 1
      11:10            | call-1  | NoteAttached  |     | 30m     | z    | ana | n  | 2
    `)
      .under(CALLS)
      .findings('code | detail');
  });
});

describe('a word that was replaced', () => {
  const TABLE = table(FIRST, SECOND, THIRD);

  it('is known with the word that stands in its place', () => {
    const [first, second, third] = facts(TABLE);
    expect([...replacements(facts(TABLE))]).toEqual([
      [first?.id, third?.id],
      [second?.id, third?.id],
    ]);
    expect(third?.fact).toBe(first?.id);
  });

  it('is no reason for anything to be missing', () => {
    const own = subjectId('call-1');
    const OPENED = `${HEADER} | queue\n${FIRST} | vip\n${SECOND} | usual`;
    const plan = planOf(
      'rules: [{ rule: call.talk, on: call, start: CallConnected, stop: CallEnded, when: { queue: vip } }]',
    );
    expect(whyNot({ plan, subject: own, facts: facts(OPENED), records: [] })).toMatchObject([
      { clause: 'when', failing: 'call.queue ≠ vip' },
    ]);
  });
});

describe('what is learned of people and of sources', () => {
  it('is not revised: every word holds', () => {
    const told = facts(`
      time             | subject    | event            | who | team  | id | revision
      2026-03-02 10:00 | person-ana | PersonJoinedTeam | ana | north | t  |
      2026-03-03 10:00 | person-ana | PersonJoinedTeam | ana | south | t  | 1
    `);
    expect(latestWords(told)).toEqual(told);
  });
});
