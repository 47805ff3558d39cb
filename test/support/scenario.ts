/**
 * given(facts).under(rules).then(records): the one way to say what the engine must answer.
 *
 * The tables are those of the cases in rule files (adapters/cases): facts are `time | subject | event | who | ...`, and
 * of an expectation only the columns that it names are compared. `.days()` and `.weeks()` are expectations on what
 * each person's days and ISO weeks in the scenario's zone add up to, `.findings()` on what the audit says of the facts.
 */
import { hash } from 'node:crypto';
import { expect } from 'vitest';
import { parse } from 'yaml';
import type { TableName } from '../../adapters/cases/columns.ts';
import { readFacts } from '../../adapters/cases/facts.ts';
import { deriveTable, rowsFor } from '../../adapters/cases/run-case.ts';
import { type Plan, compile } from '../../engine/index.ts';
import { type EventId, eventId } from '../../schemas/brand.ts';
import type { TickmarkEvent } from '../../schemas/event.ts';
import type { TimeRecord } from '../../schemas/record.ts';
import { RuleSet } from '../../schemas/rule-set.ts';
import { formatTable, headerOf, parseTable } from './table.ts';

export { clockText, localText, readTime } from '../../adapters/cases/time.ts';

/** A UUID made from a name, for events that a test makes without a table. */
export const idOf = (name: string): EventId => {
  const hex = hash('sha1', name, 'hex');
  return eventId(
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`,
  );
};

/** The facts of a table, in its order. A row that is repeated is the same fact again. */
export const facts = (table: string, zone = 'UTC'): readonly TickmarkEvent[] => readFacts(table, zone).facts;

/** The plan of rules written as YAML; name, version and zone are filled in where absent. */
export const planOf = (rules: string, zone = 'UTC'): Plan => {
  const written: unknown = parse(rules);
  const ruleSet = RuleSet.parse({ ruleSet: 'scenario', version: 1, zone, ...Object(written) });
  const compiled = compile(ruleSet);
  if (!compiled.ok) throw new Error(compiled.problems.map(({ message }) => message).join('\n'));
  return compiled.plan;
};

/** Each expectation compares the columns that it names, and no other. */
export interface ScenarioAnswer {
  readonly records: readonly TimeRecord[];
  /** The records, in order of start and id. */
  then(expected: string): void;
  /** What each day adds up to, by person, measure and day: `who | day | sum | union | records | rounded`. */
  days(expected: string): void;
  /** The same for ISO weeks: `who | week | sum`. */
  weeks(expected: string): void;
  /** What the audit finds, in its order: `code | who | at | subject | record | detail`. */
  findings(expected: string): void;
}

export interface Scenario {
  /** The same facts under rules written as YAML. */
  under(rules: string): ScenarioAnswer;
}

/** `asOf`: the log's own clock, when it has gone on after the last of these facts. */
export const given = (
  table: string,
  { zone = 'UTC', asOf }: { zone?: string; asOf?: string } = {},
): Scenario => ({
  under: (rules) => {
    const plan = planOf(rules, zone);
    const derived = deriveTable(plan, table, zone, asOf);
    const compare = (name: TableName, expected: string): void => {
      const header = headerOf(expected);
      expect(formatTable(header, rowsFor(name, header, derived))).toBe(
        formatTable(header, parseTable(expected)),
      );
    };
    return {
      records: derived.records,
      then: (expected) => compare('then', expected),
      days: (expected) => compare('days', expected),
      weeks: (expected) => compare('weeks', expected),
      findings: (expected) => compare('findings', expected),
    };
  },
});
