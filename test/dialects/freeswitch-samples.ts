/** Documents of FreeSWITCH, written after mod_json_cdr and the event list; and a call of 600 s with 90 s of hold. */
import type { Signal } from '../../schemas/signal.ts';
import { signalOf } from './signals.ts';

const START_MS = Date.UTC(2026, 2, 2, 10);
const micros = (startMs: number, seconds: number, more = 0): string =>
  `${(startMs + seconds * 1_000) * 1_000 + more}`;

/** The leg of agent 7001 in the call of somebody outside, changed where the test cares. */
export const cdr = (changes: Readonly<Record<string, string>> = {}, startMs = START_MS): Signal =>
  signalOf(
    JSON.stringify({
      switchname: 'fs1',
      variables: {
        uuid: 'b-leg',
        call_uuid: 'a-leg',
        direction: 'outbound',
        dialed_user: '7001',
        hangup_cause: 'NORMAL_CLEARING',
        start_stamp: '2026-03-02 11:00:00',
        start_uepoch: micros(startMs, 0),
        answer_uepoch: micros(startMs, 12, 999),
        end_uepoch: micros(startMs, 702),
        hold_events: `{{${micros(startMs, 312)},${micros(startMs, 402)}}}`,
        billsec: '690',
        billmsec: '690000',
        ...changes,
      },
    }),
  );

export const outsideLeg = (startMs = START_MS): Signal =>
  cdr(
    { uuid: 'a-leg', direction: 'inbound', dialed_user: '', sip_from_user: '+15551234567', hold_events: '' },
    startMs,
  );

export const socketEvent = (fields: Readonly<Record<string, string>>): Signal =>
  signalOf(
    Object.entries(fields)
      .map(([key, value]) => `${key}: ${value}`)
      .join('\n'),
  );

export const freeswitchSamples: readonly Signal[] = [
  cdr(),
  outsideLeg(),
  socketEvent({
    'Event-Name': 'CHANNEL_HOLD',
    'Event-Date-Timestamp': micros(START_MS, 312),
    'Event-Sequence': '4711',
    'Unique-ID': 'b-leg',
    'Channel-Call-UUID': 'a-leg',
    'Call-Direction': 'outbound',
    variable_dialed_user: '7001',
  }),
];

/** Both legs, as their documents come at the end. Wrap-up is not told. */
export const scriptedCall = (startMs: number): readonly Signal[] => [cdr({}, startMs), outsideLeg(startMs)];
