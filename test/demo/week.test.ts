/** The demo week: reproducible, valid, and true to the facts that it states about itself. */
import { describe, expect, it } from 'vitest';
import { PEOPLE } from '../../adapters/demo/people.ts';
import { demoWeek } from '../../adapters/demo/week.ts';
import { CloudEvent } from '../../schemas/cloud-event.ts';
import { EVENT_TYPES, isEventType, kindOf, kindOfSubject } from '../../schemas/event.ts';
import { SubjectId, subjectId } from '../../schemas/brand.ts';

const SEEDS = [1, 7, 46, 2_026];
const MONDAY_MS = Date.parse('2026-11-09T00:00:00+01:00');
const SUNDAY_END_MS = Date.parse('2026-11-16T00:00:00+01:00');
const HOUR_MS = 3_600_000;

const parsed = (raw: string): CloudEvent => CloudEvent.parse(JSON.parse(raw));
const goodOf = ({ signals, facts }: ReturnType<typeof demoWeek>): readonly string[] => {
  const bad = new Set(facts.bad.map(({ raw }) => raw));
  return signals.filter((raw) => !bad.has(raw));
};

describe('the demo week', () => {
  it('is the same bytes for the same seed', () => {
    expect(demoWeek(46).signals.join('\n')).toBe(demoWeek(46).signals.join('\n'));
    expect(demoWeek(46).receivedAtMs).toEqual(demoWeek(46).receivedAtMs);
  });

  it('is another week for another seed', () => {
    expect(demoWeek(46).signals).not.toEqual(demoWeek(47).signals);
  });

  it.each(SEEDS)(
    'has 3,000 to 4,500 signals: the distinct, the repeated and three bad ones (seed %i)',
    (seed) => {
      const { signals, receivedAtMs, facts } = demoWeek(seed);
      expect(signals.length).toBeGreaterThanOrEqual(3_000);
      expect(signals.length).toBeLessThanOrEqual(4_500);
      expect(facts.bad).toHaveLength(3);
      expect(signals).toHaveLength(facts.distinct + facts.duplicates + 3);
      expect(receivedAtMs).toHaveLength(signals.length);
    },
  );

  it.each(SEEDS)('repeats about 2 % with the same id and the same words (seed %i)', (seed) => {
    const week = demoWeek(seed);
    const texts = goodOf(week);
    const ids = new Set(texts.map((raw) => parsed(raw)).map(({ source, id }) => `${source} ${id}`));
    expect(ids.size).toBe(week.facts.distinct);
    expect(new Set(texts).size).toBe(week.facts.distinct);
    expect(texts.length - ids.size).toBe(week.facts.duplicates);
    expect(week.facts.duplicates / week.facts.distinct).toBeGreaterThan(0.01);
    expect(week.facts.duplicates / week.facts.distinct).toBeLessThan(0.03);
  });

  it.each(SEEDS)('arrives in the order of arrival, with a few per cent hours late (seed %i)', (seed) => {
    const { signals, receivedAtMs, facts } = demoWeek(seed);
    expect(receivedAtMs).toEqual(receivedAtMs.toSorted((a, b) => a - b));
    const bad = new Set(facts.bad.map(({ raw }) => raw));
    const first = new Map<string, number>();
    signals.forEach((raw, index) => {
      if (bad.has(raw) || first.has(raw)) return;
      first.set(raw, (receivedAtMs[index] ?? 0) - Date.parse(parsed(raw).time));
    });
    const delays = [...first.values()];
    expect(delays.filter((delay) => delay >= 5 * 60_000)).toHaveLength(facts.late);
    expect(Math.min(...delays)).toBe(1_000);
    expect(Math.max(...delays)).toBeLessThanOrEqual(4 * HOUR_MS);
    expect(facts.late / facts.distinct).toBeGreaterThan(0.02);
    expect(facts.late / facts.distinct).toBeLessThan(0.05);
  });

  it.each(SEEDS)('speaks only valid CloudEvents of known types, with valid data (seed %i)', (seed) => {
    for (const raw of goodOf(demoWeek(seed))) {
      const event = parsed(raw);
      if (!isEventType(event.type)) throw new Error(`unknown type in ${raw}`);
      expect(EVENT_TYPES[event.type].data.safeParse(event.data).error, raw).toBeUndefined();
      expect(SubjectId.safeParse(event.subject).success).toBe(true);
      expect(kindOfSubject(subjectId(event.subject))).toBe(kindOf(event.type));
      expect(event.time).toMatch(/^2026-11-\d\dT\d\d:\d\d:\d\d\+01:00$/);
    }
  });

  it.each(SEEDS)('lies within its week, except for joining the teams a week before (seed %i)', (seed) => {
    const week = demoWeek(seed);
    expect([week.facts.fromMs, week.facts.toMs]).toEqual([MONDAY_MS, SUNDAY_END_MS]);
    const events = goodOf(week).map(parsed);
    const joined = events.filter(({ type }) => type === 'PersonJoinedTeam');
    expect(joined).toHaveLength(12);
    expect(new Set(joined.map(({ data }) => data['team']))).toEqual(new Set(['Support', 'Sales', 'Field']));
    for (const event of events) {
      const atMs = Date.parse(event.time);
      if (event.type === 'PersonJoinedTeam') expect(atMs).toBeLessThan(MONDAY_MS);
      else expect(atMs >= MONDAY_MS && atMs < SUNDAY_END_MS, event.time).toBe(true);
    }
  });

  it.each(SEEDS)('gives each person 30 to 38 hours (seed %i)', (seed) => {
    for (const [actor, sums] of demoWeek(seed).facts.sums) {
      const { hold, ...worked } = sums;
      const hours = Object.values(worked).reduce((sum, ms) => sum + ms, 0) / HOUR_MS;
      expect(hours, actor).toBeGreaterThan(29.5);
      expect(hours, actor).toBeLessThan(38.5);
      expect(hold).toBeLessThan(HOUR_MS);
    }
  });
});

