/** Sealed weeks: what was issued stays, and what is learned later stands in the first open week after it. */
import { describe, expect, it } from 'vitest';
import { actorId } from '../../schemas/brand.ts';
import type { Report } from '../../schemas/report.ts';
import { type SealedLog, sealedLog } from '../support/sealed-log.ts';
import { facts, planOf } from '../support/scenario.ts';

const TALK = `
rules:
  - { rule: call.talk, on: call, start: CallConnected, stop: CallEnded }
`;
const MINUTE_MS = 60_000;

// W10 is 2 to 8 March 2026, W11 the week after, W12 16 to 22 March.
const KNOWN = `
  time             | subject | event         | who
  2026-03-03 09:00 | call-1  | CallConnected | LENA
  2026-03-03 09:30 | call-1  | CallEnded     |
  2026-03-04 09:00 | call-2  | CallConnected | TOM
  2026-03-04 10:00 | call-2  | CallEnded     |
  2026-03-10 09:00 | call-3  | CallConnected | LENA
  2026-03-10 09:20 | call-3  | CallEnded     |
  2026-03-17 09:00 | call-4  | CallConnected | LENA
  2026-03-17 09:45 | call-4  | CallEnded     |
`;
/** 11 minutes 30 seconds, 690 s, of which nobody knew when W10 was sealed. */
const LATE = `
  time                | subject | event         | who
  2026-03-05 10:00:00 | call-9  | CallConnected | LENA
  2026-03-05 10:11:30 | call-9  | CallEnded     |
`;

const desk = async (zone = 'UTC'): Promise<SealedLog> => {
  const made = await sealedLog(planOf(TALK, zone));
  await made.learn(facts(KNOWN, zone));
  return made;
};

const bytes = (report: Report): string => JSON.stringify(report);

/** `week person seconds` of each adjustment. */
const adjusted = ({ adjustments = [] }: Report): readonly string[] =>
  adjustments.map(({ week, actor, change }) => `${week} ${actor} ${change.sumMs / 1000}`);

const secondsOf = ({ lines }: Report): readonly string[] =>
  lines.map(({ by, tally }) => `${by['agent']} ${tally.sumMs / 1000}`);

