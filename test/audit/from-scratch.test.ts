/** The audit from scratch: each kind of finding once, and the same list as from kept rows for any facts. */
import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it, vi } from 'vitest';
import { memoryEventLog, memoryReadModels } from '../../adapters/stores/memory/index.ts';
import { answer, audit } from '../../engine/index.ts';
import { buildAudit, catchUp } from '../../projections/index.ts';
import { RUNS, delivered, deliveries, histories, plans } from '../support/arbitraries.ts';
import { facts, given, planOf } from '../support/scenario.ts';
import { auditOf } from './audited.ts';

vi.setConfig({ testTimeout: 120_000 });

const LENS = { ruleSet: 'law', version: 1, ruleSetHash: 'law', engine: 1, projection: 1, tzdata: 'law' };

describe('the audit from scratch', () => {
  it('is the audit of the projected rows, finding by finding', async () => {
    let findings = 0;
    await fc.assert(
      fc.asyncProperty(histories, plans, deliveries, async ({ facts: told }, { plan }, delivery) => {
        const [log, rows] = [await memoryEventLog(), await memoryReadModels()];
        await log.append(
          delivered(told, delivery).map((event) => ({
            stream: event.subject,
            expected: { at: 'any' },
            events: [event],
          })),
        );
        await catchUp({ plan, lens: LENS, log, rows, pageSize: 3 });
        const projected = await buildAudit({ log, rows, plan });
        const found = audit(plan, told, answer(plan, told));
        findings += found.length;
        deepEqual(found, projected.findings);
      }),
      { numRuns: RUNS },
    );
    equal(findings > 0, true, 'no history had a finding');
  });
});

describe('the audit from scratch judges', () => {
  const TASKS = `
    rules:
      - { rule: task.work, on: task, start: TaskStarted, stop: TaskCompleted }
  `;

  it('a claim by the time of all subjects that it is about: 90 min against 30 + 45', () => {
    given(`
      time             | subject | event         | who  | by   | text | claimed | evidence
      2026-03-02 09:00 | task-1  | TaskStarted   | ANNA |      |      |         |
      09:30            | task-1  | TaskCompleted |      |      |      |         |
      10:00            | task-2  | TaskStarted   | ANNA |      |      |         |
      10:45            | task-2  | TaskCompleted |      |      |      |         |
      11:00            | task-3  | NoteAttached  |      | ANNA | both | 90m     | task-1, task-2
      11:00            | task-2  | NoteAttached  |      | ANNA | both | 75m     | task-1, task-2
    `).under(TASKS).findings(`
      code      | who  | at               | subject | detail
      claim-off | ANNA | 2026-03-02 11:00 | task-3  | claimed 1:30:00, observed 1:15:00 on 2 subjects: 0:15:00 more than the signals show
    `);
  });

  it('a claim about what was merged away by the one that is left', async () => {
    const table = `
      time             | subject | event         | who  | by   | text | claimed | evidence       | into
      2026-03-02 09:00 | task-1  | TaskStarted   | ANNA |      |      |         |                |
      09:30            | task-1  | TaskCompleted |      |      |      |         |                |
      10:00            | task-2  | TaskStarted   | ANNA |      |      |         |                |
      10:45            | task-2  | TaskCompleted |      |      |      |         |                |
      11:00            | task-3  | NoteAttached  |      | ANNA | both | 75m     | task-1, task-2 |
      11:00            | task-2  | NoteAttached  |      | ANNA | much | 90m     | task-1, task-4 |
      12:00            | task-2  | SubjectMerged |      |      |      |         |                | task-1
    `;
    given(table).under(TASKS).findings(`
      code      | at               | subject | detail
      claim-off | 2026-03-02 11:00 | task-1  | claimed 1:30:00, observed 1:15:00 on 2 subjects: 0:15:00 more than the signals show
    `);
    deepEqual(audit(planOf(TASKS), facts(table)), await auditOf(TASKS, table));
  });

  it('rounding by the weeks of each person: two of 20 min are two of 60', () => {
    given(`
      time             | subject | event         | who
      2026-03-02 09:00 | task-1  | TaskStarted   | ANNA
      09:20            | task-1  | TaskCompleted |
      2026-03-03 09:00 | task-2  | TaskStarted   | ANNA
      09:20            | task-2  | TaskCompleted |
      2026-03-09 09:00 | task-3  | TaskStarted   | ANNA
      10:00            | task-3  | TaskCompleted |
    `)
      .under(`round: { unit: 1h, mode: up, scope: record }\n${TASKS.replace(/^ {4}/gm, '')}`)
      .findings(
        `
        code          | who  | at               | subject | record | detail
        rounding-bias | ANNA | 2026-03-02 00:00 |         |        | 0:40:00 measured, 2:00:00 rounded in work: +1:20:00 (+200.0 %)
      `,
      );
  });

  it('declared shares by what the week shows: 80/20 against 60 and 60 min (R21)', () => {
    given(`
      time             | subject | event         | who  | project
      2026-03-03 09:00 | task-1  | TaskStarted   | ANNA | north
      10:00            | task-1  | TaskCompleted |      |
      10:00            | task-2  | TaskStarted   | ANNA | south
      11:00            | task-2  | TaskCompleted |      |
      12:00            | timer-1 | TimerStarted  | ANNA |
      13:00            | timer-1 | TimerStopped  | ANNA |
    `).under(`
      rules:
        - { rule: timer.manual, on: timer, start: TimerStarted, stop: TimerStopped, allocate: { over: { north: 80%, south: 20% } } }
        - { rule: task.work, on: task, start: TaskStarted, stop: TaskCompleted }
    `).findings(`
      code           | who  | at               | detail
      allocation-off | ANNA | 2026-03-02 00:00 | north/south declared 80/20 %, observed 50/50 % by attribute project: north is 30 points off
    `);
  });

  it('allocated time with its targets in the order of the record that comes first by name, as the rows do', async () => {
    const table = `
      time             | subject | event         | who  | project | over
      2026-03-03 09:00 | task-1  | TaskStarted   | ANNA | north   |
      10:00            | task-1  | TaskCompleted |      |         |
      11:00            | timer-2 | TimerStarted  | ANNA |         |
      12:00            | timer-2 | TimerStopped  | ANNA |         |
      12:00            | timer-2 | TimeAllocated | ANNA |         | south 50%, north 50%
      12:00            | timer-1 | TimerStarted  | ANNA |         |
      13:00            | timer-1 | TimerStopped  | ANNA |         |
      13:00            | timer-1 | TimeAllocated | ANNA |         | north 50%, south 50%
    `;
    const rules = `
      rules:
        - { rule: timer.manual, on: timer, start: TimerStarted, stop: TimerStopped }
        - { rule: task.work, on: task, start: TaskStarted, stop: TaskCompleted }
    `;
    given(table).under(rules).findings(`
      code           | detail
      allocation-off | north/south declared 50/50 %, observed 100/0 % by attribute project: north is 50 points off
    `);
    deepEqual(audit(planOf(rules), facts(table)), await auditOf(rules, table));
  });
});
