/** What people say through the command line: each word is an event, counted as the rules say, and never said twice. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TickmarkEvent } from '../../schemas/event.ts';
import { TimeRecord } from '../../schemas/record.ts';
import { temporaryFolder } from '../contracts/temporary-folder.ts';
import { jsonLines } from './command.ts';
import { type Desk, deskIn } from './desk.ts';
import { Explained } from './printed.ts';

const folders = temporaryFolder();
afterAll(() => folders.remove());

const RULES = `ruleSet: by-hand
version: 1
zone: UTC
rules:
  - { rule: call.talk, on: call, start: CallConnected, stop: CallEnded, exempt: { granted: drill } }
  - { rule: ticket.work, on: ticket, start: TicketOpened, stop: TicketResolved }
  - { rule: timer.manual, on: timer, kind: manual, start: TimerStarted, stop: TimerStopped, missingEnd: { closeAt: nextStart, cap: 10h } }
  - { rule: entry.manual, on: entry, kind: manual, stop: TimeEntered, missingStart: duration, backfill: { withinDays: 7 } }
`;
/** What --json prints about what was said. */
const Written = z.object({
  added: z.boolean(),
  events: z.array(TickmarkEvent),
  records: z.array(z.string()),
});

const CALL = 'call-1/call.talk#1@ANNA';
const [DAY, NOON] = ['2026-03-02', '2026-03-02 12:00'];

const event = (type: string, subject: string, clock: string, actor: string) =>
  JSON.stringify({
    ...{ specversion: '1.0', id: `${type}-${subject}`, source: 'pbx', type, subject },
    ...{ time: `${DAY}T${clock}:00Z`, data: { actor } },
  });

/** Anna talked from 09:00 to 09:30; Ben had two tickets, 10:00 to 10:30 and 10:25 to 10:45. */
const SIGNALS = [
  event('CallConnected', 'call-1', '09:00', 'ANNA'),
  event('CallEnded', 'call-1', '09:30', 'ANNA'),
  event('TicketOpened', 'ticket-1', '10:00', 'BEN'),
  event('TicketResolved', 'ticket-1', '10:30', 'BEN'),
  event('TicketOpened', 'ticket-2', '10:25', 'BEN'),
  event('TicketResolved', 'ticket-2', '10:45', 'BEN'),
];

const desk = async (signals: readonly string[] = SIGNALS): Promise<Desk> => {
  const folder = folders.fresh('desk');
  mkdirSync(folder);
  const [rules, file] = [join(folder, 'rules.yaml'), join(folder, 'signals.ndjson')];
  writeFileSync(rules, RULES);
  writeFileSync(file, signals.map((line) => `${line}\n`).join(''));
  const made = deskIn(folder);
  await made.done(NOON, 'rules', 'apply', rules);
  if (signals.length > 0) await made.done(NOON, 'import', file);
  return made;
};

const recordsIn = async ({ done }: Desk, ...filter: readonly string[]): Promise<readonly TimeRecord[]> =>
  jsonLines(await done(NOON, 'records', '--format', 'json', ...filter)).map((line) => TimeRecord.parse(line));
const minutesOf = ({ countedMs }: TimeRecord): number => countedMs / 60_000;
const countedOf = async (at: Desk, ...filter: readonly string[]): Promise<number> =>
  (await recordsIn(at, ...filter)).reduce((sum, record) => sum + minutesOf(record), 0);

/** The types of the facts that explain shows for a record. */
const explained = async ({ done }: Desk, id: string): Promise<readonly string[]> =>
  Explained.parse(JSON.parse(await done(NOON, 'explain', id, '--json'))).events.map(
    ({ event: { type } }) => type,
  );

/** The subject or record that a sentence ends with. */
const last = (sentence: string): string => sentence.slice(sentence.lastIndexOf(' ') + 1);

