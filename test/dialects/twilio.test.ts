/** Twilio: what each callback of a leg, of a conference and of TaskRouter tells, in a form and in Event Streams. */
import { describe, expect, it } from 'vitest';
import type { Dialect, Signal } from '../../schemas/signal.ts';
import { factLines } from './fact-lines.ts';
import { eventsOf, rejectionOf, signalOf } from './signals.ts';
import { conferenceSignal, legSignal, scriptedCall, streamed, taskSignal } from './twilio-samples.ts';
import { dialectOf } from './vendors.ts';

const twilio = (options: object = {}): Dialect => dialectOf('twilio', options);
const NOON = Date.UTC(2026, 2, 2, 12);
const AT_NOON = '2026-03-02 12:00:00';

const linesOf = (signal: Signal, attributes: readonly string[] = [], options: object = {}) =>
  factLines(twilio(options).translate(signal), attributes);

describe('the leg that Twilio dials to one of us', () => {
  it.each([
    ['ringing', {}, `${AT_NOON} CallOffered client:ana customer=+15555550100`],
    ['in-progress', {}, `${AT_NOON} CallConnected client:ana customer=+15555550100`],
    // Duration is what is billed, in minutes.
    [
      'completed',
      { CallDuration: '49', Duration: '1' },
      `${AT_NOON} CallEnded client:ana 49s customer=+15555550100`,
    ],
    ['busy', {}, `${AT_NOON} CallMissed client:ana (busy) customer=+15555550100`],
    ['no-answer', {}, `${AT_NOON} CallMissed client:ana (no-answer) customer=+15555550100`],
    ['canceled', {}, `${AT_NOON} CallMissed client:ana (canceled) customer=+15555550100`],
    [
      'ringing',
      { To: 'sip:ana@example.sip.twilio.com;transport=udp' },
      `${AT_NOON} CallOffered sip:ana@example.sip.twilio.com customer=+15555550100`,
    ],
  ])('%s', (status, changes, line) => {
    expect(linesOf(legSignal(status, changes), ['customer', 'direction'])).toEqual([line]);
  });

  it('may be a number, where it is known whose it is', () => {
    const signal = legSignal('in-progress', { To: '+15555550123' });
    expect(linesOf(signal, [], { agents: ['+15555550123'] })).toEqual([
      `${AT_NOON} CallConnected +15555550123`,
    ]);
    // Whether it is a customer or a colleague whom nobody listed is not told.
    expect(linesOf(signal, ['customer', 'direction'])).toEqual([`${AT_NOON} CallConnected`]);
  });

  it('is told of the call that it belongs to, and its order within its leg', () => {
    const [event] = eventsOf(twilio().translate(legSignal('completed', { SequenceNumber: '3' })));
    expect(event).toMatchObject({
      subject: 'call-CA00000000000000000000000000000001',
      vendorId: 'CA00000000000000000000000000000002+3',
      sequence: 3,
      correlation: 'CA00000000000000000000000000000002',
    });
  });
});

describe('other legs', () => {
  const toCustomer = {
    ParentCallSid: '',
    Direction: 'outbound-api',
    To: '+15555550100',
    From: '+15555550199',
  };
  const fromUs = { ParentCallSid: '', Direction: 'inbound', From: 'client:ana', To: '+15555550100' };
  const fromCaller = { ParentCallSid: '', Direction: 'inbound', To: '+15555550199' };
  it.each([
    ['initiated', toCustomer, `${AT_NOON} CallContacting customer=+15555550100 direction=outbound`],
    ['ringing', toCustomer, `${AT_NOON} CallDialed customer=+15555550100 direction=outbound`],
    ['in-progress', toCustomer, `${AT_NOON} CallConnected customer=+15555550100 direction=outbound`],
    ['busy', toCustomer, `${AT_NOON} CallEnded (busy) customer=+15555550100 direction=outbound`],
    ['ringing', fromUs, `${AT_NOON} CallDialed client:ana customer=+15555550100 direction=outbound`],
    // From here to the customer's answer nobody talks, so that its length is no talk.
    [
      'completed',
      { ...fromUs, CallDuration: '49' },
      `${AT_NOON} CallEnded client:ana customer=+15555550100 direction=outbound`,
    ],
    [
      'completed',
      { ...fromCaller, CallDuration: '49' },
      `${AT_NOON} CallEnded customer=+15555550100 direction=inbound`,
    ],
  ])('%s %#', (status, changes, line) => {
    expect(linesOf(legSignal(status, changes), ['customer', 'direction'])).toEqual([line]);
  });

  it('of a caller are answered by an application, and nobody works yet', () => {
    expect(twilio().translate(legSignal('in-progress', fromCaller))).toEqual({
      status: 'ignored',
      because: 'a leg that arrives and is in-progress: it moves no clock',
    });
  });
});

