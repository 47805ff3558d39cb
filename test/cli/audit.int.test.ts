/** audit, accuracy and why-not through the command line: what is printed, and how the program ends. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FINDING_CODES, Finding } from '../../schemas/audit.ts';
import { temporaryFolder } from '../contracts/temporary-folder.ts';
import { jsonLines } from './command.ts';
import { type Desk, deskIn } from './desk.ts';

const folders = temporaryFolder();
afterAll(() => folders.remove());

const NOW = '2026-03-31 12:00';
const RULES = `ruleSet: audited
version: 1
zone: Europe/Berlin
rules:
  - { rule: task.work, on: task, start: TaskStarted, stop: TaskCompleted }
  - { rule: call.talk, on: call, start: CallConnected, stop: CallEnded, when: { type: support } }
`;

interface Told {
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly actor?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

const signal = ({ type, subject, time, actor, attributes }: Told): string =>
  JSON.stringify({
    ...{ specversion: '1.0', id: `${type}-${subject}`, source: 'test', type, subject, time },
    data: { ...(actor === undefined ? {} : { actor }), ...(attributes ? { attributes } : {}) },
  });

const task = (id: string, actor: string, from: string, to: string): readonly string[] => [
  signal({ type: 'TaskStarted', subject: `task-${id}`, time: from, actor }),
  signal({ type: 'TaskCompleted', subject: `task-${id}`, time: to, actor }),
];

interface Audited extends Desk {
  /** Writes a file into the folder; answers its path. */
  write(name: string, text: string): string;
}

const desk = async (signals: readonly string[]): Promise<Audited> => {
  const folder = folders.fresh('audit');
  mkdirSync(folder);
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const made = deskIn(folder);
  await made.done(NOW, 'rules', 'apply', write('rules.yaml', RULES));
  await made.done(NOW, 'import', write('signals.ndjson', signals.map((line) => `${line}\n`).join('')));
  return { ...made, write };
};

/** In week 10 (from Monday, 2 March): one span of 9 h, two overlaps of Ben; in week 11 an orphan end of Ann. */
const SIGNALS = [
  ...task('1', 'ANN', '2026-03-02T08:00:00+01:00', '2026-03-02T17:00:00+01:00'),
  ...task('2', 'BEN', '2026-03-03T09:00:00+01:00', '2026-03-03T10:00:00+01:00'),
  ...task('3', 'BEN', '2026-03-03T09:30:00+01:00', '2026-03-03T10:00:00+01:00'),
  ...task('4', 'BEN', '2026-03-03T09:45:00+01:00', '2026-03-03T10:15:00+01:00'),
  signal({ type: 'TaskCompleted', subject: 'task-5', time: '2026-03-09T09:00:00+01:00', actor: 'ANN' }),
  ...task('6', 'ANN', '2026-03-09T10:00:00+01:00', '2026-03-09T11:00:00+01:00'),
];

describe('audit', () => {
  it('lists what is remarkable, counts it, and ends with 3 (R6)', async () => {
    const { at } = await desk(SIGNALS);
    const week = await at(NOW, 'audit', '--week', '2026-W10');
    expect(week.code).toBe(3);
    expect(week.out.split('\n').map((line) => line.replaceAll(/ {2,}/g, ' | '))).toEqual([
      'When | Who | Code | About | Figures',
      expect.stringMatching(/^─+$/),
      '2026-03-02 08:00:00 | ANN | span-too-long | task-1/task.work#1@ANN | 9:00:00 without a break, more than 8:00:00',
      '2026-03-03 09:30:00 | BEN | overlap | task-3/task.work#1@BEN | 0:30:00 at the same time as task-2/task.work#1@BEN, counted in full in work',
      '2026-03-03 09:45:00 | BEN | overlap | task-4/task.work#1@BEN | 0:15:00 at the same time as task-2/task.work#1@BEN and 1 more, counted in full in work',
      '',
      '2026-W10: 4 records, 3 findings: 2 overlap, 1 span-too-long',
    ]);
    expect(await at(NOW, 'audit', '--week', '2026-W10')).toEqual(week);
  });

  it('of all weeks, of one person, of one code', async () => {
    const { at } = await desk(SIGNALS);
    const summary = async (...words: readonly string[]): Promise<string | undefined> =>
      (await at(NOW, 'audit', ...words)).out.split('\n').at(-1);
    expect(await summary()).toBe(
      '2026-W10 to 2026-W11: 5 records, 4 findings: 2 overlap, 1 span-too-long, 1 orphan-end',
    );
    expect(await summary('--who', 'ANN')).toBe(
      '2026-W10 to 2026-W11: 2 records, 2 findings: 1 span-too-long, 1 orphan-end',
    );
    expect(await summary('--code', 'orphan-end')).toBe(
      '2026-W10 to 2026-W11: 5 records, 1 finding: 1 orphan-end',
    );
  });

  it('without a finding ends with 0', async () => {
    const { at } = await desk(SIGNALS);
    expect(await at(NOW, 'audit', '--week', '2026-W10', '--code', 'late-entry')).toMatchObject({
      code: 0,
      out: '2026-W10: 4 records, 0 findings',
    });
  });

  it('as JSON and CSV', async () => {
    const { at } = await desk(SIGNALS);
    const json = await at(NOW, 'audit', '--json');
    expect(jsonLines(json.out).map((line) => Finding.parse(line).code)).toEqual([
      'span-too-long',
      'overlap',
      'overlap',
      'orphan-end',
    ]);
    const lines = (await at(NOW, 'audit', '--csv')).out.split('\r\n');
    expect(lines[0]).toBe('when,agent,code,subject,record,event,detail');
    expect(lines).toHaveLength(5);
  });

  it('refuses a code that does not exist, and lists those that do', async () => {
    const { at, done } = await desk(SIGNALS);
    const refused = await at(NOW, 'audit', '--code', 'overlaps');
    expect(refused).toMatchObject({ code: 2, talk: expect.stringContaining('did you mean overlap') });
    const codes = await done(NOW, 'audit', 'codes');
    expect(FINDING_CODES.filter((code) => !codes.includes(code))).toEqual([]);
  });

  it('shows how time is known, and what rounding does', async () => {
    const { done } = await desk(SIGNALS);
    const coverage = await done(NOW, 'audit', 'coverage', '--week', '2026-W10');
    expect(coverage).toMatch(/ANN +9:00:00 +100\.0 % +0\.0 %/);
    expect(await done(NOW, 'accuracy', '--week', '2026-W10')).toBe(coverage);
    // 9 h 00 of Ann's and 2 h of Ben's are whole minutes: rounding to the minute has nothing to do.
    expect(await done(NOW, 'audit', 'bias', '--week', '2026-W10')).toMatch(
      /BEN +2:00:00 +2:00:00 +0:00:00 +0\.0 %/,
    );
    expect(await done(NOW, 'audit', 'bias', '--week', '2026-W11', '--csv')).toBe(
      'agent,measured_ms,rounded_ms,bias_ms\r\nANN,3600000,3600000,0',
    );
  });
});

