/** Rich plans: rule sets that use the whole rule language between them, a theme each, so that a failure stays readable. */
import type { Plan } from '../../engine/index.ts';
import { planOf } from './scenario.ts';

/** Levels: what runs, pauses and stops while fields have certain values, with every `whenFalse`. */
const LEVELS = `
  zone: Europe/Berlin
  rules:
    - { rule: ticket.work, on: ticket, runWhile: { status: [new, open] }, stop: { while: { status: [solved, closed] } }, handOver: TicketAssigned }
    - { rule: ticket.waiting, on: ticket, measure: waiting, runWhile: { status: [pending, on-hold], tier: { not: silver } } }
    - { rule: ticket.answering, on: ticket, measure: answering, start: TicketOpened, runWhile: { priority: { known: true } },
        whenFalse: cancel, stop: [TicketResolved, { changed: status, to: closed }], missingEnd: { cap: 3h } }
    - { rule: ticket.kept, on: ticket, measure: kept, runWhile: { status: open }, whenFalse: keep,
        pause: [{ while: { status: pending }, reason: customer }, { while: { status: on-hold }, reason: vendor }],
        stop: [TicketClosed, { while: { status: closed } }], cancel: { while: { tier: silver, queue: sales } } }
    - { rule: ticket.stopped, on: ticket, measure: stopped, handOver: TicketAssigned, whenFalse: stop,
        start: { event: TicketAssigned, after: TicketOpened, where: { actor: [ANNA, BEN] } },
        runWhile: [{ status: [new, open] }, { priority: P1 }], stop: TicketClosed }
    - { rule: call.talk, on: call, start: CallConnected, runWhile: { queue: { not: service } }, stop: CallEnded,
        pause: { while: { tier: silver }, reason: silver }, handOver: CallTransferred }
    - { rule: chat.work, on: chat, runWhile: [{ tier: gold }, { queue: sales }], handOver: ChatTransferred,
        missingEnd: { closeAt: nextStart } }
`;

/** Pauses that latch until a resume, changes of fields, and resets with both closings. */
const LATCHES = `
  zone: America/St_Johns
  rules:
    - { rule: ticket.work, on: ticket, start: [TicketOpened, TicketReopened], handOver: TicketAssigned,
        pause: [TicketPended, { while: { status: [pending, on-hold] }, reason: customer }],
        resume: [TicketResumed, { changed: status, from: pending, to: open }, { while: { tier: gold } }],
        stop: [TicketResolved, { while: { status: solved } }], reset: { changed: team } }
    - { rule: ticket.other, on: ticket, measure: other, start: TicketOpened, pause: TicketPended, stop: TicketClosed,
        reset: [TicketReopened, { changed: queue, from: sales }], resetCloses: cancelled, handOver: TicketAssigned,
        cancel: { changed: priority, to: P1 }, missingEnd: { closeAt: nextStart, cap: 4h } }
    - { rule: chat.work, on: chat, start: ChatStarted, stop: ChatEnded, reset: ChatTransferred, handOver: ChatTransferred,
        pause: { event: ChatPaused, where: { reason: customer }, reason: customer },
        resume: { event: ChatResumed, after: ChatPaused } }
    - { rule: call.talk, on: call, start: CallConnected, pause: CallHeld, resume: CallResumed, stop: CallEnded,
        reset: { changed: actor }, missingEnd: { closeAt: nextStart, cap: 2h } }
    - { rule: task.work, on: task, start: TaskStarted, pause: [TaskPaused, { while: { tier: silver } }], stop: TaskCompleted,
        missingEnd: { closeAt: nextStart } }
`;

/** Starts after a stop, gaps that are kept, and ends without a start. */
const REOPENED = `
  zone: Australia/Lord_Howe
  rules:
    - { rule: ticket.work, on: ticket, reopen: continue, start: [TicketOpened, TicketReopened], pause: TicketPended,
        resume: TicketResumed, stop: [TicketResolved, TicketClosed], handOver: TicketAssigned }
    - { rule: ticket.other, on: ticket, measure: other, reopen: ignore, start: [TicketOpened, TicketReopened],
        stop: [TicketResolved, TicketClosed], missingEnd: { cap: 10h } }
    - { rule: task.work, on: task, reopen: continue, start: TaskStarted, pause: TaskPaused, resume: TaskResumed,
        stop: TaskCompleted, interruption: { keepUpTo: 90m }, missingEnd: { closeAt: nextStart, cap: 2h } }
    - { rule: call.talk, on: call, start: CallConnected, stop: [CallEnded, CallAbandoned], handOver: CallTransferred,
        missingStart: duration, missingEnd: { closeAt: nextStart, cap: 1h }, reported: {} }
    - { rule: chat.work, on: chat, stop: ChatEnded, missingStart: duration }
    - { rule: visit.on-site, on: visit, start: VisitCheckedIn, stop: VisitCheckedOut, cancel: VisitCancelled,
        missingStart: ignore, interruption: { keepUpTo: 30m }, missingEnd: { closeAt: [nextStart, lastSignal] } }
    - { rule: entry.manual, on: entry, stop: TimeEntered, missingStart: duration }
    - { rule: timer.manual, on: timer, start: TimerStarted, stop: TimerStopped, missingStart: duration }
`;

