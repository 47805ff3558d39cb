/** Asterisk: what each line of queue_log, CEL, CDR and AMI tells. */
import { describe, expect, it } from 'vitest';
import { AMI_BLOCK, CDR_LINE, CEL_LINE } from './asterisk-samples.ts';
import { factLines } from './fact-lines.ts';
import { eventsOf, rejectionOf, signalOf } from './signals.ts';
import { dialectOf } from './vendors.ts';

const asterisk = dialectOf('asterisk');
const told = (raw: string, attributes: readonly string[] = []) =>
  factLines(asterisk.translate(signalOf(raw)), attributes);

describe('queue_log', () => {
  it.each([
    [
      '1772445600|1772445600.7|support|NONE|ENTERQUEUE||5551234567|1',
      '2026-03-02 10:00:00 CallQueued queue=support customer=5551234567',
    ],
    ['1366720340|1366720340.303|Q|SIP/8007|RINGNOANSWER|1000', '2013-04-23 12:32:20 CallMissed SIP/8007 1s'],
    [
      '1266833933|1266833925.10|9000|Local/2004@from-internal/n|CONNECT|2|1266833933.27',
      '2010-02-22 10:18:53 CallConnected Local/2004@from-internal/n 2s queue=9000',
    ],
    [
      '1266833937|1266833925.10|9000|Local/2004@from-internal/n|COMPLETECALLER|2|4|1',
      '2010-02-22 10:18:57 CallEnded Local/2004@from-internal/n (caller) 4s',
    ],
    ['1772446000|1.1|q|SIP/1|BLINDTRANSFER|600|default|12|340|1', '2026-03-02 10:06:40 CallLeft SIP/1 340s'],
    ['1772446000|1.1|q|SIP/1|ATTENDEDTRANSFER|BRIDGE|x|12|340|1', '2026-03-02 10:06:40 CallLeft SIP/1 340s'],
    [
      '1596513009|1596512941.163|support|NONE|ABANDON|1|1|68',
      '2020-08-04 03:50:09 CallAbandoned (caller) 68s queue=support',
    ],
    [
      '1772446000|1.1|q|NONE|EXITWITHTIMEOUT|1|1|300',
      '2026-03-02 10:06:40 CallAbandoned (timeout) 300s queue=q',
    ],
    ['1772446000|1.1|q|NONE|EXITWITHKEY|9|1|1|30', '2026-03-02 10:06:40 CallAbandoned (key) 30s queue=q'],
    ['1772446000|NONE|NONE|SIP/1|PAUSE|lunch', '2026-03-02 10:06:40 PersonActive SIP/1'],
    ['1596513628|NONE|NONE|NONE|QUEUESTART|', '2020-08-04 04:00:28 SourceCameBack (QUEUESTART)'],
  ])('%s', (line, fact) => {
    expect(told(line, ['queue', 'customer'])).toEqual([fact]);
  });

  it('may come out of a database with naive stamps, in the zone of the server', () => {
    const berlin = dialectOf('asterisk', { zone: 'Europe/Berlin' });
    const line = '2026-03-02 11:00:00.123456|1.1|q|NONE|ENTERQUEUE||5|1';
    expect(factLines(berlin.translate(signalOf(line)))).toEqual([
      '2026-03-02 10:00:00.123Z CallQueued'.replace('Z', ''),
    ]);
  });

  it('names a fact by its line: written twice it is one, and two of one second are two', () => {
    const idOf = (line: string): string => eventsOf(asterisk.translate(signalOf(line)))[0]?.vendorId ?? '';
    const line = '1772446000|1.1|q|SIP/1|COMPLETEAGENT|2|8|1';
    expect(idOf(`${line}\r`)).toBe(idOf(line));
    expect(idOf('1772446000|1.1|q|SIP/1|COMPLETECALLER|2|8|1')).not.toBe(idOf(line));
  });

  it.each([
    ['1772446000|NONE|q|NONE|ENTERQUEUE||5|1', 'missing-field', 'ENTERQUEUE needs the id of its call'],
    ['1772446000|1.1|q|NONE|CONNECT|2|1.2|2', 'missing-field', 'CONNECT needs its member'],
    ['17724460001|1.1|q|NONE|ENTERQUEUE||5|1', 'bad-time', 'does not lie between 1971 and 2100'],
  ])('%s cannot be understood: %s', (line, code, message) => {
    const rejection = rejectionOf(asterisk.translate(signalOf(line)));
    expect(rejection.code).toBe(code);
    expect(rejection.message).toContain(message);
  });
});

