/** Lines of Asterisk, written after its documentation; and a call of 600 s with 90 s of hold, as it tells it. */
import type { Signal } from '../../schemas/signal.ts';
import { signalOf } from './signals.ts';

const QUEUED_S = 1_772_445_600; // 2026-03-02 10:00:00 UTC

export const CEL_LINE = (
  event: string,
  seconds: number,
  channel: string,
  uniqueid: string,
  more = {},
): string => {
  const cells: Readonly<Record<string, string>> = {
    0: event,
    1: `${QUEUED_S + seconds}.250999`,
    3: '5551234567',
    9: channel,
    14: uniqueid,
    15: '1772445600.7',
    ...more,
  };
  return Array.from({ length: 20 }, (_, index) => `"${cells[index] ?? ''}"`).join(',');
};

export const CDR_LINE = (changes: Readonly<Record<number, string>> = {}): string => {
  const cells: Readonly<Record<number, string>> = {
    1: '5551234567',
    2: '600',
    3: 'from-trunk',
    4: '"""Anna"" <5551234567>"',
    5: 'PJSIP/trunk-0000002a',
    6: 'PJSIP/7001-0000002b',
    7: 'Queue',
    9: '2026-03-02 10:00:00',
    10: '2026-03-02 10:00:12',
    11: '2026-03-02 10:11:42',
    12: '702',
    13: '690',
    14: '"ANSWERED"',
    15: 'DOCUMENTATION',
    16: '1772445600.7',
    ...changes,
  };
  return Array.from({ length: 18 }, (_, index) => cells[index] ?? '').join(',');
};

export const AMI_BLOCK = (event: string, fields: Readonly<Record<string, string>>): string =>
  [`Event: ${event}`, ...Object.entries(fields).map(([key, value]) => `${key}: ${value}`)].join('\r\n');

export const asteriskSamples: readonly Signal[] = [
  '1772445600|1772445600.7|support|NONE|ENTERQUEUE||5551234567|1',
  '1772445612|1772445600.7|support|PJSIP/7001|CONNECT|12|1772445600.8|12',
  CEL_LINE('BRIDGE_ENTER', 12, 'PJSIP/7001-0000002b', '1772445600.8'),
  CDR_LINE(),
  AMI_BLOCK('Hold', { Timestamp: '1772445912.5', Channel: 'PJSIP/7001-0000002b', Linkedid: '1772445600.7' }),
].map((raw) => signalOf(raw));

/** Queue and talk from queue_log, hold from AMI. Wrap-up is not told. */
export const scriptedCall = (startMs: number): readonly Signal[] => {
  const at = (seconds: number): number => startMs / 1_000 + seconds;
  const call = `${at(0)}.7`;
  const hold = { Channel: 'PJSIP/7001-0000002b', Linkedid: call };
  return [
    `${at(0)}|${call}|support|NONE|ENTERQUEUE||5551234567|1`,
    AMI_BLOCK('AgentCalled', { Timestamp: `${at(0)}.0`, Interface: 'PJSIP/7001', Linkedid: call }),
    `${at(12)}|${call}|support|PJSIP/7001|CONNECT|12|${at(0)}.8|12`,
    AMI_BLOCK('Hold', { Timestamp: `${at(312)}.0`, ...hold }),
    AMI_BLOCK('Unhold', { Timestamp: `${at(402)}.0`, ...hold }),
    `${at(702)}|${call}|support|PJSIP/7001|COMPLETECALLER|12|690|1`,
  ].map((raw) => signalOf(raw));
};