/** Half an hour of task `index`: twelve a day from the full hours 06:00Z to 17:00Z on, 25 days. */
const instantOf = (index: number, minutes: number): string =>
  new Date(Date.UTC(2026, 2, 1 + Math.floor(index / 12), 6 + (index % 12), minutes)).toISOString();

const Accuracy = z.object({
  days: z.tuple([z.string(), z.string()]),
  people: z.array(z.object({ actor: z.string(), trueMs: z.int(), recordedMs: z.int() })),
  all: z.object({
    trueMs: z.int(),
    recordedMs: z.int(),
    duration: z.object({ numeratorMs: z.int(), missedMs: z.int(), overMs: z.int() }),
    overlap: z.object({ numeratorMs: z.int(), denominatorMs: z.int() }),
  }),
});
const HOUR_MS = 3_600_000;

describe('accuracy', () => {
  it('of 300 half hours with 12 h missed and 3 h over is 90.0 % (R33)', async () => {
    const indexes = Array.from({ length: 300 }, (_, index) => index);
    const who = (index: number): string => (index % 2 === 0 ? 'ANN' : 'BEN');
    // 24 are never recorded (12 h), 6 run to the full hour (3 h over), 270 are right.
    const recorded = indexes
      .slice(24)
      .flatMap((index) =>
        task(String(index), who(index), instantOf(index, 0), instantOf(index, index < 30 ? 60 : 30)),
      );
    const { done, write } = await desk(recorded);
    const truth = write(
      'truth.csv',
      [
        'who,subject,from,to',
        ...indexes.map((index) =>
          [who(index), `task-${index}`, instantOf(index, 0), instantOf(index, 30)].join(),
        ),
      ].join('\n'),
    );
    const { all, people, days } = Accuracy.parse(JSON.parse(await done(NOW, 'accuracy', truth, '--json')));
    expect(days).toEqual(['2026-03-01', '2026-03-25']);
    expect(all).toMatchObject({
      trueMs: 150 * HOUR_MS,
      recordedMs: 141 * HOUR_MS,
      duration: { numeratorMs: 135 * HOUR_MS, missedMs: 12 * HOUR_MS, overMs: 3 * HOUR_MS },
      // Both cover 138 h; either covers 150 h and the 3 h over.
      overlap: { numeratorMs: 138 * HOUR_MS, denominatorMs: 153 * HOUR_MS },
    });
    expect(people.map(({ actor, trueMs }) => [actor, trueMs])).toEqual([
      ['ANN', 75 * HOUR_MS],
      ['BEN', 75 * HOUR_MS],
    ]);
    const table = await done(NOW, 'accuracy', truth);
    expect(table).toMatch(/All +150:00:00 +141:00:00 +12:00:00 +3:00:00 +90\.0 % +90\.2 %$/);
  });

  it('of the right length at the wrong time is 100 % by duration and 81.8 % by overlap (R33)', async () => {
    const { done, write } = await desk([
      ...task('1', 'ANN', '2026-03-02T10:03:00+01:00', '2026-03-02T10:33:00+01:00'),
      ...task('2', 'BEN', '2026-03-02T10:00:00+01:00', '2026-03-02T18:00:00+01:00'),
    ]);
    const truth = write('truth.csv', 'who,from,to\nANN,2026-03-02T10:00,2026-03-02 10:30:00\n');
    const lines = (await done(NOW, 'accuracy', truth, '--csv')).split('\r\n');
    expect(lines.slice(1)).toEqual([
      'ANN,1800000,1800000,0,0,1800000,100.0,1620000,1980000,81.8',
      '(all),1800000,1800000,0,0,1800000,100.0,1620000,1980000,81.8',
    ]);
  });

  it('of another week than the truth’s compares that week only', async () => {
    const { done, write } = await desk(SIGNALS);
    const rows = ['ANN,2026-03-02T08:00,2026-03-02T17:00', 'ANN,2026-03-09T10:00,2026-03-09T12:00'];
    const truth = write('truth.csv', `who,from,to\n${rows.join('\n')}\n`);
    expect(await done(NOW, 'accuracy', truth, '--week', '2026-W11')).toMatch(
      /ANN +2:00:00 +1:00:00 +1:00:00 +0:00:00 +50\.0 % +50\.0 %/,
    );
  });

  it('over midnight looks at both days, and not at the one that it ends at', async () => {
    const { done, write } = await desk([
      ...task('1', 'ANN', '2026-03-02T23:00:00+01:00', '2026-03-03T01:00:00+01:00'),
      ...task('2', 'ANN', '2026-03-05T01:00:00+01:00', '2026-03-05T02:00:00+01:00'),
    ]);
    const right = /ANN +2:00:00 +2:00:00 +0:00:00 +0:00:00 +100\.0 % +100\.0 %/;
    const night = write('night.csv', 'who,from,to\nANN,2026-03-02T23:00,2026-03-03T01:00\n');
    expect(await done(NOW, 'accuracy', night)).toMatch(right);
    const evening = write('evening.csv', 'who,from,to\nANN,2026-03-04T22:00,2026-03-05T00:00\n');
    expect(await done(NOW, 'accuracy', evening)).toMatch(/ANN +2:00:00 +0:00:00 +2:00:00 +0:00:00 +0\.0 %/);
  });

  it('refuses a file that is no truth, with its lines', async () => {
    const { at, write } = await desk(SIGNALS);
    const refused = async (text: string): Promise<string> => {
      const { code, talk } = await at(NOW, 'accuracy', write('truth.csv', text));
      expect(code).toBe(2);
      return talk;
    };
    expect(await refused('who,start\nANN,x\n')).toContain('the header lacks from, to');
    expect(await refused('who,from,to\nANN,10:00,11:00\n')).toContain(
      'line 2: from takes a time with its date',
    );
    expect(await refused('who,from,to\nANN,2026-03-02T11:00,2026-03-02T10:00\n')).toContain(
      'line 2: to lies before from',
    );
    const mixed = 'ANN,task-1,2026-03-02T10:00,2026-03-02T11:00\nANN,,2026-03-02T10:00,2026-03-02T11:00\n';
    expect(await refused(`who,subject,from,to\n${mixed}`)).toContain('names the subject in 1 of 2 lines');
    expect(await refused('who,from,to\n')).toContain('has no line');
  });
});