/** Late starts that count from an earlier fact, with and without the pauses before them. */
const RETRO = `
  zone: America/Sao_Paulo
  rules:
    - { rule: ticket.work, on: ticket, start: TicketAssigned, pause: TicketPended, resume: TicketResumed,
        stop: TicketResolved, handOver: TicketAssigned, retro: { startAt: [TicketOpened, TicketReopened] } }
    - { rule: ticket.other, on: ticket, measure: other, start: { changed: status, to: open }, cancel: TicketClosed,
        pause: { while: { status: [pending, on-hold] } }, stop: { while: { status: solved } },
        retro: { startAt: TicketOpened, applyPauses: false } }
    - { rule: ticket.level, on: ticket, measure: level, runWhile: { priority: P1 }, stop: TicketClosed, reopen: continue,
        pause: TicketPended, resume: TicketResumed, retro: { startAt: TicketOpened } }
    - { rule: call.talk, on: call, start: CallConnected, stop: CallEnded, retro: { startAt: [CallOffered, CallQueued] },
        handOver: CallTransferred, missingEnd: { closeAt: nextStart, cap: 2h } }
    - { rule: visit.on-site, on: visit, start: VisitCheckedIn, pause: VisitPaused, resume: VisitResumed,
        stop: VisitCheckedOut, cancel: VisitCancelled, retro: { startAt: VisitTravelStarted, applyPauses: false },
        missingEnd: { closeAt: nextStart, cap: 90m } }
`;

/** Which rule has a subject, also when what it is known by changes: retro, restart and carry, in groups. */
const REASSIGNED = `
  zone: Pacific/Apia
  rules:
    - { rule: base, abstract: true, on: ticket, start: [TicketOpened, TicketReopened], pause: TicketPended,
        resume: TicketResumed, stop: [TicketResolved, TicketClosed], handOver: TicketAssigned }
    - { rule: ticket.work, extends: base, when: { priority: P1 }, oneOf: retro, priority: 2, validFrom: '2011-12-30' }
    - { rule: ticket.other, extends: base, when: { priority: [P1, P3] }, oneOf: retro, validUntil: '2026-03-29' }
    - { rule: ticket.rest, extends: base, oneOf: retro, priority: -1 }
    - { rule: ticket.restart-p1, extends: base, measure: restart, when: { priority: P1 }, oneOf: again, onReassign: restart, priority: 1 }
    - { rule: ticket.restart-p3, extends: base, measure: restart, when: { priority: P3 }, oneOf: again, onReassign: restart }
    - { rule: ticket.restart, extends: base, measure: alone, when: { team: north }, onReassign: restart, missingEnd: { cap: 5h } }
    - { rule: ticket.carry-p1, extends: base, measure: carry, when: { priority: P1 }, oneOf: carried, onReassign: carry, priority: 1 }
    - { rule: ticket.carry-p3, on: ticket, measure: carry, when: { priority: { not: P1 } }, oneOf: carried, onReassign: carry,
        start: TicketOpened, pause: [TicketPended, { while: { status: pending } }], stop: TicketClosed }
    - { rule: call.talk, on: call, start: CallConnected, stop: CallEnded, when: { queue: sales }, oneOf: lines,
        missingEnd: { closeAt: nextStart, cap: 2h } }
    - { rule: call.service, on: call, start: CallOffered, stop: CallEnded, when: [{ queue: service }, { tier: gold }],
        oneOf: lines, missingEnd: { closeAt: nextStart, cap: 1h } }
`;