describe('the time of a leg', () => {
  it.each([
    ['Sun, 09 Feb 2020 09:30:03 Etc/UTC', '2020-02-09 09:30:03'],
    ['Thurs, 20 Aug 2026 14:00:00 +0000', '2026-08-20 14:00:00'],
    ['', 'receipt'],
  ])('%s', (Timestamp, shown) => {
    expect(linesOf(legSignal('ringing', { Timestamp }))).toEqual([`${shown} CallOffered client:ana`]);
  });
});

describe('a conference', () => {
  it.each([
    ['participant-hold', `${AT_NOON} CallHeld`],
    ['participant-unhold', `${AT_NOON} CallResumed`],
  ])('%s', (event, line) => {
    expect(linesOf(conferenceSignal(event))).toEqual([line]);
  });

  it.each([
    ['has the name of its task', {}, 'call-WT00000000000000000000000000000001'],
    ['or puts a leg on hold', { FriendlyName: 'room 7' }, 'call-CA00000000000000000000000000000001'],
  ])('%s', (_, changes, subject) => {
    const [event] = eventsOf(twilio().translate(conferenceSignal('participant-hold', NOON, changes)));
    expect(event).toMatchObject({ subject, vendorId: 'CF00000000000000000000000000000001+7', sequence: 7 });
  });
});

describe('TaskRouter', () => {
  const WHOSE = 'queue=Support customer=+15555550100';
  it.each([
    ['task-queue.entered', [`${AT_NOON} CallQueued ${WHOSE}`]],
    ['reservation.created', [`${AT_NOON} CallOffered ana ${WHOSE}`]],
    ['reservation.accepted', [`${AT_NOON} CallConnected ana ${WHOSE}`]],
    ['reservation.rejected', [`${AT_NOON} CallMissed ana (rejected) ${WHOSE}`]],
    ['reservation.timeout', [`${AT_NOON} CallMissed ana (timeout) ${WHOSE}`]],
    ['reservation.rescinded', [`${AT_NOON} CallMissed ana (rescinded) ${WHOSE}`]],
    ['reservation.wrapup', [`${AT_NOON} CallLeft ana ${WHOSE}`]],
    ['reservation.completed', [`${AT_NOON} CallWrappedUp ana ${WHOSE}`]],
    ['task.wrapup', [`${AT_NOON} CallEnded ${WHOSE}`]],
  ])('%s is the same in a form and in Event Streams', (type, lines) => {
    const inForm = twilio().translate(taskSignal(type, NOON));
    expect(factLines(inForm, ['queue', 'customer'])).toEqual(lines);
    expect(twilio().translate(signalOf(JSON.stringify(streamed(type, NOON))))).toEqual(inForm);
  });

  it('abandons a task that was canceled, after the age that it had', () => {
    const signal = taskSignal('task.canceled', NOON, { TaskCanceledReason: 'hangup' });
    expect(linesOf(signal)).toEqual([
      `${AT_NOON} CallAbandoned (hangup) 30s`,
      `${AT_NOON} CallEnded (hangup)`,
    ]);
  });

  it('hands a task that is being transferred to whoever takes it', () => {
    const lines = [`${AT_NOON} CallConnected ben`, `${AT_NOON} CallTransferred ben`];
    const inForm = taskSignal('reservation.accepted', NOON, { WorkerSid: 'ben', TaskTransferSid: 'TT-1' });
    expect(linesOf(inForm)).toEqual(lines);
    const inStream = streamed('reservation.accepted', NOON, { worker_sid: 'ben', task_transfer_sid: 'TT-1' });
    expect(linesOf(signalOf(JSON.stringify(inStream)))).toEqual(lines);
    expect(linesOf(taskSignal('reservation.wrapup', NOON, { TaskTransferSid: 'TT-1' }))).toEqual([
      `${AT_NOON} CallLeft ana`,
    ]);
  });

  it('tells milliseconds beside its seconds, and may tell seconds alone', () => {
    const lines = (changes: Readonly<Record<string, string>>) =>
      linesOf(taskSignal('reservation.accepted', NOON + 345, changes));
    expect(lines({})).toEqual(['2026-03-02 12:00:00.345 CallConnected ana']);
    expect(lines({ TimestampMs: '' })).toEqual([`${AT_NOON} CallConnected ana`]);
  });

  it('calls the far end of an outbound task the customer', () => {
    const TaskAttributes = JSON.stringify({
      direction: 'outbound',
      from: '+15555550199',
      outbound_to: '+15555550100',
    });
    const signal = taskSignal('reservation.accepted', NOON, { TaskAttributes });
    expect(linesOf(signal, ['customer', 'direction'])).toEqual([
      `${AT_NOON} CallConnected ana customer=+15555550100 direction=outbound`,
    ]);
  });

  it('is identified by its own id, and is about the task', () => {
    const [event] = eventsOf(twilio().translate(taskSignal('reservation.accepted')));
    expect(event).toMatchObject({
      subject: 'call-WT00000000000000000000000000000001',
      vendorId: 'EV-reservation.accepted',
      correlation: 'CA00000000000000000000000000000001',
    });
  });
});

