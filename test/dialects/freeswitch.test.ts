/** FreeSWITCH: what a leg's record tells, and what the event socket tells while it happens. */
import { describe, expect, it } from 'vitest';
import { factLines } from './fact-lines.ts';
import { cdr, outsideLeg, socketEvent } from './freeswitch-samples.ts';
import { eventsOf, rejectionOf, signalOf } from './signals.ts';
import { dialectOf } from './vendors.ts';

const freeswitch = dialectOf('freeswitch');
const told = (signal: ReturnType<typeof signalOf>, attributes: readonly string[] = []) =>
  factLines(freeswitch.translate(signal), attributes);

describe("a leg's record", () => {
  it('of a person who was rung tells ring, talk, hold and its end, with billmsec as a check', () => {
    expect(told(cdr())).toEqual([
      '2026-03-02 10:00:00 CallOffered 7001',
      '2026-03-02 10:00:12 CallConnected 7001',
      '2026-03-02 10:05:12 CallHeld 7001',
      '2026-03-02 10:06:42 CallResumed 7001',
      '2026-03-02 10:11:42 CallLeft 7001 690s',
    ]);
  });

  it('of somebody outside tells when the call came and when it was over', () => {
    expect(told(outsideLeg(), ['customer'])).toEqual([
      '2026-03-02 10:00:00 CallQueued customer=+15551234567',
      '2026-03-02 10:11:42 CallEnded (NORMAL_CLEARING)',
    ]);
  });

  it('of a person who calls is the first of the call', () => {
    const leg = cdr({
      uuid: 'a-leg',
      direction: 'inbound',
      dialed_user: '',
      sip_from_user: '1001',
      hold_events: '',
    });
    expect(told(leg)).toEqual([
      '2026-03-02 10:00:00 CallDialed 1001',
      '2026-03-02 10:00:12 CallConnected 1001',
      '2026-03-02 10:11:42 CallEnded 1001 (NORMAL_CLEARING) 690s',
    ]);
  });

  it('of a person who did not answer tells that', () => {
    expect(told(cdr({ answer_uepoch: '0', hold_events: '', hangup_cause: 'NO_ANSWER' }))).toEqual([
      '2026-03-02 10:00:00 CallOffered 7001',
      '2026-03-02 10:11:42 CallMissed 7001 (NO_ANSWER)',
    ]);
  });

  it('of a trunk that was rung says nothing', () => {
    expect(freeswitch.translate(cdr({ dialed_user: '', sip_to_user: '+15559999999' }))).toEqual({
      status: 'ignored',
      because: 'a leg of no person',
    });
  });

  it('belongs to one call with the other legs', () => {
    const subjects = [cdr(), outsideLeg()].flatMap((signal) => eventsOf(freeswitch.translate(signal)));
    expect(new Set(subjects.map(({ subject }) => subject))).toEqual(new Set(['call-a-leg']));
  });

  it('with seconds where microseconds belong is told so', () => {
    const rejection = rejectionOf(freeswitch.translate(cdr({ end_uepoch: '1772446302' })));
    expect(rejection.code).toBe('bad-time');
    expect(rejection.message).toContain('variables.end_uepoch');
    expect(rejection.message).toContain('probably seconds');
  });
});

describe('the event socket', () => {
  const LEG = {
    'Event-Date-Timestamp': '1772445612000999',
    'Unique-ID': 'b-leg',
    'Channel-Call-UUID': 'a-leg',
    'Call-Direction': 'outbound',
    variable_dialed_user: '7001',
  };
  const FIRST = {
    ...LEG,
    'Unique-ID': 'a-leg',
    'Call-Direction': 'inbound',
    variable_dialed_user: '',
    'Caller-Caller-ID-Number': '%2B15551234567',
  };
  const QUEUE = {
    'Event-Name': 'CUSTOM',
    'Event-Subclass': 'callcenter::info',
    'CC-Queue': 'support%40default',
    'CC-Agent': 'ana',
    'CC-Member-Session-UUID': 'a-leg',
  };

  it.each([
    [{ 'Event-Name': 'CHANNEL_CREATE', ...FIRST }, '2026-03-02 10:00:12 CallQueued customer=+15551234567'],
    [{ 'Event-Name': 'CHANNEL_CREATE', ...LEG }, '2026-03-02 10:00:12 CallOffered 7001'],
    [{ 'Event-Name': 'CHANNEL_ANSWER', ...LEG }, '2026-03-02 10:00:12 CallConnected 7001'],
    [{ 'Event-Name': 'CHANNEL_HOLD', ...LEG }, '2026-03-02 10:00:12 CallHeld 7001'],
    [{ 'Event-Name': 'CHANNEL_UNHOLD', ...LEG }, '2026-03-02 10:00:12 CallResumed 7001'],
    [{ 'Event-Name': 'CHANNEL_HANGUP_COMPLETE', ...LEG }, '2026-03-02 10:00:12 CallLeft 7001'],
    [
      { 'Event-Name': 'CHANNEL_HANGUP_COMPLETE', ...FIRST, 'Hangup-Cause': 'NORMAL_CLEARING' },
      '2026-03-02 10:00:12 CallEnded (NORMAL_CLEARING)',
    ],
    [
      { ...QUEUE, 'CC-Action': 'bridge-agent-start', 'CC-Agent-Answered-Time': '1772445612' },
      '2026-03-02 10:00:12 CallConnected ana queue=support@default',
    ],
    [
      { ...QUEUE, 'CC-Action': 'bridge-agent-end', 'CC-Bridge-Terminated-Time': '1772446302' },
      '2026-03-02 10:11:42 CallEnded ana',
    ],
    [
      {
        ...QUEUE,
        'CC-Agent': '',
        'CC-Action': 'member-queue-end',
        'CC-Cause': 'Cancel',
        'CC-Cancel-Reason': 'TIMEOUT',
        'CC-Member-Leaving-Time': '1772445668',
      },
      '2026-03-02 10:01:08 CallAbandoned (TIMEOUT)',
    ],
  ])('%#', (fields, fact) => {
    expect(told(socketEvent(fields), ['queue', 'customer'])).toEqual([fact]);
    // The same keys as JSON are the same event.
    expect(told(signalOf(JSON.stringify(fields)), ['queue', 'customer'])).toEqual([fact]);
  });

  it('of a leg of nobody, and of what moves no clock, says nothing', () => {
    const events = [
      { 'Event-Name': 'CHANNEL_ANSWER', ...FIRST },
      { 'Event-Name': 'HEARTBEAT' },
      { ...QUEUE, 'CC-Action': 'agent-state-change' },
    ];
    expect(events.map((fields) => freeswitch.translate(socketEvent(fields)).status)).toEqual([
      'ignored',
      'ignored',
      'ignored',
    ]);
  });
});