/** Conferences, bare activity, and whose time counts. */
const PARTICIPANTS = `
  zone: Asia/Kathmandu
  rules:
    - { rule: call.talk, on: call, per: participant, start: [CallConnected, CallJoined], pause: CallHeld,
        resume: CallResumed, stop: [CallEnded, CallLeft], missingEnd: { closeAt: nextStart, cap: 2h } }
    - { rule: call.bots, on: call, measure: machines, actorKinds: [bot, system], start: CallConnected, stop: CallEnded,
        handOver: CallTransferred }
    - { rule: ticket.work, on: ticket, per: participant, unassigned: skip, start: [TicketAssigned, { changed: actor }],
        stop: [TicketResolved, TicketClosed], actorKinds: [human, bot] }
    - { rule: ticket.other, on: ticket, measure: signs,
        session: { events: [TicketAssigned, TicketStatusChanged, TicketPended, TicketResumed], gap: 45m, before: 5m, after: 90m } }
    - { rule: chat.work, on: chat, session: { events: [ChatStarted, { event: ChatPaused, where: { reason: customer } }, ChatResumed, ChatEnded], gap: 2h, after: 10m } }
    - { rule: email.work, on: email, session: { events: [EmailReceived, EmailWorkStarted, EmailAnswered], gap: 10m, before: 30m },
        missingEnd: { cap: 1h } }
    - { rule: meeting.attendance, on: meeting, per: participant, start: MeetingStarted, stop: MeetingEnded,
        cancel: MeetingCancelled, missingEnd: { closeAt: nextStart } }
`;

/** Calendars by field, team and person, put together, with holidays that became known late; shifts; two clocks. */
const SHIFTS = `
  zone: Europe/Berlin
  reference: asWas
  calendars:
    late: { hours: { mon: ['13:00-24:00'], wed: ['13:00-24:00'], fri: ['13:00-24:00'], sat: ['13:00-24:00'], sun: ['00:00-02:30'] } }
    daily: { zone: owner, hours: { mon: ['08:30-12:00', '13:00-18:00'], tue: ['00:00-24:00'], wed: ['08:30-18:00'], thu: ['08:30-18:00'],
        fri: ['08:30-18:00'], sat: ['08:30-12:00', '13:00-22:00'], sun: ['01:30-10:00'] },
        holidays: ['2026-03-29', { date: '2010-11-07', knownFrom: '2010-11-20' }, { date: '2018-10-04', knownFrom: '2018-09-01' }],
        changes: [{ from: '2026-10-25', hours: { sun: ['00:00-04:00', '12:00-20:00'], mon: ['09:00-10:00'] } }] }
    feasts: { days: ['2011-12-31', '2026-10-25'] }
    both: { union: [daily, late], minus: [feasts] }
    common: { zone: Australia/Lord_Howe, intersect: [24x7, daily], plus: [feasts] }
  rules:
    - { rule: call.talk, on: call, start: CallConnected, pause: CallHeld, resume: CallResumed, stop: CallEnded,
        handOver: CallTransferred, calendar: { by: owner.team, use: { north: daily, south: late }, fallback: both },
        missingEnd: { closeAt: [nextStart, shiftEnd], cap: 6h } }
    - { rule: ticket.work, on: ticket, start: TicketOpened, pause: TicketPended, resume: TicketResumed,
        stop: [TicketResolved, TicketClosed], handOver: TicketAssigned, clocks: [wall, business],
        calendar: { by: tier, use: { gold: common, silver: late }, fallback: daily } }
    - { rule: visit.on-site, on: visit, start: VisitCheckedIn, stop: VisitCheckedOut, calendar: daily,
        missingEnd: { closeAt: shiftEnd, shift: both } }
    - { rule: task.work, on: task, start: TaskStarted, pause: TaskPaused, stop: TaskCompleted, calendar: 24x7,
        missingEnd: { closeAt: [shiftEnd, nextStart], shift: daily } }
    - { rule: chat.work, on: chat, start: ChatStarted, stop: ChatEnded, calendar: common, interruption: { keepUpTo: 30m },
        missingEnd: { closeAt: nextStart } }
`;

