/** Cases that are run: what passes, what fails and how, and what says nothing because it cannot be read. */
import { describe, expect, it } from 'vitest';
import { recordRow } from '../../adapters/cases/columns.ts';
import { type CaseResult, runCases } from '../../adapters/cases/run-case.ts';
import { durationMs } from '../../schemas/brand.ts';
import { given, planOf } from '../support/scenario.ts';

const TALK = `
  - { rule: call.talk, on: call, start: CallConnected, pause: CallHeld, resume: CallResumed, stop: CallEnded, missingEnd: { cap: 30m } }
`;

/** Connected 10:00, on hold 10:02-10:05, ended 10:10 in Berlin: 2 + 5 = 7 min of talk. */
const HELD = `
      time             | subject | event         | who
      2026-03-02 10:00 | call-1  | CallConnected | mira
      10:02            | call-1  | CallHeld      |
      10:05            | call-1  | CallResumed   |
      10:10            | call-1  | CallEnded     |
`;

const indented = (table: string): string => table.trim().replace(/^\s*/gm, '        ');

const run = (expected: Readonly<Record<string, string>>, text?: string): readonly CaseResult[] => {
  const tables = Object.entries({ given: HELD, ...expected }).map(([name, table]) =>
    table.includes('\n') ? `    ${name}: |\n${indented(table)}` : `    ${name}: ${JSON.stringify(table)}`,
  );
  const yaml = `zone: Europe/Berlin\nrules:${TALK}\ncases:\n  - case: a Hold does not count\n${tables.join('\n')}\n`;
  return runCases(planOf(yaml), text);
};

describe('a case', () => {
  it('passes when every table that it names is derived', () => {
    const [result] = run({
      then: 'who | from | counted | subtracted\nmira | 2026-03-02 10:00 | 0:07:00 | paused 0:03:00',
      days: 'who | day | sum\nmira | 2026-03-02 | 0:07:00',
      weeks: 'who | week | sum | auto\nmira | 2026-W10 | 0:07:00 | 0:07:00',
    });
    expect(result).toMatchObject({ case: 'a Hold does not count', index: 0, status: 'passed' });
  });

  it('fails when one of its tables differs, and says where', () => {
    const [result] = run({
      then: 'who | counted\nmira | 0:10:00',
      days: 'who | sum\nmira | 0:07:00',
    });
    expect(result).toMatchObject({
      status: 'failed',
      tables: [
        {
          table: 'then',
          same: false,
          lines: [
            { sign: ' ', text: 'who  | counted' },
            { sign: '-', text: 'mira | 0:10:00' },
            { sign: '+', text: 'mira | 0:07:00' },
          ],
        },
        { table: 'days', same: true },
      ],
    });
  });

  it('that expects no record fails when there is one', () => {
    expect(run({ then: 'who | counted\n# nothing' })).toMatchObject([{ status: 'failed' }]);
    const never = 'time | subject | event\n2026-03-02 10:00 | call-1 | CallEnded';
    expect(run({ given: never, then: 'who | counted\n# nothing' })).toMatchObject([{ status: 'passed' }]);
  });

  it('knows how far the log has gone on, on the day of the last fact when it names none', () => {
    const open = 'time | subject | event | who\n2026-03-02 10:00 | call-1 | CallConnected | mira';
    const at = (asOf: string, then: string) =>
      run({ given: open, asOf, then: `who | status | counted\n${then}` })[0]?.status;
    // The cap of 30 min is over at 10:30.
    expect(at('10:20', 'mira | running | 0:00:00')).toBe('passed');
    expect(at('11:00', 'mira | closed | 0:30:00')).toBe('passed');
    expect(at('2026-03-01 11:00', 'mira | closed | 0:30:00')).toBe('failed');
  });
});

