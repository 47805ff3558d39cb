/** A record explained by the command line: every second is walked to a signal or a word, whoever's stream it stands in. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../contracts/temporary-folder.ts';
import { type Desk, deskIn } from './desk.ts';

const folders = temporaryFolder();
afterAll(() => folders.remove());

const RULES = `ruleSet: explained
version: 1
zone: Europe/Berlin
calendars:
  desk: { zone: owner, hours: { mon: ["09:00-17:00"] } }
  late: { hours: { mon: ["12:00-20:00"] } }
rules:
  - { rule: call.talk, on: call, start: CallConnected, stop: CallEnded, exempt: { granted: drill }, missingEnd: { closeAt: nextStart, cap: 2h } }
  - { rule: ticket.work, on: ticket, start: TicketOpened, stop: TicketResolved, calendar: { by: owner.team, fallback: desk } }
  - { rule: task.work, on: task, start: TaskStarted, stop: TaskCompleted, idle: { threshold: 5m } }
  - { rule: chat.time, on: chat, start: ChatStarted, stop: ChatEnded, measure: chats }
measures:
  chats: { overlap: { policy: fairShare, among: chat } }
`;
const EVENING = '2026-03-02 20:00';

type Told = readonly [clock: string, subject: string, type: string, actor: string, more?: object];

/** Times of Monday, 2 March 2026 in Berlin, an hour ahead of UTC. */
const event = ([clock, subject, type, actor, more = {}]: Told, index: number): string =>
  JSON.stringify({
    ...{ specversion: '1.0', id: String(index), source: 'pbx', type, subject },
    ...{ time: `2026-03-02T${clock}:00+01:00`, data: { ...(actor === '' ? {} : { actor }), ...more } },
  });

const desk = async (signals: readonly Told[]): Promise<Desk> => {
  const folder = folders.fresh('desk');
  mkdirSync(folder);
  const [rules, file] = [join(folder, 'rules.yaml'), join(folder, 'signals.ndjson')];
  writeFileSync(rules, RULES);
  writeFileSync(file, signals.map((told, index) => `${event(told, index)}\n`).join(''));
  const made = deskIn(folder);
  await made.done(EVENING, 'rules', 'apply', rules);
  await made.done(EVENING, 'import', file);
  return made;
};

/** The lines of the evidence that bound or decide a stretch: `09:00:00 CallConnected`. */
const ticked = (page: string): readonly string[] =>
  page
    .split('\n')
    .filter((line) => line.startsWith('✓'))
    .map((line) => line.split(/ +/).slice(1, 3).join(' '));