describe('a week that is sealed', () => {
  it('never changes; a late call of 11:30 stands as +690 s in the open week W12 (E10)', async () => {
    const book = await desk();
    await book.seal('2026-W10');
    await book.seal('2026-W11');
    const issued = [bytes(await book.report('2026-W10')), bytes(await book.report('2026-W11'))];
    expect(adjusted(await book.report('2026-W12'))).toEqual([]);
    await book.learn(facts(LATE));
    expect([bytes(await book.report('2026-W10')), bytes(await book.report('2026-W11'))]).toEqual(issued);
    const open = await book.report('2026-W12');
    expect(adjusted(open)).toEqual(['2026-W10 LENA 690']);
    expect(open.adjustments?.[0]).toMatchObject({
      reportedIn: '2026-W12',
      measure: 'work',
      change: { records: 1, sumMs: 690_000, unionMs: 690_000, gradesMs: { observed: 690_000 } },
    });
    // The week's own time is its own: call-4, 45 minutes.
    expect(secondsOf(open)).toEqual(['LENA 2700']);
    expect(secondsOf(await book.live('2026-W10'))).toEqual(['LENA 2490', 'TOM 3600']);
  });

  it('is told under teams, kinds and days as it was told live', async () => {
    const book = await desk('Europe/Berlin');
    const by = [['agent'], ['team', 'agent'], ['kind'], ['agent', 'day'], ['day', 'kind', 'team'], []];
    const live = await Promise.all(by.map((names) => book.live('2026-W10', names)));
    await book.seal('2026-W10');
    for (const [index, names] of by.entries()) {
      const { sealed, ...report } = await book.report('2026-W10', names);
      expect(report).toEqual(live[index]);
      expect(sealed).toMatchObject({ by: actorId('MARIA') });
    }
  });

  it('hands its adjustments to the week that is open, and they are told once', async () => {
    const book = await desk();
    await book.seal('2026-W10');
    await book.learn(facts(LATE));
    // W11 is open and nearest.
    expect(adjusted(await book.report('2026-W11'))).toEqual(['2026-W10 LENA 690']);
    expect(adjusted(await book.report('2026-W12'))).toEqual([]);
    await book.seal('2026-W11');
    expect(adjusted(await book.report('2026-W11'))).toEqual(['2026-W10 LENA 690']);
    expect(adjusted(await book.report('2026-W12'))).toEqual([]);
    // And 3 minutes more are told where W11 is closed, too.
    await book.learn(
      facts(`
        time             | subject | event         | who
        2026-03-06 10:00 | call-10 | CallConnected | LENA
        2026-03-06 10:03 | call-10 | CallEnded     |
        2026-03-11 10:00 | call-11 | CallConnected | TOM
        2026-03-11 10:05 | call-11 | CallEnded     |
      `),
    );
    expect(adjusted(await book.report('2026-W11'))).toEqual(['2026-W10 LENA 690']);
    expect(adjusted(await book.report('2026-W12'))).toEqual(['2026-W10 LENA 180', '2026-W11 TOM 300']);
  });

  it('loses what is retracted as a negative adjustment, down to nothing', async () => {
    const book = await desk();
    await book.seal('2026-W10');
    await book.learn(
      facts(`
        time             | subject | event         | reason
        2026-03-12 08:00 | call-2  | TimeRetracted | a test call
      `),
    );
    expect(adjusted(await book.report('2026-W11'))).toEqual(['2026-W10 TOM -3600']);
    expect(secondsOf(await book.report('2026-W10'))).toEqual(['LENA 1800', 'TOM 3600']);
  });

  it('keeps what its rules said; other rules make adjustments', async () => {
    const plan = planOf(TALK);
    const rounded = planOf(`
      rules:
        - { rule: call.talk, on: call, start: CallConnected, stop: CallEnded, maxSpan: 20m }
    `);
    let ruling = plan;
    const book = await sealedLog(plan, () => ruling);
    await book.learn(facts(KNOWN));
    await book.seal('2026-W10');
    const issued = bytes(await book.report('2026-W10'));
    ruling = rounded;
    expect(bytes(await book.report('2026-W10'))).toBe(issued);
    // 30 and 60 minutes are 20 each now.
    expect(adjusted(await book.report('2026-W11'))).toEqual(['2026-W10 LENA -600', '2026-W10 TOM -2400']);
  });

  it('adds up: all weeks as they are told, with every adjustment, are what the log says', async () => {
    const book = await desk();
    await book.seal('2026-W10');
    await book.learn(facts(LATE));
    await book.seal('2026-W11');
    const { lines, total, weeks, adjustments = [] } = await book.report(undefined);
    expect(weeks).toEqual(['2026-W10', '2026-W11', '2026-W12']);
    // 30 + 60 issued for W10, 20 for W11, 45 live in W12.
    expect(total.sumMs).toBe((30 + 60 + 20 + 45) * MINUTE_MS);
    expect(lines.map(({ week, by }) => `${week} ${by['agent']}`)).toEqual([
      '2026-W10 LENA',
      '2026-W10 TOM',
      '2026-W11 LENA',
      '2026-W12 LENA',
    ]);
    expect(adjustments.map(({ reportedIn }) => reportedIn)).toEqual(['2026-W11']);
    expect((await book.live(undefined)).total.sumMs).toBe(total.sumMs + 690_000);
  });
});

describe('sealing', () => {
  it('that was cut off before its seal is as if it had not been, and can be said again', async () => {
    const book = await desk();
    const { append } = book.log;
    let calls = 0;
    const cutOff: typeof append = (appends) => {
      calls += 1;
      return calls === 1 ? append(appends) : Promise.reject(new Error('the power went'));
    };
    Object.assign(book.log, { append: cutOff });
    await expect(book.seal('2026-W10')).rejects.toThrow('the power went');
    Object.assign(book.log, { append });
    expect((await book.seals()).size).toBe(0);
    // More was learned meanwhile: the sheets that were written mean nothing.
    await book.learn(facts(LATE));
    await book.seal('2026-W10');
    expect(secondsOf(await book.report('2026-W10'))).toEqual(['LENA 2490', 'TOM 3600']);
  });

  it('that was cut off is said again with the same sheets', async () => {
    const book = await desk();
    const first = await book.seal('2026-W10');
    const count = (await book.log.readStream('seal-2026-W10')).length;
    // As after a crash: the same figures, whose sheets are there already.
    await expect(book.seal('2026-W10')).rejects.toThrow('somebody else sealed');
    expect((await book.log.readStream('seal-2026-W10')).length).toBe(count);
    expect(first.map(({ actor }) => actor)).toEqual(['LENA', 'TOM']);
  });
});