/** What takes time out again: limits, idle time, exemptions, and what was typed in late. */
const LIMITS = `
  zone: America/St_Johns
  calendars:
    office: { zone: owner, hours: { mon: ['08:00-20:00'], wed: ['08:00-20:00'], fri: ['08:00-20:00'], sat: ['00:00-20:00'], sun: ['08:00-20:00'] } }
  rules:
    - { rule: call.talk, on: call, start: CallConnected, pause: CallHeld, resume: CallResumed, stop: CallEnded,
        handOver: CallTransferred, minSpan: 40m, maxSpan: 8h, idle: { threshold: 45m }, exempt: { granted: [drill, meeting] },
        missingEnd: { closeAt: nextStart, cap: 3h } }
    - { rule: ticket.work, on: ticket, start: TicketOpened, pause: TicketPended, resume: TicketResumed, stop: TicketResolved,
        handOver: TicketAssigned, reported: { of: counted, within: 10m }, calendar: office, exempt: { when: [{ team: south }, { tier: silver }] } }
    - { rule: visit.on-site, on: visit, start: VisitCheckedIn, pause: VisitPaused, resume: VisitResumed, stop: VisitCheckedOut,
        calendar: office, idle: { threshold: 2h }, maxSpan: 5h, missingEnd: { closeAt: [nextStart, shiftEnd] } }
    - { rule: task.work, on: task, start: TaskStarted, stop: TaskCompleted, minSpan: 2h, interruption: { keepUpTo: 60m },
        exempt: { when: { team: north, tier: { not: gold } }, granted: meeting }, missingEnd: { closeAt: nextStart } }
    - { rule: timer.manual, on: timer, start: TimerStarted, stop: TimerStopped, backfill: { withinDays: 1 },
        maxSpan: 6h, idle: { threshold: 30m }, missingEnd: { closeAt: nextStart, cap: 10h } }
    - { rule: entry.manual, on: entry, stop: TimeEntered, missingStart: duration, backfill: { withinDays: 2, reason: required } }
`;

/** What is booked without having been observed, how it is shared out, and how it is rounded. */
const BOOKED = `
  zone: UTC
  round: { unit: 6m, mode: nearest, by: project, minCharge: 15m }
  rules:
    - { rule: meeting.attendance, on: meeting, start: MeetingStarted, stop: MeetingEnded, cancel: MeetingCancelled,
        preset: { duration: 60m }, missingEnd: { closeAt: nextStart, cap: 2h } }
    - { rule: visit.on-site, on: visit, start: VisitCheckedIn, pause: VisitPaused, resume: VisitResumed, stop: VisitCheckedOut,
        preset: { duration: 2h, approval: none }, allocate: { over: { travel: 33.3%, work: 66.7% }, unit: 1m },
        round: { unit: 15m, mode: up, scope: record, minCharge: 30m } }
    - { rule: call.talk, on: call, start: CallConnected, pause: CallHeld, resume: CallResumed, stop: CallEnded,
        handOver: CallTransferred, preset: { duration: 3h, capTo: observed }, maxSpan: 10h,
        allocate: { over: { research: 30%, negotiation: 50%, follow-up: 20% } }, missingEnd: { closeAt: nextStart, cap: 2h } }
    - { rule: ticket.work, on: ticket, reopen: continue, start: [TicketOpened, TicketReopened], pause: TicketPended,
        resume: TicketResumed, stop: TicketResolved, handOver: TicketAssigned, preset: { duration: 4h },
        round: { unit: 1h, mode: down, by: tier }, minSpan: 1h }
    - { rule: task.work, on: task, start: TaskStarted, stop: TaskCompleted, allocate: { over: { one: 100%, none: 0% }, unit: 15m },
        round: { unit: 10m, mode: up, by: queue } }
    - { rule: entry.manual, on: entry, stop: TimeEntered, missingStart: duration, allocate: { over: { a: 1%, b: 99% }, unit: 7m } }
`;