describe('why-not', () => {
  const CALL = [
    signal({
      type: 'CallConnected',
      subject: 'call-1',
      time: '2026-03-02T09:00:00Z',
      actor: 'ANN',
      attributes: { type: 'sales' },
    }),
    signal({ type: 'CallEnded', subject: 'call-1', time: '2026-03-02T09:30:00Z' }),
  ];

  it('names the first failing clause, or the records that there are (N11)', async () => {
    const { done } = await desk([...CALL, ...SIGNALS]);
    expect(await done(NOW, 'why-not', 'call-1')).toBe(
      'call.talk: when: call.type ≠ support\n  type is sales, must be support',
    );
    expect(await done(NOW, 'why-not', 'task-1', '--rule', 'task.work')).toBe(
      'task.work: it is timed: 9:00:00 in task-1/task.work#1@ANN',
    );
    expect(JSON.parse(await done(NOW, 'why-not', 'task-5', '--json'))).toMatchObject({
      subject: 'task-5',
      rules: [{ rule: 'task.work', timed: false, clause: 'start', failing: 'no TaskStarted' }],
    });
  });

  it('says what no rule times, and refuses what it does not know', async () => {
    const chat = signal({
      type: 'ChatStarted',
      subject: 'chat-1',
      time: '2026-03-02T09:00:00Z',
      actor: 'ANN',
    });
    const { at, done } = await desk([...CALL, chat]);
    expect(await done(NOW, 'why-not', 'chat-1')).toBe(
      'no rule of audited@1 times a chat; it times: task, call',
    );
    expect(await at(NOW, 'why-not', 'call-2')).toMatchObject({
      code: 2,
      talk: expect.stringContaining('the log has no fact of call-2'),
    });
    expect(await at(NOW, 'why-not', 'call-1', '--rule', 'call.tlak')).toMatchObject({
      code: 2,
      talk: expect.stringContaining('did you mean call.talk'),
    });
  });
});
