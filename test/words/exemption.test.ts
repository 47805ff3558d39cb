/** Exemptions: asked for, decided on by somebody else, withdrawn; and nothing is ever turned round. */
import fc from 'fast-check';
import { exemptionsOf } from '../../engine/index.ts';
import { describe, expect, it } from 'vitest';
import {
  type Decision,
  type Exemption,
  decideExemption,
  personOfExemption,
  requestExemption,
  streamOfPerson,
} from '../../adapters/words/exemption.ts';
import { historyOf } from '../../adapters/words/say.ts';
import type { EventLog } from '../../projections/ports.ts';
import { actorId } from '../../schemas/brand.ts';
import { RUNS } from '../support/arbitraries.ts';
import { ANNA, BOSS, NOON, at, fact, heard, logWith, refusal, sayAll, sayNow } from './stream.ts';

const ask = (from = '09:00', to = '10:00') =>
  requestExemption(
    { actor: ANNA, category: 'meeting', fromMs: at(from), toMs: at(to), reason: 'council' },
    NOON,
  );
const decide = (verb: Decision['verb'], id = 'ANNA-1') =>
  decideExemption(ANNA, id, verb === 'withdraw' ? { verb } : { verb, by: BOSS }, NOON);
const all = async (log: EventLog): Promise<readonly Exemption[]> =>
  exemptionsOf(await historyOf(log, streamOfPerson(ANNA)));

describe('an exemption', () => {
  it('is asked for on the stream of the person and numbered', async () => {
    const log = await logWith(fact('person-ANNA', 'PersonJoinedTeam', '08:00', { actor: 'ANNA', team: 'A' }));
    await sayAll(log, ask(), ask('14:00', '15:00'));
    expect(await all(log)).toMatchObject([
      { id: 'ANNA-1', category: 'meeting', fromMs: at('09:00'), toMs: at('10:00'), state: 'requested' },
      { id: 'ANNA-2', fromMs: at('14:00'), state: 'requested' },
    ]);
  });

  it('is asked for once while it is open or granted, and anew after a refusal', async () => {
    const log = await logWith();
    await sayAll(log, ask());
    expect(await sayNow(log, ask())).toMatchObject({
      status: 'known',
      event: { data: { exemption: 'ANNA-1' } },
    });
    await sayAll(log, decide('refuse'), ask());
    expect(await all(log)).toMatchObject([
      { id: 'ANNA-1', state: 'refused', by: 'BOSS' },
      { id: 'ANNA-2', state: 'requested' },
    ]);
  });

  it.each([
    { said: [], verb: 'grant', then: 'granted' },
    { said: [], verb: 'refuse', then: 'refused' },
    { said: [], verb: 'withdraw', then: 'withdrawn' },
    { said: ['grant'], verb: 'withdraw', then: 'withdrawn' },
  ] as const)('asked for and $said can be $then', async ({ said, verb, then }) => {
    const log = await logWith();
    await sayAll(log, ask(), ...said.map((one) => decide(one)), decide(verb));
    expect(await all(log)).toMatchObject([{ state: then }]);
  });

  it.each([
    { said: 'refuse', verb: 'grant', why: 'ANNA-1 was refused and cannot be granted' },
    { said: 'refuse', verb: 'withdraw', why: 'ANNA-1 was refused and cannot be withdrawn' },
    { said: 'grant', verb: 'refuse', why: 'ANNA-1 was granted and cannot be refused' },
    { said: 'withdraw', verb: 'grant', why: 'ANNA-1 was withdrawn and cannot be granted' },
  ] as const)('after $said hears no $verb', async ({ said, verb, why }) => {
    const log = await logWith();
    await sayAll(log, ask(), decide(said));
    expect(await refusal(log, decide(verb))).toContain(why);
  });

  it('granted twice is granted once', async () => {
    const log = await logWith();
    await sayAll(log, ask(), decide('grant'));
    expect(await sayNow(log, decide('grant'))).toMatchObject({
      status: 'known',
      event: { type: 'ExemptionGranted' },
    });
  });

  it('must have been asked for', async () => {
    const log = await logWith();
    await sayAll(log, ask());
    expect(await refusal(log, decide('grant', 'ANNA-2'))).toBe(
      'ANNA has asked for no exemption ANNA-2; list them: tickmark exemption ls --who ANNA',
    );
  });

  it.each(['grant', 'refuse'] as const)('is nobody’s own to %s', async (verb) => {
    const log = await logWith();
    await sayAll(log, ask());
    const own = decideExemption(ANNA, 'ANNA-1', { verb, by: actorId('Anna') }, NOON);
    expect(await refusal(log, own)).toContain(`cannot ${verb} an exemption of their own`);
  });

  it('ends after it begins', async () => {
    expect(await refusal(await logWith(), ask('10:00', '10:00'))).toBe('--to must lie after --from');
  });

  it('may lie ahead: a meeting is known before it is held', async () => {
    expect(await heard(await logWith(), ask('15:00', '16:00'))).toMatchObject({ status: 'word' });
  });

  it('names its person, whatever the name is like', () => {
    expect(personOfExemption('ANNA-1')).toBe('ANNA');
    expect(personOfExemption('Anna-Lena B.-12')).toBe('Anna-Lena B.');
    for (const text of ['ANNA', 'ANNA-', 'ANNA-0', '-1']) expect(personOfExemption(text)).toBeUndefined();
  });
});

describe('the fold of what is said about exemptions', () => {
  const TYPES = ['ExemptionRequested', 'ExemptionGranted', 'ExemptionRefused', 'ExemptionWithdrawn'] as const;
  const period = { category: 'meeting', fromMs: at('09:00'), toMs: at('10:00'), reason: 'council' };
  const words = fc.array(
    fc.record({ type: fc.constantFrom(...TYPES), id: fc.constantFrom('ANNA-1', 'ANNA-2') }),
    { maxLength: 12 },
  );
  const factOf = (type: (typeof TYPES)[number], exemption: string, index: number) =>
    fact('person-ANNA', type, `10:${10 + index}`, {
      actor: 'ANNA',
      exemption,
      ...(type === 'ExemptionRequested' ? period : {}),
      ...(type === 'ExemptionGranted' || type === 'ExemptionRefused' ? { by: 'BOSS' } : {}),
    });

  it('leaves each as its first decision after its request left it, and a grant until it is withdrawn', () => {
    fc.assert(
      fc.property(words, (said) => {
        const history = said.map(({ type, id }, index) => factOf(type, id, index));
        for (const { id, state } of exemptionsOf(history)) {
          const own = said.filter((one) => one.id === id).map(({ type }) => type);
          const after = own
            .slice(own.indexOf('ExemptionRequested'))
            .filter((type) => type !== 'ExemptionRequested');
          const [first = 'ExemptionRequested', ...rest] = after;
          const last =
            first === 'ExemptionGranted' && rest.includes('ExemptionWithdrawn')
              ? 'ExemptionWithdrawn'
              : first;
          expect(`Exemption${state}`.toLowerCase()).toBe(last.toLowerCase());
        }
      }),
      { numRuns: RUNS },
    );
  });
});