describe('explain', () => {
  it('names the calendars of a person who moves, and the facts that moved them', async () => {
    const at = await desk([
      ['08:00', 'person-EVA', 'PersonJoinedTeam', 'EVA', { team: 'late' }],
      ['07:00', 'person-EVA', 'PersonMovedToZone', 'EVA', { zone: 'Europe/Warsaw' }],
      ['10:00', 'ticket-1', 'TicketOpened', 'EVA'],
      ['15:00', 'person-EVA', 'PersonJoinedTeam', 'EVA', { team: 'desk' }],
      ['18:00', 'ticket-1', 'TicketResolved', 'EVA'],
    ]);
    const page = await at.done(EVENING, 'explain', 'ticket-1');
    // late: from 12:00; desk: until 17:00 in Warsaw, the same hour as in Berlin.
    expect(page).toContain(
      '\ncalendar late (Europe/Berlin), from 2026-03-02 15:00:00 desk (Europe/Warsaw)\n',
    );
    expect(page).toMatch(
      /^10:00:00 {2}12:00:00 .* - off-calendar +TicketOpened @ pbx \w+ +rule calendar: late \(Europe\/Berlin\)$/m,
    );
    expect(page).toMatch(
      /^17:00:00 {2}18:00:00 .* rule calendar: desk \(Europe\/Warsaw\) +TicketResolved @ pbx \w+$/m,
    );
    expect(ticked(page)).toEqual([
      '07:00:00 PersonMovedToZone',
      '08:00:00 PersonJoinedTeam',
      '10:00:00 TicketOpened',
      '15:00:00 PersonJoinedTeam',
      '18:00:00 TicketResolved',
    ]);
    expect(page).toContain('\nEvidence: 2 facts of ticket-1, 3 of person-EVA; ✓ bounds or decides');
  });

  it('shows the signs of presence between which a person was idle, and no others', async () => {
    const signs = ['09:03', '09:07', '09:30', '09:34', '09:36'].map((clock): Told => [
      clock,
      'presence-TOM',
      'PersonActive',
      'TOM',
    ]);
    const at = await desk([
      ['09:00', 'task-1', 'TaskStarted', 'TOM'],
      ...signs,
      ['09:40', 'task-1', 'TaskCompleted', 'TOM'],
    ]);
    const page = await at.done(EVENING, 'explain', 'task-1');
    // 5 min without a sign are allowed; only 09:07 to 09:30 is longer.
    expect(ticked(page)).toEqual([
      '09:00:00 TaskStarted',
      '09:07:00 PersonActive',
      '09:30:00 PersonActive',
      '09:40:00 TaskCompleted',
    ]);
    expect(page).toContain('Evidence: 2 facts of task-1, 2 of presence-TOM; ');
    expect(page).toContain('\nidle: no sign of the person for longer than the rule allows (rule idle)\n');
  });

  it('shows both ends of an outage, and the call elsewhere that closed the record', async () => {
    const at = await desk([
      ['09:20', 'call-0', 'CallConnected', 'LEA'],
      ['10:50', 'call-1', 'CallConnected', 'KIM'],
      ['11:00', 'source-pbx', 'SourceWentDown', ''],
      ['11:40', 'source-pbx', 'SourceCameBack', ''],
      ['11:50', 'call-2', 'CallConnected', 'KIM'],
      ['11:55', 'call-2', 'CallEnded', 'KIM'],
    ]);
    const page = await at.done(EVENING, 'explain', 'call-1');
    expect(ticked(page)).toEqual([
      '10:50:00 CallConnected',
      '11:00:00 SourceWentDown',
      '11:40:00 SourceCameBack',
      '11:50:00 CallConnected',
    ]);
    expect(page).toContain('Evidence: 1 fact of call-1, 2 of source-pbx, 1 of call-2; ');
    // The cap of Lea's call, 11:20, lies within the outage.
    expect(ticked(await at.done(EVENING, 'explain', 'call-0'))).toEqual([
      '09:20:00 CallConnected',
      '11:00:00 SourceWentDown',
      '11:40:00 SourceCameBack',
    ]);
  });

  it('says who asked, who granted and who corrected, and why', async () => {
    const at = await desk([
      ['09:00', 'call-1', 'CallConnected', 'ANNA'],
      ['09:30', 'call-1', 'CallEnded', 'ANNA'],
    ]);
    const ask = ['exemption', 'request', '--who', 'ANNA', '--category', 'drill', '--reason', 'fire drill'];
    const period = ['--from', '09:10', '--to', '09:20'];
    await at.done(EVENING, ...ask, ...period);
    await at.done(EVENING, 'exemption', 'grant', 'ANNA-1', '--by', 'BOSS', '--note', 'seen');
    const correct = ['correct', 'call-1/call.talk#1@ANNA', '--remove', '--from', '09:25', '--to', '09:30'];
    await at.done(EVENING, ...correct, '--reason', 'rang on', '--by', 'EVE');
    const page = await at.done(EVENING, 'explain', 'call-1');
    expect(page).toMatch(/^✓ .* ExemptionRequested .* ANNA-1 drill .*: fire drill +/m);
    expect(page).toMatch(/^✓ .* ExemptionGranted .* ANNA-1: seen \(by BOSS\) +/m);
    expect(page).toMatch(/^✓ .* TimeCorrected .* remove .*: rang on \(by EVE\) +/m);
    expect(page).toMatch(/^exempt: left out .* \(rule exempt\.granted: ExemptionGranted @ by-hand \w{8}\)$/m);
    expect(page).toMatch(/^corrected: TimeCorrected @ by-hand \w{8}$/m);
    // The correction takes the last five minutes; the hang-up still ends the record.
    expect(page).toMatch(/^09:25:00 {2}09:30:00 .* - corrected +TimeCorrected .* CallEnded @ pbx \w{8}$/m);
  });

  it('says how much of a record is attributed beside what else ran', async () => {
    const at = await desk([
      ['10:00', 'chat-1', 'ChatStarted', 'KIM'],
      ['10:05', 'chat-2', 'ChatStarted', 'KIM'],
      ['10:15', 'chat-2', 'ChatEnded', 'KIM'],
      ['10:20', 'chat-1', 'ChatEnded', 'KIM'],
    ]);
    // 5 + 5 min alone and half of the 10 min beside the other.
    const page = await at.done(EVENING, 'explain', 'chat-1');
    expect(page).toContain('\nattributed 0:15:00 of 0:20:00 · fairShare among chat\n');
  });
});

describe('report week', () => {
  it('says that nothing counts yet where records run, and where to see them', async () => {
    const at = await desk([['10:00', 'task-1', 'TaskStarted', 'TOM']]);
    const { code, talk } = await at.at(EVENING, 'report', 'week');
    expect(code).toBe(0);
    expect(talk).toContain('Nothing counts yet: 1 record still without an end. What runs: tickmark timers');
    expect(await at.done(EVENING, 'timers')).toContain('task-1');
  });
});