describe('Event Streams', () => {
  const envelope = (type: string, data: object) =>
    signalOf(JSON.stringify({ specversion: '1.0', type, data }));

  it('sends several events at once, each a signal of its own', () => {
    const batch = signalOf(
      JSON.stringify([
        streamed('reservation.created', NOON),
        streamed('reservation.accepted', NOON + 12_000),
      ]),
    );
    expect(
      twilio()
        .split?.(batch)
        .flatMap((signal) => linesOf(signal)),
    ).toEqual([`${AT_NOON} CallOffered ana`, '2026-03-02 12:00:12 CallConnected ana']);
  });

  it('has a callback of Voice with the form that it was', () => {
    const parameters = Object.fromEntries(new URLSearchParams(legSignal('in-progress').raw));
    const signal = envelope('com.twilio.voice.status-callback.call.answered', {
      sid: 'CA00000000000000000000000000000002',
      request: { method: 'POST', parameters },
    });
    expect(twilio().translate(signal)).toEqual(twilio().translate(legSignal('in-progress')));
  });

  it('may tell of something else', () => {
    expect(twilio().translate(envelope('com.twilio.messaging.message.sent', {}))).toEqual({
      status: 'ignored',
      because: 'the event com.twilio.messaging.message.sent: it tells of no call',
    });
  });
});

describe('what moves no clock', () => {
  it.each([
    [taskSignal('worker.activity.update'), "TaskRouter's worker.activity.update: it moves no clock"],
    [taskSignal('task.created'), "TaskRouter's task.created: it moves no clock"],
    [conferenceSignal('participant-join'), "a conference's participant-join: it moves no clock"],
    [legSignal('initiated'), 'a leg that rings and is initiated: it moves no clock'],
    [
      taskSignal('reservation.accepted', NOON, { TaskChannelUniqueName: 'sms', TaskAttributes: '{}' }),
      'a task of the channel sms: no call',
    ],
  ])('%#', (signal, because) => {
    expect(twilio().translate(signal)).toEqual({ status: 'ignored', because });
  });
});

describe('what cannot be understood', () => {
  it.each([
    [signalOf('RecordingStatus=completed'), 'unknown-type', 'is no callback of a call'],
    [signalOf('CallStatus=%'), 'malformed', 'not a form'],
    [legSignal('hovering'), 'unknown-type', 'CallStatus: "hovering" is no status of a call'],
    [legSignal('ringing', { CallSid: '' }), 'missing-field', 'CallSid is absent or empty'],
    [legSignal('ringing', { Timestamp: '2026-03-02' }), 'bad-time', 'Timestamp: "2026-03-02" is not written'],
    [
      taskSignal('reservation.accepted', NOON, { TimestampMs: String(NOON / 1000) }),
      'bad-time',
      'probably seconds',
    ],
    [taskSignal('reservation.accepted', NOON, { WorkerSid: '' }), 'missing-field', 'WorkerSid is absent'],
    [taskSignal('task.wrapup', NOON, { TaskSid: '' }), 'missing-field', 'TaskSid is absent'],
    [taskSignal('task.wrapup', NOON, { TaskAttributes: '{' }), 'malformed', 'TaskAttributes: is not JSON'],
  ])('%#', (signal, code, message) => {
    const rejection = rejectionOf(twilio().translate(signal));
    expect(rejection.code).toBe(code);
    expect(rejection.message).toContain(message);
  });
});

describe('a day of one call', () => {
  it('is told from the queue to the wrap-up', () => {
    const told = scriptedCall(NOON).flatMap((signal) => {
      const translation = twilio().translate(signal);
      return translation.status === 'events' ? factLines(translation) : [];
    });
    expect(told).toEqual([
      '2026-03-02 12:00:00 CallQueued',
      '2026-03-02 12:00:00 CallOffered ana',
      '2026-03-02 12:00:12 CallConnected ana',
      '2026-03-02 12:05:12 CallHeld',
      '2026-03-02 12:06:42 CallResumed',
      '2026-03-02 12:11:42 CallLeft ana',
      '2026-03-02 12:11:42 CallEnded',
      '2026-03-02 12:13:42 CallWrappedUp ana',
      '2026-03-02 12:13:42 CallEnded',
    ]);
  });
});