/** Talk as the signals tell it: connected to ended, without holds, each stretch to whoever has the call. */
const talkFromSignals = (events: readonly CloudEvent[]): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>();
  const calls = Map.groupBy(events, ({ subject }) => subject);
  for (const call of calls.values()) {
    let actor: string | undefined;
    let sinceMs: number | undefined;
    for (const { type, time, data } of call.toSorted((a, b) => Date.parse(a.time) - Date.parse(b.time))) {
      const atMs = Date.parse(time);
      if (
        sinceMs !== undefined &&
        actor !== undefined &&
        ['CallHeld', 'CallTransferred', 'CallEnded'].includes(type)
      ) {
        sums.set(actor, (sums.get(actor) ?? 0) + atMs - sinceMs);
        sinceMs = undefined;
      }
      if (typeof data['actor'] === 'string') actor = data['actor'];
      if (['CallConnected', 'CallResumed', 'CallTransferred'].includes(type)) sinceMs = atMs;
    }
  }
  return sums;
};

describe('the facts of the demo week', () => {
  const distinctEvents = (seed: number): readonly CloudEvent[] =>
    [...new Set(goodOf(demoWeek(seed)))].map(parsed);

  it.each(SEEDS)('agree with the signals on every second of talk (seed %i)', (seed) => {
    const told = talkFromSignals(distinctEvents(seed).filter(({ subject }) => subject.startsWith('call-')));
    for (const [actor, { talk }] of demoWeek(seed).facts.sums) expect(told.get(actor) ?? 0, actor).toBe(talk);
  });

  it.each(SEEDS)(
    'name the one visit without a check-out, on Wednesday, and what came next (seed %i)',
    (seed) => {
      const events = distinctEvents(seed);
      const { forgottenCheckOut: forgotten } = demoWeek(seed).facts;
      const checkedOut = new Set(
        events.filter(({ type }) => type === 'VisitCheckedOut').map(({ subject }) => subject),
      );
      const open = events.filter(
        ({ type, subject }) => type === 'VisitCheckedIn' && !checkedOut.has(subject),
      );
      expect(open.map(({ subject, data, time }) => [subject, data['actor'], Date.parse(time)])).toEqual([
        [forgotten.subject, forgotten.actor, forgotten.checkedInMs],
      ]);
      expect(open[0]?.time).toMatch(/^2026-11-11T/);
      const others = events.filter(
        ({ data, subject, time }) =>
          data['actor'] === forgotten.actor &&
          subject !== forgotten.subject &&
          Date.parse(time) > forgotten.checkedInMs,
      );
      expect(Math.min(...others.map(({ time }) => Date.parse(time)))).toBe(forgotten.nextStartMs);
      const checkIns = others
        .filter(({ type }) => type === 'VisitCheckedIn')
        .map(({ time }) => Date.parse(time));
      expect(Math.min(...checkIns)).toBe(forgotten.nextCheckInMs);
      expect(forgotten.nextCheckInMs).toBeLessThan(Date.parse('2026-11-12T00:00:00+01:00'));
      expect(forgotten.leftMs).toBeLessThanOrEqual(forgotten.nextStartMs);
    },
  );

  it.each(SEEDS)('know a call over midnight on Thursday and a ticket of two people (seed %i)', (seed) => {
    const events = distinctEvents(seed);
    const { overMidnight, handedOver, abandonedCalls, transfers } = demoWeek(seed).facts;
    const midnightMs = Date.parse('2026-11-13T00:00:00+01:00');
    expect(overMidnight.fromMs < midnightMs && overMidnight.toMs > midnightMs).toBe(true);
    const assigned = events.filter(
      ({ type, subject }) => type === 'TicketAssigned' && subject === handedOver.subject,
    );
    expect(assigned.map(({ data }) => data['actor'])).toEqual([handedOver.from, handedOver.to]);
    expect(events.filter(({ type }) => type === 'CallAbandoned')).toHaveLength(abandonedCalls);
    expect(events.filter(({ type }) => type === 'CallTransferred')).toHaveLength(transfers.length);
  });

  it.each(SEEDS)('let nobody do two things at once, but for a chat during a call (seed %i)', (seed) => {
    const { stints } = demoWeek(seed).facts;
    let chats = 0;
    for (const { actor } of PEOPLE) {
      const own = stints.filter((stint) => stint.actor === actor).toSorted((a, b) => a.fromMs - b.fromMs);
      for (const [index, stint] of own.entries())
        for (const other of own.slice(index + 1)) {
          if (other.fromMs >= stint.toMs) break;
          expect([stint.activity, other.activity].toSorted().join()).toMatch(
            /^(talk|hold),ticket$|^ticket,talk$/,
          );
          chats += 1;
        }
    }
    expect(chats).toBeGreaterThan(0);
    expect(chats).toBeLessThan(80);
  });
});

describe('the bad signals', () => {
  it('cannot be read, each for its own reason', () => {
    const [broken, unknown, impossible] = demoWeek(46).facts.bad;
    expect([broken?.code, unknown?.code, impossible?.code]).toEqual([
      'malformed',
      'unknown-type',
      'bad-time',
    ]);
    expect(() => parsed(broken?.raw ?? '{}')).toThrow('JSON');
    expect(isEventType(parsed(unknown?.raw ?? '').type)).toBe(false);
    expect(parsed(impossible?.raw ?? '').time).toContain('-11-31T');
  });
});
