/** What a fact says, in one line. */
import { describe, expect, it } from 'vitest';
import { factsTable } from '../../adapters/cli/render/facts.ts';
import { saidOf } from '../../adapters/cli/render/said.ts';
import type { EventType } from '../../schemas/event.ts';
import { NOON, at, fact } from './stream.ts';

const period = { fromMs: at('10:10'), toMs: at('10:15') };

describe('what a fact says', () => {
  it.each([
    [
      'TimeCorrected',
      { actor: 'ANNA', effect: 'remove', ...period, reason: 'drill', by: 'BOSS' },
      'remove 10:10 - 10:15: drill (by BOSS)',
    ],
    ['TimeRetracted', { reason: 'a test' }, 'a test'],
    ['TimeAllocated', { actor: 'ANNA', over: { research: '30%', rest: '70%' } }, 'research 30%, rest 70%'],
    ['TimeApproved', { actor: 'ANNA', by: 'BOSS' }, '(by BOSS)'],
    [
      'NoteAttached',
      { text: 'three issues', by: 'ANNA', claimedMs: 5_400_000, evidence: ['ticket-1'] },
      'claims 1:30:00 see ticket-1: three issues (by ANNA)',
    ],
    ['SubjectMerged', { into: 'call-2', reason: 'same' }, 'into call-2: same'],
    [
      'ExemptionRequested',
      { actor: 'ANNA', exemption: 'ANNA-1', category: 'drill', ...period, reason: 'why' },
      'ANNA-1 drill 10:10 - 10:15: why',
    ],
    [
      'ExemptionGranted',
      { actor: 'ANNA', exemption: 'ANNA-1', by: 'BOSS', note: 'seen' },
      'ANNA-1: seen (by BOSS)',
    ],
    ['CallHeld', { actor: 'ANNA', reason: 'lunch' }, 'lunch'],
    ['TicketPended', { reason: 'customer', timedBy: 'receipt' }, 'time of receipt: customer'],
    ['PersonJoinedTeam', { actor: 'ANNA', team: 'desk' }, 'desk'],
    ['PersonMovedToZone', { actor: 'ANNA', zone: 'Europe/Warsaw' }, 'Europe/Warsaw'],
    ['CallConnected', { actor: 'ANNA' }, ''],
  ] satisfies readonly [EventType, object, string][])('%s %j: %s', (type, data, said) => {
    expect(saidOf(fact('call-1', type, '11:00', { ...data }), NOON.local)).toBe(said);
  });
});

describe('the facts of a subject', () => {
  it('say which of them were replaced, and by which', () => {
    const first = fact('call-1', 'CallHeld', '10:00', { reason: 'lunch' });
    const later = { ...fact('call-1', 'CallHeld', '10:05', { reason: 'call' }), fact: first.id, revision: 1 };
    const stored = [later, first].map((event, version) => ({ position: version, version, event }));
    const lines = factsTable(stored, NOON.local, { color: false, width: 100 }).split('\n');
    expect(lines.slice(2).map((line) => line.replace(/ +/g, ' '))).toEqual([
      `10:00 CallHeld lunch; replaced by ${later.id.slice(0, 8)} pbx ${first.id.slice(0, 8)}`,
      `10:05 CallHeld call pbx ${later.id.slice(0, 8)}`,
    ]);
  });

  it('are told in order of time', () => {
    const facts = [
      fact('call-1', 'TimeRetracted', '11:00', { reason: 'a test' }),
      fact('call-1', 'CallConnected', '10:00', { actor: 'ANNA' }),
    ];
    const stored = facts.map((event, version) => ({ position: version, version, event }));
    const lines = factsTable(stored, NOON.local, { color: false, width: 100 }).split('\n');
    expect(lines.slice(2).map((line) => line.split(/ +/).slice(0, 3))).toEqual([
      ['10:00', 'CallConnected', 'pbx'],
      ['11:00', 'TimeRetracted', 'a'],
    ]);
  });
});