describe('timer', () => {
  it('counts from start to stop: 1,800 s, declared and manual (R15)', async () => {
    const at = await desk([]);
    const started = await at.done(
      `${DAY} 14:00`,
      'timer',
      'start',
      '--who',
      'ANNA',
      '--attribute',
      'account=42',
    );
    expect(started).toMatch(/^ANNA's timer runs since 2026-03-02 14:00:00: timer-[0-9a-f]{12}$/);
    const stopped = await at.done(`${DAY} 14:30`, 'timer', 'stop', '--who', 'ANNA');
    expect(stopped).toMatch(/^ANNA's timer stopped at 2026-03-02 14:30:00 after 0:30:00: timer-/);
    const [record] = await recordsIn(at);
    expect(record).toMatchObject({
      id: last(stopped),
      countedMs: 1_800_000,
      gradesMs: { declared: 1_800_000 },
      method: 'manual',
      attributes: { account: '42' },
    });
    expect(await explained(at, last(stopped))).toEqual(['TimerStarted', 'TimerStopped']);
  });

  it('runs once for each person, unless they are told to run beside each other', async () => {
    const at = await desk([]);
    const first = last(await at.done(`${DAY} 09:00`, 'timer', 'start', 'offer', '--who', 'ANNA'));
    await at.done(`${DAY} 09:00`, 'timer', 'start', '--who', 'BEN');
    const refused = await at.at(`${DAY} 09:10`, 'timer', 'start', '--who', 'ANNA');
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.talk).toBe(
      `error: ANNA has a timer running, ${first} (offer, since 2026-03-02 09:00:00): stop it and go on with tickmark timer switch, or let both run with --parallel`,
    );
    await at.done(`${DAY} 09:10`, 'timer', 'start', '--who', 'ANNA', '--parallel');
    const list = await at.done(`${DAY} 09:20`, 'timer', 'ls', '--who', 'ANNA', '--json');
    expect(jsonLines(list)).toMatchObject([{ subject: first, about: 'offer' }, { who: 'ANNA' }]);
    const which = await at.at(`${DAY} 09:30`, 'timer', 'stop', '--who', 'ANNA');
    expect(which).toMatchObject({ code: 2, talk: expect.stringContaining(`  ${first} (offer, since`) });
    await at.done(`${DAY} 09:30`, 'timer', 'stop', first, '--who', 'ANNA');
    await at.done(`${DAY} 09:30`, 'timer', 'stop', '--who', 'ANNA');
    // 09:00 to 09:30 and 09:10 to 09:30.
    expect((await recordsIn(at, '--agent', 'ANNA')).map(minutesOf)).toEqual([30, 20]);
  });

  it('switches without a gap', async () => {
    const at = await desk([]);
    await at.done(`${DAY} 09:00`, 'timer', 'start', 'offer', '--who', 'ANNA');
    await at.done(`${DAY} 09:40`, 'timer', 'switch', 'order', '--who', 'ANNA', '--at', '09:30');
    await at.done(`${DAY} 10:00`, 'timer', 'stop', '--who', 'ANNA');
    const records = await recordsIn(at);
    expect(records.map(({ attributes: { about } }) => about)).toEqual(['offer', 'order']);
    expect(records.map(minutesOf)).toEqual([30, 30]);
    expect(records[0]?.toMs).toBe(records[1]?.fromMs);
  });

  it('that was forgotten overnight is stopped only with its end, and counts until then', async () => {
    const at = await desk([]);
    const timer = last(await at.done(`${DAY} 16:00`, 'timer', 'start', '--who', 'ANNA'));
    const next = '2026-03-03 08:00';
    expect(await at.done(next, 'timer', 'ls')).toContain('forgotten: ended at 2026-03-03 02:00:00');
    const refused = await at.at(next, 'timer', 'stop', '--who', 'ANNA');
    expect(refused).toMatchObject({
      code: 2,
      talk: expect.stringContaining(`say when: tickmark timer stop ${timer} --who ANNA --at TIME`),
    });
    await at.done(next, 'timer', 'stop', timer, '--who', 'ANNA', '--at', '2026-03-02T17:30');
    expect(await countedOf(at)).toBe(90);
    await at.done(next, 'timer', 'start', '--who', 'ANNA');
  });

  it('is not started where no rule would time it', async () => {
    const at = deskIn(folders.fresh('untimed'));
    const rules = folders.fresh('rules.yaml');
    writeFileSync(
      rules,
      'ruleSet: calls\nversion: 1\nzone: UTC\nrules:\n  - { rule: call.talk, on: call, start: CallConnected, stop: CallEnded }\n',
    );
    await at.done(NOON, 'rules', 'apply', rules);
    for (const words of [
      ['timer', 'start'],
      ['entry', 'add', '--duration', '30m'],
    ])
      expect(await at.at(NOON, ...words, '--who', 'ANNA')).toMatchObject({
        code: 2,
        talk: expect.stringContaining('no rule of calls@1 times'),
      });
  });
});

describe('entry add', () => {
  const add = ['entry', 'add', '--who', 'ANNA', '--duration', '30m'];

  it('is declared time that knows when it was entered (R8)', async () => {
    const at = await desk([]);
    // Monday 10:00, entered on Wednesday 16:00: 54 h later.
    const said = await at.done('2026-03-04 16:00', ...add, '--to', `${DAY}T10:00`, '--json');
    const [entered] = Written.parse(JSON.parse(said)).events;
    expect((entered?.recordedAt ?? 0) - (entered?.occurredAt ?? 0)).toBe(54 * 3_600_000);
    expect(await recordsIn(at)).toMatchObject([
      { countedMs: 1_800_000, gradesMs: { declared: 1_800_000 }, method: 'manual' },
    ]);
  });

  it('typed twice counts once, and with --again twice', async () => {
    const at = await desk([]);
    const entry = last(await at.done(NOON, ...add, '--from', '10:00'));
    const twice = await at.done(NOON, ...add, '--to', '10:30');
    expect(twice).toContain('was entered before, and nothing was added');
    expect(last(twice)).toBe(entry);
    expect(await countedOf(at)).toBe(30);
    await at.done(NOON, ...add, '--to', '10:30', '--again');
    expect(await countedOf(at)).toBe(60);
  });

  it('of six days ago counts, and of eight days ago waits for somebody else (R41)', async () => {
    const at = await desk([]);
    const [six, eight] = ['2026-02-24T12:00', '2026-02-22T12:00'];
    expect(await at.done(NOON, ...add, '--to', six)).toMatch(/ is entered: entry-/);
    const late = await at.at(NOON, ...add, '--to', eight);
    expect(late.out).toMatch(/ is entered and counts once it is approved: entry-/);
    expect(late.talk).toMatch(/^Next: tickmark approve entry-[0-9a-f]{12} --who ANNA --by NAME$/);
    expect((await recordsIn(at)).map(minutesOf)).toEqual([0, 30]);
    const [, , , subject = ''] = late.talk.split(' ');
    const own = await at.at(NOON, 'approve', subject, '--who', 'ANNA', '--by', 'ANNA');
    expect(own).toMatchObject({ code: 2, talk: expect.stringContaining('cannot approve time of their own') });
    await at.done(NOON, 'approve', subject, '--who', 'ANNA', '--by', 'BOSS');
    expect((await recordsIn(at)).map(minutesOf)).toEqual([30, 30]);
  });

  it.each([
    [['--from', '10:00'], 'say how long'],
    [['--from', '10:00', '--to', '10:30', '--duration', '30m'], 'leave one of them out'],
    [['--from', '10:30', '--to', '10:00'], '--to must lie after --from'],
    [['--from', '10:00', '--to', '13:00'], 'lies in the future'],
    [['--duration', '30'], '--duration takes a length'],
    [['--duration', '30m', '--attribute', 'customer'], '--attribute takes name=value'],
  ])('%j is refused: %s', async (words, why) => {
    const at = await desk([]);
    const refused = await at.at(NOON, 'entry', 'add', '--who', 'ANNA', ...words);
    expect(refused).toMatchObject({ code: 2, out: '', talk: expect.stringContaining(why) });
    expect(await at.done(NOON, 'records', '--format', 'json')).toBe('');
  });
});

describe('correct', () => {
  const correct = (...words: readonly string[]) => [
    'correct',
    CALL,
    ...words,
    '--reason',
    'fire drill',
    '--by',
    'BOSS',
  ];

  it('takes time out, once, and leaves what was measured to be seen', async () => {
    const at = await desk();
    const remove = correct('--remove', '--from', '09:10', '--to', '09:15');
    expect(await at.done(NOON, ...remove)).toBe(
      `0:05:00 from 2026-03-02 09:10:00 to 2026-03-02 09:15:00 is taken out, which leaves 0:25:00: ${CALL}`,
    );
    expect(await at.done(NOON, ...remove)).toMatch(/^Nothing was added, this was said before: /);
    const [record] = await recordsIn(at, '--subject', 'call-1');
    expect(record).toMatchObject({ countedMs: 1_500_000, toMs: (record?.fromMs ?? 0) + 1_800_000 });
    expect(record?.subtracted).toMatchObject([{ reason: 'corrected' }]);
    expect(await explained(at, CALL)).toEqual(['CallConnected', 'CallEnded', 'TimeCorrected']);
  });

  it('adds time as a declared record beside it', async () => {
    const at = await desk();
    const said = await at.done(NOON, ...correct('--add', '--from', '09:30', '--to', '09:40'));
    expect(last(said)).toBe('call-1/call.talk#2@ANNA');
    const records = await recordsIn(at, '--subject', 'call-1');
    expect(records.map(minutesOf)).toEqual([30, 10]);
    expect(records[1]?.gradesMs).toMatchObject({ declared: 600_000 });
  });

  it.each([
    [['call-1', '--remove'], 'call-1 is a subject; correct one of its records:'],
    [['call-9', '--remove'], 'there is no record call-9'],
    [[CALL], 'say one of --remove and --add'],
    [[CALL, '--add', '--remove'], 'say one of --remove and --add'],
  ])('%j is refused: %s', async (words, why) => {
    const at = await desk();
    const rest = ['--from', '09:10', '--to', '09:15', '--reason', 'why'];
    expect(await at.at(NOON, 'correct', ...words, ...rest)).toMatchObject({
      code: 2,
      talk: expect.stringContaining(why),
    });
  });
});

describe('retract, allocate, note and merge', () => {
  it('a retracted subject counts nothing and keeps its history (E28)', async () => {
    const at = await desk();
    await at.done(NOON, 'retract', 'call-1', '--reason', 'a test call');
    expect(await countedOf(at, '--agent', 'ANNA')).toBe(0);
    expect(await recordsIn(at, '--subject', 'call-1')).toMatchObject([{ status: 'retracted' }]);
    expect(await explained(at, CALL)).toEqual(['CallConnected', 'CallEnded', 'TimeRetracted']);
  });

  it('allocated time adds up exactly (R19)', async () => {
    const at = await desk();
    const over = 'research=30,negotiation=50,followup=20';
    await at.done(NOON, 'allocate', 'call-1', '--who', 'ANNA', '--over', over);
    // 30, 50 and 20 % of 1,800 s.
    expect((await recordsIn(at, '--subject', 'call-1'))[0]?.allocation).toEqual([
      { target: 'research', ms: 540_000 },
      { target: 'negotiation', ms: 900_000 },
      { target: 'followup', ms: 360_000 },
    ]);
  });

  it('shares that are not 100 %, twice named or of nobody there are refused', async () => {
    const at = await desk();
    const why = async (who: string, over: string) =>
      (await at.at(NOON, 'allocate', 'call-1', '--who', who, '--over', over)).talk;
    expect(await why('ANNA', 'research=30,rest=60')).toContain('add 10 % to one of them');
    expect(await why('ANNA', 'research=30,research=70')).toContain('names research twice');
    expect(await why('ANNA', 'research')).toContain('--over takes name=value');
    expect(await why('BEN', 'research=100')).toContain('BEN has no time on call-1 (only ANNA)');
  });

  it('a note is found beside the record, and tells of evidence that nobody knows', async () => {
    const at = await desk();
    const evidence = ['--claim', '1h30m', '--evidence', 'ticket-1,ticket-7'];
    const said = await at.at(NOON, 'note', CALL, '--by', 'ANNA', '--text', 'three issues', ...evidence);
    expect(said).toMatchObject({
      code: 0,
      out: "ANNA's note is attached to call-1",
      talk: expect.stringContaining('nothing yet about ticket-7,'),
    });
    expect(await explained(at, CALL)).toContain('NoteAttached');
  });

  it('two tickets that are one count their common time once: 30 + 20 less 5 (E27)', async () => {
    const at = await desk();
    expect(await countedOf(at, '--agent', 'BEN')).toBe(50);
    await at.done(NOON, 'merge', 'ticket-2', '--into', 'ticket-1', '--reason', 'same fault');
    expect(await countedOf(at, '--agent', 'BEN')).toBe(45);
  });
});

describe('exemption', () => {
  const request = ['exemption', 'request', '--who', 'ANNA', '--category', 'drill', '--reason', 'fire drill'];

  it('moves time from counted to exempt once it is granted, and back when it is withdrawn (R26)', async () => {
    const at = await desk();
    const asked = await at.done(NOON, ...request, '--from', '09:10', '--to', '09:20');
    expect(asked).toBe(
      'ANNA asks that drill time from 2026-03-02 09:10:00 to 2026-03-02 09:20:00 be left out: ANNA-1',
    );
    expect(await countedOf(at, '--agent', 'ANNA')).toBe(30);
    await at.done(NOON, 'exemption', 'grant', 'ANNA-1', '--by', 'BOSS', '--note', 'seen');
    expect(await countedOf(at, '--agent', 'ANNA')).toBe(20);
    expect((await recordsIn(at, '--subject', 'call-1'))[0]?.subtracted).toMatchObject([{ reason: 'exempt' }]);
    await at.done(NOON, 'exemption', 'withdraw', 'ANNA-1');
    expect(await countedOf(at, '--agent', 'ANNA')).toBe(30);
  });

  it('of everybody is listed with what became of it', async () => {
    const at = await desk();
    await at.done(NOON, ...request, '--from', '09:10', '--to', '09:20');
    await at.done(NOON, ...request.with(3, 'BEN'), '--from', '15:00', '--to', '16:00');
    await at.done(NOON, 'exemption', 'refuse', 'ANNA-1', '--by', 'BOSS');
    const all = jsonLines(await at.done(NOON, 'exemption', 'ls', '--json'));
    expect(all).toMatchObject([
      { id: 'ANNA-1', state: 'refused', by: 'BOSS' },
      { id: 'BEN-1', state: 'requested' },
    ]);
    expect(jsonLines(await at.done(NOON, 'exemption', 'ls', '--who', 'BEN', '--json'))).toHaveLength(1);
    expect(await at.at(NOON, 'exemption', 'grant', 'ANNA-1', '--by', 'BOSS')).toMatchObject({
      code: 2,
      talk: expect.stringContaining('ANNA-1 was refused and cannot be granted'),
    });
  });

  it('that no rule asks for is told of', async () => {
    const at = await desk();
    const said = await at.at(NOON, ...request.with(5, 'meeting'), '--from', '15:00', '--to', '16:00');
    expect(said).toMatchObject({ code: 0, talk: expect.stringContaining('No rule of by-hand@1 leaves out') });
  });
});

describe('everything that was said', () => {
  it('is an event like any other: the answers are what the log says', async () => {
    const at = await desk();
    await at.done(NOON, 'timer', 'start', '--who', 'ANNA', '--at', '10:00');
    await at.done(NOON, 'timer', 'stop', '--who', 'ANNA', '--at', '10:20');
    await at.done(NOON, 'entry', 'add', '--who', 'BEN', '--duration', '30m');
    await at.done(
      NOON,
      'correct',
      CALL,
      '--remove',
      '--from',
      '09:00',
      '--to',
      '09:01',
      '--reason',
      'rang on',
    );
    await at.done(NOON, 'retract', 'ticket-2', '--reason', 'a test');
    const running = last(await at.done(NOON, 'timer', 'start', '--who', 'ANNA'));
    await at.done(NOON, 'retract', running, '--reason', 'by mistake');
    expect(await at.done(NOON, 'verify')).toMatch(/^Identical: /);
  });
});
