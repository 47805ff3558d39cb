/** Facts of a table, projected and audited as they are in a folder. */
import { memoryEventLog, memoryReadModels } from '../../adapters/stores/memory/index.ts';
import { type AuditQuestion, type AuditSources, buildAudit, catchUp } from '../../projections/index.ts';
import type { Finding, FindingCode } from '../../schemas/audit.ts';
import type { TickmarkEvent } from '../../schemas/event.ts';
import { facts, localText, planOf } from '../support/scenario.ts';

const LENS = { ruleSet: 'audit', version: 1, ruleSetHash: 'x', engine: 1, projection: 1, tzdata: 'x' };

/** The rows of the facts, projected in pages of `pageSize`. */
export const projected = async (
  rules: string,
  events: readonly TickmarkEvent[],
  pageSize = 1_000,
): Promise<AuditSources> => {
  const [log, rows] = [await memoryEventLog(), await memoryReadModels()];
  const plan = planOf(rules);
  await log.append(
    events.map((event) => ({ stream: event.subject, expected: { at: 'any' }, events: [event] })),
  );
  await catchUp({ plan, lens: LENS, log, rows, pageSize });
  return { log, rows, plan };
};

export const auditOf = async (
  rules: string,
  table: string,
  question: AuditQuestion = {},
  zone = 'UTC',
): Promise<readonly Finding[]> =>
  (await buildAudit(await projected(rules, facts(table, zone)), question)).findings;

/** `2026-03-02 09:00 ANNA record-or-subject: the figures`, of one code. */
export const linesOf = async (code: FindingCode, rules: string, table: string): Promise<readonly string[]> =>
  (await auditOf(rules, table))
    .filter((finding) => finding.code === code)
    .map(({ atMs, actor, record, subject, detail }) => {
      const what = record ?? subject;
      return `${localText(atMs, 'UTC')} ${actor}${what === undefined ? '' : ` ${what}`}: ${detail}`;
    });
