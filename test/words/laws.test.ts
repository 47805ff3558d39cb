/** Laws of speaking: whatever people say, in whatever order, is heard or refused, and the answers follow the log. */
import { equal } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it, vi } from 'vitest';
import { parse } from 'yaml';
import { ruleOn } from '../../adapters/rule-file.ts';
import { memoryReadModels } from '../../adapters/stores/memory/index.ts';
import { correctTime } from '../../adapters/words/correction.ts';
import { enterTime, subjectOfEntry } from '../../adapters/words/entry.ts';
import { decideExemption, requestExemption } from '../../adapters/words/exemption.ts';
import { allocate, approve, merge, retract } from '../../adapters/words/remark.ts';
import { historyOf } from '../../adapters/words/say.ts';
import { startTimer, stopTimer } from '../../adapters/words/timer.ts';
import type { Sentence } from '../../adapters/words/word.ts';
import { catchUp, firstDifference } from '../../projections/index.ts';
import type { EventLog, ReadModels } from '../../projections/ports.ts';
import { type InstantMs, durationMs, shift, subjectId } from '../../schemas/brand.ts';
import { RuleSet } from '../../schemas/rule-set.ts';
import { RUNS } from '../support/arbitraries.ts';
import { ANNA, BEN, BOSS, MINUTE_MS, NOON, at, fact, logWith, sayNow } from './stream.ts';

vi.setConfig({ testTimeout: 120_000 });

const RULING = ruleOn(
  RuleSet.parse(
    parse(`
ruleSet: words
version: 1
zone: UTC
rules:
  - { rule: call.talk, on: call, start: CallConnected, pause: CallHeld, resume: CallResumed, stop: CallEnded, exempt: { granted: drill }, missingEnd: { closeAt: nextStart, cap: 1h } }
  - { rule: timer.manual, on: timer, start: TimerStarted, stop: TimerStopped, missingEnd: { closeAt: nextStart, cap: 2h } }
  - { rule: entry.manual, on: entry, stop: TimeEntered, missingStart: duration, backfill: { withinDays: 0 } }
`),
  ),
);

const SIGNALS = [
  fact('call-1', 'CallConnected', '09:00', { actor: 'ANNA' }),
  fact('call-1', 'CallHeld', '09:10'),
  fact('call-1', 'CallResumed', '09:15'),
  fact('call-1', 'CallEnded', '09:30'),
  fact('call-2', 'CallConnected', '09:20', { actor: 'BEN' }),
  fact('call-3', 'CallConnected', '09:20', { actor: 'ANNA' }),
];
const SUBJECTS = ['call-1', 'call-2', 'call-3', 'timer-1', 'timer-2'].map((name) => subjectId(name));

const VERBS = [
  ...['start', 'stop', 'enter', 'remove', 'add', 'retract', 'allocate', 'approve', 'merge'],
  ...['ask', 'grant', 'refuse', 'withdraw'],
] as const;

interface Speech {
  readonly verb: (typeof VERBS)[number];
  readonly subject: (typeof SUBJECTS)[number];
  readonly other: (typeof SUBJECTS)[number];
  readonly who: typeof ANNA;
  readonly fromMs: InstantMs;
  readonly lengthMs: number;
}

const speeches: fc.Arbitrary<readonly Speech[]> = fc.array(
  fc.record({
    verb: fc.constantFrom(...VERBS),
    subject: fc.constantFrom(...SUBJECTS),
    other: fc.constantFrom(...SUBJECTS),
    who: fc.constantFrom(ANNA, BEN),
    fromMs: fc.nat(16).map((step) => shift(at('08:30'), step * 5 * MINUTE_MS)),
    lengthMs: fc.constantFrom(1, 5 * MINUTE_MS, 40 * MINUTE_MS),
  }),
  { maxLength: 10 },
);

const correction = async (rows: ReadModels, { verb, subject, fromMs, lengthMs }: Speech) => {
  const [record] = await rows.records({ subject });
  const effect = verb === 'add' ? 'add' : 'remove';
  const told = { effect, fromMs, toMs: shift(fromMs, lengthMs), reason: 'so' } as const;
  return record && correctTime(record, told, NOON);
};

const sentenceOf = async (log: EventLog, rows: ReadModels, said: Speech): Promise<Sentence | undefined> => {
  const { verb, subject, other, who, fromMs, lengthMs } = said;
  switch (verb) {
    case 'start':
      return subject.startsWith('timer') ? startTimer(subject, fromMs, { actor: who }, NOON) : undefined;
    case 'stop':
      return stopTimer(subject, fromMs, { actor: who }, NOON);
    case 'enter': {
      const entry = { endAt: fromMs, data: { actor: who, durationMs: durationMs(lengthMs) } };
      return enterTime(await subjectOfEntry(log, entry, false), entry, NOON);
    }
    case 'remove':
    case 'add':
      return correction(rows, said);
    case 'retract':
      return retract(subject, { reason: 'so' }, NOON);
    case 'allocate':
      return allocate(subject, { actor: who, over: { a: '33.3%', b: '66.7%' } }, NOON);
    case 'approve':
      return approve(subject, { actor: who, by: BOSS }, NOON);
    case 'merge':
      return merge(subject, { into: other }, await historyOf(log, other), NOON);
    case 'ask':
      return requestExemption(
        { actor: who, category: 'drill', fromMs, toMs: shift(fromMs, lengthMs), reason: 'so' },
        NOON,
      );
    case 'withdraw':
      return decideExemption(who, `${who}-1`, { verb }, NOON);
    case 'grant':
    case 'refuse':
      return decideExemption(who, `${who}-1`, { verb, by: BOSS }, NOON);
  }
};

const project = (log: EventLog, rows: ReadModels) => catchUp({ ...RULING, log, rows });

describe('whatever is said', () => {
  it('is answered at once as it is from scratch, and no second is lost', async () => {
    await fc.assert(
      fc.asyncProperty(speeches, async (all) => {
        const [log, rows, anew] = [
          await logWith(...SIGNALS),
          await memoryReadModels(),
          await memoryReadModels(),
        ];
        await project(log, rows);
        for (const said of all) {
          const sentence = await sentenceOf(log, rows, said);
          if (sentence) await sayNow(log, sentence);
          await project(log, rows);
        }
        await project(log, anew);
        equal(await firstDifference(rows, anew), undefined);
        for (const { fromMs, toMs, countedMs, subtracted } of await rows.records({})) {
          const lost = subtracted.reduce((sum, gap) => sum + gap.toMs - gap.fromMs, 0);
          equal(countedMs + lost, toMs - fromMs);
        }
      }),
      { numRuns: RUNS },
    );
  });
});