describe('CEL', () => {
  it.each([
    [
      CEL_LINE('CHAN_START', 0, 'PJSIP/trunk-0000002a', '1772445600.7'),
      ['2026-03-02 10:00:00.250 CallQueued customer=5551234567'],
    ],
    [
      CEL_LINE('CHAN_START', 0, 'PJSIP/7001-0000002a', '1772445600.7'),
      ['2026-03-02 10:00:00.250 CallDialed PJSIP/7001'],
    ],
    [
      CEL_LINE('CHAN_START', 1, 'PJSIP/7001-0000002b', '1772445600.8'),
      ['2026-03-02 10:00:01.250 CallOffered PJSIP/7001'],
    ],
    [
      CEL_LINE('BRIDGE_ENTER', 12, 'PJSIP/7001-0000002b', '1772445600.8'),
      ['2026-03-02 10:00:12.250 CallConnected PJSIP/7001'],
    ],
    [
      CEL_LINE('BRIDGE_START', 12, 'PJSIP/trunk-0000002a', '1772445600.7', { 16: 'SIP/7001-0000002b' }),
      ['2026-03-02 10:00:12.250 CallConnected SIP/7001'],
    ],
    [
      CEL_LINE('CHAN_END', 702, 'PJSIP/7001-0000002b', '1772445600.8'),
      ['2026-03-02 10:11:42.250 CallLeft PJSIP/7001'],
    ],
    [
      CEL_LINE('LINKEDID_END', 702, 'PJSIP/trunk-0000002a', '1772445600.7'),
      ['2026-03-02 10:11:42.250 CallEnded'],
    ],
  ])('%s', (line, facts) => {
    expect(told(line, ['customer'])).toEqual(facts);
  });

  it('of a Local channel, of a trunk that is bridged, and of what moves no clock is left out', () => {
    const lines = [
      CEL_LINE('CHAN_START', 0, 'Local/7001@q-0000002a;2', '1772445600.9'),
      CEL_LINE('BRIDGE_ENTER', 12, 'PJSIP/trunk-0000002a', '1772445600.7'),
      CEL_LINE('ANSWER', 12, 'PJSIP/7001-0000002b', '1772445600.8'),
    ];
    expect(lines.map((line) => asterisk.translate(signalOf(line)).status)).toEqual([
      'ignored',
      'ignored',
      'ignored',
    ]);
  });

  it('is one call by its linkedid, whatever the channel', () => {
    const [event] = eventsOf(
      asterisk.translate(signalOf(CEL_LINE('CHAN_END', 9, 'SIP/7001-0000002b', '1.10'))),
    );
    expect(event?.subject).toBe('call-1772445600.7');
  });
});

describe('CDR', () => {
  it('tells ring, talk and end of an answered call, with billsec as a check', () => {
    expect(told(CDR_LINE())).toEqual([
      '2026-03-02 10:00:00 CallOffered PJSIP/7001',
      '2026-03-02 10:00:12 CallConnected PJSIP/7001',
      '2026-03-02 10:11:42 CallEnded PJSIP/7001 (answered) 690s',
    ]);
  });

  it('tells of nobody answering', () => {
    expect(told(CDR_LINE({ 10: '', 13: '0', 14: 'NO ANSWER' }))).toEqual([
      '2026-03-02 10:00:00 CallOffered PJSIP/7001',
      '2026-03-02 10:11:42 CallMissed PJSIP/7001 (no answer)',
      '2026-03-02 10:11:42 CallEnded PJSIP/7001 (no answer)',
    ]);
  });

  it('tells of a person who dialled', () => {
    const [first] = told(CDR_LINE({ 5: 'PJSIP/7001-0000002a', 6: 'PJSIP/trunk-0000002b' }));
    expect(first).toBe('2026-03-02 10:00:00 CallDialed PJSIP/7001');
  });

  it('is in the zone of the server, where an hour may happen twice', () => {
    const berlin = dialectOf('asterisk', { zone: 'Europe/Berlin' });
    const rejection = rejectionOf(berlin.translate(signalOf(CDR_LINE({ 9: '2025-10-26 02:30:00' }))));
    expect(rejection).toEqual({
      code: 'bad-time',
      message: 'start "2025-10-26 02:30:00" was twice: the clocks went back',
    });
  });
});

describe('AMI', () => {
  const CALL = { Timestamp: '1772445912.5', Linkedid: '1772445600.7', Channel: 'PJSIP/7001-0000002b' };

  it.each([
    [AMI_BLOCK('Hold', CALL), '2026-03-02 10:05:12.500 CallHeld PJSIP/7001'],
    [AMI_BLOCK('Unhold', CALL), '2026-03-02 10:05:12.500 CallResumed PJSIP/7001'],
    [
      AMI_BLOCK('Hold', { ...CALL, Timestamp: '' }).replace('Timestamp: \r\n', ''),
      'receipt CallHeld PJSIP/7001',
    ],
    [
      AMI_BLOCK('AgentConnect', { ...CALL, Interface: 'PJSIP/7001', HoldTime: '12', RingTime: '12' }),
      '2026-03-02 10:05:12.500 CallConnected PJSIP/7001 12s',
    ],
    [
      AMI_BLOCK('AgentComplete', { ...CALL, Interface: 'PJSIP/7001', TalkTime: '690', Reason: 'caller' }),
      '2026-03-02 10:05:12.500 CallEnded PJSIP/7001 (caller) 690s',
    ],
    [
      AMI_BLOCK('AgentCalled', { ...CALL, Interface: 'PJSIP/7001' }),
      '2026-03-02 10:05:12.500 CallOffered PJSIP/7001',
    ],
    [
      AMI_BLOCK('QueueCallerAbandon', { ...CALL, HoldTime: '68' }),
      '2026-03-02 10:05:12.500 CallAbandoned (caller) 68s',
    ],
  ])('%#', (block, fact) => {
    expect(told(block)).toEqual([fact]);
  });

  it('a hold by the customer is not ours', () => {
    const block = AMI_BLOCK('Hold', { ...CALL, Channel: 'PJSIP/trunk-0000002a' });
    expect(asterisk.translate(signalOf(block))).toEqual({
      status: 'ignored',
      because: 'a hold by the other side',
    });
  });
});

it('a zone that does not exist is refused before any line is read', () => {
  expect(() => dialectOf('asterisk', { zone: 'Europe/Atlantis' })).toThrow(RangeError);
});
