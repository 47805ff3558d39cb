/** Laws of the audit: however the facts arrived, the list is the same; and every subject has an answer. */
import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it, vi } from 'vitest';
import { memoryEventLog, memoryReadModels } from '../../adapters/stores/memory/index.ts';
import { answer, whyNot } from '../../engine/index.ts';
import { buildAudit, catchUp } from '../../projections/index.ts';
import type { TickmarkEvent } from '../../schemas/event.ts';
import { type NamedPlan, RUNS, delivered, deliveries, histories, plans } from '../support/arbitraries.ts';

vi.setConfig({ testTimeout: 120_000 });

const LENS = { ruleSet: 'law', version: 1, ruleSetHash: 'law', engine: 1, projection: 1, tzdata: 'law' };

const auditOf = async ({ plan }: NamedPlan, events: readonly TickmarkEvent[], pageSize: number) => {
  const [log, rows] = [await memoryEventLog(), await memoryReadModels()];
  await log.append(
    events.map((event) => ({ stream: event.subject, expected: { at: 'any' }, events: [event] })),
  );
  await catchUp({ plan, lens: LENS, log, rows, pageSize });
  return buildAudit({ log, rows, plan });
};

describe('the audit', () => {
  it('gives the identical list, in whatever order and however often the facts arrived (R6)', async () => {
    let findings = 0;
    await fc.assert(
      fc.asyncProperty(histories, plans, deliveries, async ({ facts }, plan, delivery) => {
        const once = await auditOf(plan, facts, 1_000);
        findings += once.findings.length;
        deepEqual(await auditOf(plan, delivered(facts, delivery), 3), once);
      }),
      { numRuns: RUNS },
    );
    equal(findings > 0, true, 'no history had a finding');
  });
});

describe('why-not', () => {
  it('says timed of a rule exactly where its records count something, and never fails to explain', () => {
    fc.assert(
      fc.property(histories, plans, ({ facts, horizonMs }, { plan }) => {
        const records = answer(plan, facts, horizonMs);
        for (const [subject, own] of Map.groupBy(facts, (fact) => fact.subject)) {
          const settled = records.filter((record) => record.subject === subject);
          for (const one of whyNot({ plan, subject, facts: own, records: settled })) {
            const counts = settled.some(({ rule, countedMs }) => rule === one.rule && countedMs > 0);
            equal(one.timed, counts, `${subject} ${one.rule}: ${one.says}`);
            if (!one.timed) equal(one.clause === 'unexplained', false, `${subject} ${one.rule}`);
          }
        }
      }),
      { numRuns: RUNS },
    );
  });
});