/** Records made of others, and every overlap policy. */
const COMPOSED = `
  zone: Australia/Lord_Howe
  measures:
    work: { overlap: { policy: fairShare } }
    handle: { overlap: { policy: priority, order: [ticket, call], among: [call, ticket] } }
    agent: { overlap: { policy: exclusive, keep: first } }
    latest: { overlap: { policy: exclusive, among: [chat, call] } }
    capped: { overlap: { policy: cap, atMost: 2 } }
    all: { overlap: { policy: countAll } }
  rules:
    - { rule: call.talk, on: call, start: CallConnected, pause: CallHeld, resume: CallResumed, stop: CallEnded,
        handOver: CallTransferred, missingEnd: { closeAt: nextStart, cap: 2h } }
    - { rule: call.hold, on: call, kind: hold, measure: latest, start: CallHeld, stop: [CallResumed, CallEnded], missingEnd: { cap: 1h } }
    - { rule: call.wrap-up, on: call, kind: wrap-up, measure: all, start: CallEnded, stop: CallWrappedUp, missingEnd: { closeAt: nextStart, cap: 30m } }
    - { rule: call.handle, on: call, measure: handle, of: [call.talk, call.hold, call.wrap-up] }
    - { rule: call.busy, on: call, measure: agent, of: [call.hold, call.talk], maxSpan: 6h, minSpan: 20m, missingEnd: { cap: 4h },
        preset: { duration: 45m, approval: none }, round: { unit: 5m, mode: up, scope: record } }
    - { rule: ticket.work, on: ticket, start: TicketOpened, stop: TicketResolved, handOver: TicketAssigned,
        missingEnd: { closeAt: nextStart, cap: 8h } }
    - { rule: ticket.other, on: ticket, measure: capped, start: TicketOpened, pause: TicketPended, resume: TicketResumed, stop: TicketClosed }
    - { rule: ticket.together, on: ticket, measure: handle, of: [ticket.other, ticket.work] }
    - { rule: chat.work, on: chat, start: ChatStarted, pause: ChatPaused, resume: ChatResumed, stop: ChatEnded,
        handOver: ChatTransferred, missingEnd: { closeAt: nextStart } }
    - { rule: chat.beside, on: chat, measure: latest, start: ChatStarted, stop: ChatEnded, missingEnd: { closeAt: nextStart, cap: 5h } }
    - { rule: visit.on-site, on: visit, measure: capped, start: VisitCheckedIn, stop: VisitCheckedOut, missingEnd: { cap: 3h } }
    - { rule: task.work, on: task, measure: capped, start: TaskStarted, stop: TaskCompleted, missingEnd: { closeAt: nextStart } }
`;

/** A bit of everything in each rule: what the policies do to each other. */
const MIXED = `
  zone: Pacific/Apia
  calendars:
    team: { zone: owner, hours: { mon: ['07:30-19:00'], thu: ['06:00-20:00'], fri: ['06:00-20:00'], sat: ['00:00-16:30'], sun: ['05:00-23:30'] } }
  measures:
    work: { overlap: { policy: priority, order: [ticket, visit] } }
  rules:
    - { rule: ticket.work, on: ticket, runWhile: { status: { not: [solved, closed] } }, whenFalse: stop, reopen: continue,
        pause: { while: { status: [pending, on-hold] }, reason: waiting }, handOver: TicketAssigned, calendar: team,
        interruption: { keepUpTo: 60m }, maxSpan: 12h, exempt: { when: { team: south } },
        round: { unit: 30m, mode: nearest, by: project, minCharge: 1h }, allocate: { over: { x: 12.5%, y: 87.5% } } }
    - { rule: visit.on-site, on: visit, per: participant, start: VisitCheckedIn, stop: VisitCheckedOut, pause: VisitPaused,
        resume: VisitResumed, reset: { changed: team }, retro: { startAt: VisitTravelStarted }, calendar: team,
        idle: { threshold: 90m }, preset: { duration: 5h, approval: none }, missingEnd: { closeAt: [nextStart, shiftEnd], cap: 4h } }
    - { rule: call.talk, on: call, start: [CallConnected, CallJoined], stop: CallEnded, handOver: CallTransferred,
        when: { queue: { not: service } }, onReassign: restart, idle: { threshold: 20m }, exempt: { granted: drill },
        maxSpan: 3h, preset: { duration: 2h, capTo: observed }, missingEnd: { closeAt: nextStart } }
    - { rule: timer.manual, on: timer, start: TimerStarted, stop: TimerStopped, calendar: team, backfill: { withinDays: 0 },
        preset: { duration: 90m }, minSpan: 30m, missingEnd: { closeAt: nextStart, cap: 10h } }
    - { rule: task.work, on: task, session: { events: [TaskStarted, TaskPaused, TaskResumed, TaskCompleted], gap: 60m, before: 40m, after: 20m },
        calendar: team, idle: { threshold: 30m }, minSpan: 45m, clocks: [wall, business] }
`;

/** Compiled once: that reads the tables of the zones. */
export const RICH_PLANS = {
  levels: planOf(LEVELS),
  latches: planOf(LATCHES),
  reopened: planOf(REOPENED),
  retro: planOf(RETRO),
  reassigned: planOf(REASSIGNED),
  participants: planOf(PARTICIPANTS),
  shifts: planOf(SHIFTS),
  limits: planOf(LIMITS),
  booked: planOf(BOOKED),
  composed: planOf(COMPOSED),
  mixed: planOf(MIXED),
} as const satisfies Readonly<Record<string, Plan>>;

/** The same rules but for rounding. */
export const UNROUNDED_BOOKED = planOf(
  BOOKED.replace(/^ {2}round: .*$/m, '').replace(/round: \{[^}]*\}/g, 'describe: raw'),
);
