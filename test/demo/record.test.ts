/** One record explained, as text written by hand. */
import { describe, expect, it } from 'vitest';
import { renderRecord, type RecordView } from '../../adapters/cli/render/record.ts';
import { actorId, durationMs, eventId, instantMs, recordId, subjectId } from '../../schemas/brand.ts';
import { type StoredEvent, TickmarkEvent } from '../../schemas/event.ts';
import { type Because, SUBTRACTIONS, type Subtraction, type TimeRecord } from '../../schemas/record.ts';

const ACTOR = actorId('amara.okafor');
const SUBJECT = subjectId('call-4711');
/** Berlin in November, an hour ahead of UTC. */
const localTime = (ms: number): string =>
  new Date(ms + 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
const at = (text: string) => instantMs(Date.parse(`2026-11-${text}+01:00`));
const id = (digit: number) => eventId(`${String(digit).repeat(8)}-0000-5000-8000-000000000000`);
const because = (clause: string, digit?: number): Because =>
  digit === undefined ? { clause } : { clause, event: id(digit) };

const stored = (
  digit: number,
  type: 'CallOffered' | 'CallConnected' | 'CallHeld' | 'CallResumed' | 'CallEnded',
  occurred: string,
  lateSeconds: number,
): StoredEvent => ({
  position: 100 + digit,
  version: digit,
  event: {
    id: id(digit),
    type,
    source: 'telephony',
    subject: SUBJECT,
    occurredAt: at(occurred),
    recordedAt: instantMs(at(occurred) + lateSeconds * 1_000),
    dialect: 'tickmark@1',
    signalHash: `${String(digit).repeat(4)}abcd`.repeat(8),
    data: type === 'CallOffered' ? {} : { actor: ACTOR },
  },
});

/** Connected 09:00:00, held 09:03:00 to 09:04:30, ended 09:10:00: counted 8:30, held 1:30, elapsed 10:00. */
const EVENTS = [
  stored(4, 'CallResumed', '10T09:04:30', 1),
  stored(1, 'CallOffered', '10T08:59:48', 1),
  stored(2, 'CallConnected', '10T09:00:00', 60),
  stored(3, 'CallHeld', '10T09:03:00', 3_661),
  stored(5, 'CallEnded', '10T09:10:00', 61),
];
const RECORD: TimeRecord = {
  id: recordId('call-4711/call.talk#1@amara.okafor'),
  subject: SUBJECT,
  kind: 'call',
  rule: 'call.talk',
  measure: 'work',
  actor: ACTOR,
  cycle: 1,
  status: 'closed',
  method: 'auto',
  fromMs: at('10T09:00:00'),
  toMs: at('10T09:10:00'),
  countedMs: durationMs(510_000),
  roundedMs: durationMs(510_000),
  gradesMs: {
    observed: durationMs(510_000),
    inferred: durationMs(0),
    declared: durationMs(0),
    assumed: durationMs(0),
    unknown: durationMs(0),
  },
  spans: [
    {
      fromMs: at('10T09:00:00'),
      toMs: at('10T09:03:00'),
      opened: because('start', 2),
      closed: because('pause', 3),
      grade: 'observed',
    },
    {
      fromMs: at('10T09:04:30'),
      toMs: at('10T09:10:00'),
      opened: because('resume', 4),
      closed: because('stop', 5),
      grade: 'observed',
    },
  ],
  subtracted: [
    {
      fromMs: at('10T09:03:00'),
      toMs: at('10T09:04:30'),
      opened: because('pause', 3),
      closed: because('resume', 4),
      reason: 'paused',
    },
  ],
  attributes: { customer: 'Océane Yachts', queue: 'billing' },
  facts: 5,
};
const VIEW: RecordView = {
  record: RECORD,
  events: EVENTS,
  zone: 'Europe/Berlin',
  decisive: new Set([2, 3, 4, 5].map(id)),
  hours: [],
  shifts: [],
  localTime,
  width: 130,
  color: false,
};
const linesOf = (view: RecordView): readonly string[] => renderRecord(view).split('\n');

describe('an explained record', () => {
  it('shows stretches and holds in order of time, the sum, and every fact with its lateness', () => {
    expect(renderRecord(VIEW)).toBe(
      [
        'call-4711/call.talk#1@amara.okafor',
        'amara.okafor · call-4711 · rule call.talk · kind call · measure work',
        'cycle 1 · closed · timed from signals · 2026-11-10 · Europe/Berlin',
        'customer: Océane Yachts · queue: billing',
        'counted 0:08:30 · elapsed 0:10:00 · subtracted 0:01:30',
        '',
        'Time line',
        'From      To         Length  What       Grade     Opened by                           Closed by',
        '─'.repeat(8 + 2 + 8 + 2 + 7 + 2 + 9 + 2 + 8 + 2 + 34 + 2 + 32),
        '09:00:00  09:03:00  0:03:00  + counted  observed  CallConnected @ telephony 22222222  CallHeld @ telephony 33333333',
        '09:03:00  09:04:30  0:01:30  - paused             CallHeld @ telephony 33333333       CallResumed @ telephony 44444444',
        '09:04:30  09:10:00  0:05:30  + counted  observed  CallResumed @ telephony 44444444    CallEnded @ telephony 55555555',
        '',
        'Arithmetic',
        'elapsed 0:10:00 = counted 0:08:30 + paused 0:01:30   (600 s = 510 s + 90 s)',
        'counted 0:08:30 = observed 0:08:30   (510 s = 510 s)',
        '',
        'Evidence: 5 facts of call-4711; ✓ bounds or decides a stretch of this record',
        '   Time      Fact           Source     Person        Recorded      Event     Signal',
        '─'.repeat(1 + 2 + 8 + 2 + 13 + 2 + 9 + 2 + 12 + 2 + 12 + 2 + 8 + 2 + 8),
        '   08:59:48  CallOffered    telephony                              11111111  1111abcd',
        '✓  09:00:00  CallConnected  telephony  amara.okafor                22222222  2222abcd',
        '✓  09:03:00  CallHeld       telephony  amara.okafor  1:01:01 late  33333333  3333abcd',
        '✓  09:04:30  CallResumed    telephony  amara.okafor                44444444  4444abcd',
        '✓  09:10:00  CallEnded      telephony  amara.okafor  0:01:01 late  55555555  5555abcd',
        '',
      ].join('\n'),
    );
  });

  it('says of a fact that its source corrected by which word it is replaced', () => {
    const [held, ended] = [EVENTS[3], EVENTS[4]];
    if (held === undefined || ended === undefined) throw new Error('no events');
    const first = { ...ended, event: { ...ended.event, id: id(6), occurredAt: at('10T09:12:00') } };
    const last = { ...ended, event: { ...ended.event, fact: id(6), revision: 1 } };
    const lines = linesOf({ ...VIEW, events: [...EVENTS.slice(0, 4), last, first] });
    expect(lines.at(-2)).toBe(
      '   09:12:00  CallEnded      telephony  amara.okafor  replaced by 55555555                66666666  5555abcd',
    );
    expect(lines.at(-3)).toMatch(/^✓ {2}09:10:00 {2}CallEnded {6}telephony {2}amara\.okafor {24}/);
  });

  it('names events shorter where the terminal is narrow', () => {
    expect(linesOf({ ...VIEW, width: 100 })[9]).toBe(
      '09:00:00  09:03:00  0:03:00  + counted  observed  CallConnected 22222222  CallHeld 33333333',
    );
    expect(linesOf({ ...VIEW, width: 80 })[9]).toBe(
      '09:00:00  09:03:00  0:03:00  + counted  observed  22222222   33333333',
    );
    for (const line of linesOf({ ...VIEW, width: 80 }))
      expect([...line].length, line).toBeLessThanOrEqual(80);
  });

  it('shows the clause where a policy ended it, and the event that it went by', () => {
    const [first] = RECORD.spans;
    if (first === undefined) throw new Error('no span');
    const ends = [because('missingEnd.cap'), because('missingEnd.closeAt', 9)];
    const shown = ends.map((closed) => {
      const spans = [{ ...first, toMs: at('10T09:10:00'), closed, grade: 'inferred' as const }];
      return linesOf({ ...VIEW, record: { ...RECORD, spans, subtracted: [] } })[9];
    });
    expect(shown[0]).toMatch(
      /^09:00:00 {2}09:10:00 {2}0:10:00 {2}\+ counted {2}inferred .* {2}rule missingEnd\.cap$/,
    );
    expect(shown[1]).toMatch(/ {2}rule missingEnd\.closeAt: event 99999999$/);
  });

  it('says each day once when it runs over midnight', () => {
    const [first] = RECORD.spans;
    if (first === undefined) throw new Error('no span');
    const spans = [{ ...first, fromMs: at('10T23:55:00'), toMs: at('11T00:03:30') }];
    const record = { ...RECORD, fromMs: at('10T23:55:00'), toMs: at('11T00:03:30'), spans, subtracted: [] };
    const events = [stored(2, 'CallConnected', '10T23:55:00', 1), stored(3, 'CallHeld', '11T00:03:30', 1)];
    const lines = linesOf({ ...VIEW, record, events });
    expect(lines[2]).toBe('cycle 1 · closed · timed from signals · 2026-11-10 – 2026-11-11 · Europe/Berlin');
    expect(lines[9]).toBe('2026-11-10');
    expect(lines[10]).toMatch(/^23:55:00 {4}00:03:30 \+1d {2}0:08:30 {2}/);
    expect(lines.slice(-6, -1).map((line) => line.slice(0, 14).trimEnd())).toEqual([
      '─'.repeat(14),
      '   2026-11-10',
      '✓  23:55:00',
      '   2026-11-11',
      '✓  00:03:30',
    ]);
  });

  it('shows the end that has not come, and the cap', () => {
    const tail = { state: 'running' as const, fromMs: at('10T09:10:00'), opened: because('resume', 5) };
    const running: TimeRecord = { ...RECORD, status: 'running', tail };
    expect(linesOf({ ...VIEW, record: running })[12]).toMatch(/^09:10:00 {2}… {18}running .* {2}not yet$/);
    const capped: TimeRecord = { ...running, tail: { ...tail, closesAtMs: at('10T17:10:00') } };
    const lines = linesOf({ ...VIEW, record: capped });
    expect(lines[2]).toContain('still running');
    expect(lines[12]).toMatch(/CallEnded @ telephony 55555555 +not yet \(cap 17:10:00\)$/);
  });

  it('names the record that closed it in its first instant', () => {
    const other = recordId('call-4712/call.talk#1@amara.okafor');
    const closed = { clause: 'missingEnd.closeAt nextStart', record: other };
    const tail = {
      state: 'running' as const,
      fromMs: at('10T09:10:00'),
      opened: because('resume', 5),
      closed,
    };
    expect(linesOf({ ...VIEW, record: { ...RECORD, tail } })[12]).toMatch(
      / {2}rule missingEnd\.closeAt nextStart: call-4712 at once$/,
    );
  });

  it('says that no end was signalled where a rule closed it', () => {
    const tail = { state: 'running' as const, fromMs: at('10T09:04:30'), opened: because('resume', 4) };
    expect(linesOf({ ...VIEW, record: { ...RECORD, tail } })[12]).toMatch(
      /^09:04:30 {2}… {18}no end .* {2}never signalled$/,
    );
  });

  it('says so when the figures do not add up', () => {
    const lines = linesOf({ ...VIEW, record: { ...RECORD, countedMs: durationMs(505_000) } });
    expect(lines[14]).toBe(
      'elapsed 0:10:00 = counted 0:08:25 + paused 0:01:30 DOES NOT ADD UP: 0:00:05 unaccounted for',
    );
  });

  it('keeps parts of a second, so that the sum stays exact', () => {
    const spans = RECORD.spans.map((span, index) =>
      index === 1 ? { ...span, toMs: instantMs(span.toMs + 250) } : span,
    );
    const ms = durationMs(510_250);
    const record = {
      ...RECORD,
      toMs: instantMs(RECORD.toMs + 250),
      spans,
      countedMs: ms,
      roundedMs: durationMs(900_000),
    };
    const lines = linesOf({ ...VIEW, record: { ...record, gradesMs: { ...RECORD.gradesMs, observed: ms } } });
    expect(lines[4]).toBe('counted 0:08:30.250 · elapsed 0:10:00.250 · subtracted 0:01:30 · rounded 0:15:00');
    expect(lines[14]).toBe(
      'elapsed 0:10:00.250 = counted 0:08:30.250 + paused 0:01:30   (600.25 s = 510.25 s + 90 s)',
    );
  });

  it('names the calendars in force, and why time does not count apart from what bounds it', () => {
    const [gap] = RECORD.subtracted;
    if (gap === undefined) throw new Error('no gap');
    const hours = [
      { fromMs: instantMs(0), calendar: 'late', zone: 'Europe/Berlin', told: [] },
      { fromMs: at('10T09:04:00'), calendar: '24x7', told: [] },
    ];
    const off = {
      ...gap,
      reason: 'off-calendar' as const,
      closed: because('calendar'),
      by: because('calendar'),
    };
    const lines = linesOf({ ...VIEW, hours, record: { ...RECORD, subtracted: [off] } });
    expect(lines[4]).toBe('calendar late (Europe/Berlin), from 2026-11-10 09:04:00 24x7');
    // The calendar that let time count again at 09:04:30 is the one that holds from 09:04 on.
    expect(lines[11]).toMatch(/- off-calendar +CallHeld @ telephony 33333333 +rule calendar: 24x7$/);
    expect(lines[17]).toBe('off-calendar: rule calendar: late (Europe/Berlin)');
    const out = { ...gap, reason: 'exempt' as const, by: because('exempt.granted', 5) };
    expect(linesOf({ ...VIEW, record: { ...RECORD, subtracted: [out] } })[16]).toBe(
      'exempt: left out by the rule, or by an exemption that was granted (rule exempt.granted: CallEnded @ telephony 55555555)',
    );
  });

  it('counts the facts of each subject, says what they say, and cuts nothing of it', () => {
    const held = stored(6, 'CallHeld', '10T09:05:00', 1);
    const data = { reason: 'the customer looks for the contract, and asks to wait' };
    const event = TickmarkEvent.parse({ ...held.event, subject: 'call-9', data });
    const said = { ...held, event };
    const lines = linesOf({ ...VIEW, events: [...EVENTS, said], width: 96 });
    const evidence = lines.findIndex((line) => line.startsWith('Evidence'));
    expect(lines[evidence]).toBe(
      'Evidence: 5 facts of call-4711, 1 of call-9; ✓ bounds or decides a stretch of this record',
    );
    expect(lines.slice(evidence).join(' ').replaceAll(/ +/g, ' ')).toMatch(/customer.*looks.*contract.*wait/);
    for (const line of lines) expect([...line].length, line).toBeLessThanOrEqual(96);
  });

  it('says how much of it is attributed, and by which policy', () => {
    const attributed = {
      ms: durationMs(305_000),
      ofMs: durationMs(510_000),
      policy: 'fairShare',
      among: ['chat'],
    };
    const view = { ...VIEW, attributed };
    expect(linesOf(view)[5]).toBe('attributed 0:05:05 of 0:08:30 · fairShare among chat');
  });

  it('names every reason for which time does not count, with the code of the rule', () => {
    // One second for each reason, in their order, and one more for the second code: 16 s in all.
    const gaps = [
      ...SUBTRACTIONS.map((reason) => ({ reason })),
      { reason: 'paused' as const, code: 'customer' },
    ];
    const subtracted = gaps.map((gap, second): Subtraction => ({
      ...gap,
      fromMs: instantMs(RECORD.fromMs + second * 1_000),
      toMs: instantMs(RECORD.fromMs + (second + 1) * 1_000),
      opened: because('pause', 3),
      closed: because('resume', 4),
    }));
    const none = durationMs(0);
    const record: TimeRecord = {
      ...RECORD,
      toMs: instantMs(RECORD.fromMs + 16_000),
      countedMs: none,
      gradesMs: { ...RECORD.gradesMs, observed: none },
      spans: [],
      subtracted,
    };
    const text = renderRecord({ ...VIEW, record });
    for (const reason of SUBTRACTIONS) expect(text).toMatch(new RegExp(`0:00:01 {2}- ${reason}  `));
    expect(text).toContain('0:00:01  - paused · customer  ');
    const sum = [...SUBTRACTIONS.slice(0, 1), 'paused · customer', ...SUBTRACTIONS.slice(1)]
      .map((name) => ` + ${name} 0:00:01`)
      .join('');
    expect(text).toContain(`elapsed 0:00:16 = counted 0:00:00${sum}   (16 s = 0 s${' + 1 s'.repeat(16)})`);
    expect(text).toContain('\nunapproved: declared, and waiting for approval\n');
    expect(text).not.toContain('\npaused:');
  });

  it('names a person who took time out as a fact and not as a rule', () => {
    const [gap] = RECORD.subtracted;
    if (gap === undefined) throw new Error('no gap');
    const correction = because('correction', 5);
    const subtracted = [{ ...gap, reason: 'corrected' as const, opened: correction, closed: correction }];
    expect(linesOf({ ...VIEW, record: { ...RECORD, subtracted } })[10]).toMatch(
      /- corrected {2,}CallEnded @ telephony 55555555 {2,}CallEnded @ telephony 55555555$/,
    );
  });

  it('says what is remarkable, and how its time is shared out', () => {
    // 2,820 s over 30, 50 and 20 % are 846, 1,410 and 564 s (SEMANTICS.md, R19).
    const allocation = [
      { target: 'research', ms: durationMs(846_000) },
      { target: 'negotiation', ms: durationMs(1_410_000) },
      { target: 'follow-up', ms: durationMs(564_000) },
    ];
    const roundedMs = durationMs(2_820_000);
    const record: TimeRecord = { ...RECORD, roundedMs, flags: ['late-entry', 'overlap'], allocation };
    const lines = linesOf({ ...VIEW, record });
    expect(lines.slice(15, 29)).toEqual([
      'counted 0:08:30 = observed 0:08:30   (510 s = 510 s)',
      '',
      'Remarkable',
      'overlap: records of one person and measure run at the same time',
      'late-entry: declared time was entered long after it happened',
      '',
      'Allocation',
      'Target         Share     Time',
      '─'.repeat(12 + 2 + 6 + 2 + 7),
      'research      30.0 %  0:14:06',
      'negotiation   50.0 %  0:23:30',
      'follow-up     20.0 %  0:09:24',
      '─'.repeat(12 + 2 + 6 + 2 + 7),
      'Rounded time          0:47:00',
    ]);
    const wrong = { ...record, allocation: allocation.slice(0, 2) };
    expect(renderRecord({ ...VIEW, record: wrong })).toContain(
      '\nDOES NOT ADD UP: 0:09:24 unaccounted for\n',
    );
  });

  it.each([
    ['closed', 'manual', 'closed · timed, typed or planned by a person'],
    ['closed', 'preset', 'closed · booked by its rule'],
    ['retracted', 'adjustment', 'retracted · corrected afterwards'],
  ] as const)('that is %s and %s reads: %s', (status, method, words) => {
    const record: TimeRecord = { ...RECORD, status, method };
    expect(linesOf({ ...VIEW, record })[2]).toBe(`cycle 1 · ${words} · 2026-11-10 · Europe/Berlin`);
  });

  it('lets no attribute and no code steer the terminal', () => {
    const subtracted = RECORD.subtracted.map((gap) => ({ ...gap, code: '\u001b[2Jy' }));
    expect(renderRecord({ ...VIEW, record: { ...RECORD, subtracted } })).not.toContain('\u001b');
    const text = renderRecord({ ...VIEW, record: { ...RECORD, attributes: { customer: '\u001b[2Jx' } } });
    expect(text).not.toContain('\u001b');
  });
});