describe('a case that expects findings', () => {
  const ENDS = `
      time             | subject | event         | who
      2026-03-02 09:00 | call-1  | CallEnded     | mira
      10:00:02         | call-2  | CallConnected | noor
      10:00            | call-2  | CallEnded     |
  `;
  const FOUND = `code | who | at | subject | record
    orphan-end    | mira | 2026-03-02 09:00    | call-1 |
    negative-span | noor | 2026-03-02 10:00:02 | call-2 | call-2/call.talk#1@noor`;

  it('passes when the audit finds these, in its order, and no other (E8, E21)', () => {
    expect(run({ given: ENDS, findings: FOUND })).toMatchObject([
      { status: 'passed', tables: [{ table: 'findings', same: true }] },
    ]);
  });

  it('fails when one is missing, or one is too many', () => {
    expect(run({ given: ENDS, findings: 'code | who\norphan-end | mira' })).toMatchObject([
      {
        status: 'failed',
        tables: [
          {
            lines: [
              { sign: ' ', text: 'code          | who' },
              { sign: ' ', text: 'orphan-end    | mira' },
              { sign: '+', text: 'negative-span | noor' },
            ],
          },
        ],
      },
    ]);
    expect(run({ findings: 'code | who\norphan-end | mira' })).toMatchObject([{ status: 'failed' }]);
  });

  it('of none says so with a header alone', () => {
    expect(run({ findings: 'code | who\n# nothing' })).toMatchObject([{ status: 'passed' }]);
    expect(run({ given: ENDS, findings: 'code | who\n# nothing' })).toMatchObject([{ status: 'failed' }]);
  });
});

describe('a case is unusable', () => {
  it.each([
    [
      { then: 'who | duration\nmira | 0:07:00' },
      'nothing in then is called "duration"; it has who, subject, rule, kind, measure, cycle, status, method, from, to, counted, rounded, attributed, spans, facts, subtracted, grades, because, runs since, flags, allocated',
    ],
    [
      { weeks: 'who | day\nmira | 2026-03-02' },
      'nothing in weeks is called "day"; it has who, measure, week, sum, union, records, overlapping, rounded, grades, attributed, auto, manual, preset, adjustment',
    ],
    [
      { findings: 'finding | who\norphan-end | mira' },
      'nothing in findings is called "finding"; it has code, who, at, subject, record, detail',
    ],
    [{}, 'it expects nothing: write then, days, weeks or findings'],
    [
      { given: 'time | subject\n10:00 | call-1', then: 'who\nmira' },
      'row 1: the facts need the columns event',
    ],
    [{ then: 'who | counted\nmira' }, 'a row has 1 cells, the header 2: mira'],
  ])('with %o', (tables, message) => {
    expect(run(tables)).toMatchObject([{ status: 'unusable', message }]);
  });
});

describe('a text', () => {
  it('picks the cases in whose name it occurs, in any case', () => {
    const then = 'who\nmira';
    expect(run({ then }, 'hold')).toHaveLength(1);
    expect(run({ then }, 'HOLD DOES')).toHaveLength(1);
    expect(run({ then }, 'wrap-up')).toHaveLength(0);
  });
});

describe('a record', () => {
  const [record] = given(HELD, { zone: 'Europe/Berlin' }).under(`rules:${TALK}`).records;
  if (!record) throw new Error('no record');
  const ALONE = { zone: 'UTC', sharesMs: new Map() };

  it('shows the code of a subtraction beside its reason', () => {
    const subtracted = record.subtracted.map((one) => ({ ...one, code: 'customer' }));
    expect(recordRow({ ...record, subtracted }, ALONE, ['subtracted'])).toEqual({
      subtracted: 'paused customer 0:03:00',
    });
  });

  it('shows its flags and its allocation', () => {
    const shown = recordRow(
      {
        ...record,
        flags: ['overlap', 'late-entry'],
        allocation: [
          { target: 'research', ms: durationMs(846_000) },
          { target: 'talks', ms: durationMs(1_410_000) },
        ],
      },
      ALONE,
      ['flags', 'allocated'],
    );
    // 846 s = 14 min 6 s; 1,410 s = 23 min 30 s.
    expect(shown).toEqual({ flags: 'overlap, late-entry', allocated: 'research 0:14:06, talks 0:23:30' });
  });

  it('shows nothing where it has neither', () => {
    const plain = { ...record };
    delete plain.flags;
    expect(recordRow(plain, ALONE, ['flags', 'allocated'])).toEqual({ flags: '', allocated: '' });
  });
});
