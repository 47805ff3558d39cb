/** A case that is run: its facts under the rules, beside what it expects of them. */
import { type Plan, answer, audit } from '../../engine/index.ts';
import type { TickmarkEvent } from '../../schemas/event.ts';
import type { TimeRecord } from '../../schemas/record.ts';
import type { RuleCase } from '../../schemas/rule-set.ts';
import { InputError } from '../input-error.ts';
import {
  type RecordSurroundings,
  TABLES,
  type TableName,
  checkColumns,
  findingRow,
  recordRow,
} from './columns.ts';
import { type DifferenceLine, differenceOf, isSame } from './difference.ts';
import { readFacts } from './facts.ts';
import { dayRows, daySums, recordShares, weekRows } from './sums.ts';
import { type TableRow, headerOf, parseTable } from './table.ts';
import { readTime } from './time.ts';

/** One table of a case beside what was derived. */
export interface Comparison {
  readonly table: TableName;
  readonly same: boolean;
  readonly lines: readonly DifferenceLine[];
}

/** `unusable`: the case itself cannot be read, so it says nothing about the rules. */
export type CaseResult = { readonly case: string; readonly index: number } & (
  | { readonly status: 'passed' | 'failed'; readonly tables: readonly Comparison[] }
  | { readonly status: 'unusable'; readonly message: string }
);

/** Facts that are written as a table, and the records that the rules make of them. */
export interface DerivedTable {
  readonly plan: Plan;
  /** In which times are written and shown. */
  readonly zone: string;
  readonly facts: readonly TickmarkEvent[];
  readonly records: readonly TimeRecord[];
}

/** `asOf`: the log's own clock, when it has gone on after the last of the facts. */
export const deriveTable = (
  plan: Plan,
  given: string,
  zone: string,
  asOf: string | undefined,
): DerivedTable => {
  const { facts, lastDate } = readFacts(given, zone);
  const records =
    asOf === undefined ? answer(plan, facts) : answer(plan, facts, readTime(asOf, zone, lastDate).at);
  return { plan, zone, facts, records };
};

const NO_SHARES: RecordSurroundings['sharesMs'] = new Map();

/** What each expectation is compared with. */
const ROWS: Readonly<
  Record<TableName, (derived: DerivedTable, header: readonly string[]) => readonly TableRow[]>
> = {
  then: ({ plan, zone, records }, header) => {
    const sharesMs = header.includes('attributed') ? recordShares(records, plan) : NO_SHARES;
    return records.map((record) => recordRow(record, { zone, sharesMs }, header));
  },
  days: ({ plan, records }) => dayRows(daySums(records, plan)),
  weeks: ({ plan, records }) => weekRows(daySums(records, plan)),
  findings: ({ plan, zone, facts, records }) =>
    audit(plan, facts, records).map((finding) => findingRow(finding, zone)),
};

/** What was derived, as rows of the expectation's own columns. Throws InputError where it names one that is not there. */
export const rowsFor = (
  table: TableName,
  header: readonly string[],
  derived: DerivedTable,
): readonly TableRow[] => {
  checkColumns(table, header);
  return ROWS[table](derived, header);
};

const compare = (table: TableName, expected: string, derived: DerivedTable): Comparison => {
  const header = headerOf(expected);
  const lines = differenceOf(header, parseTable(expected), rowsFor(table, header, derived));
  return { table, same: isSame(lines), lines };
};

const compareAll = (plan: Plan, ruleCase: RuleCase): readonly Comparison[] => {
  const asked = TABLES.flatMap((table) => {
    const expected = ruleCase[table];
    return expected === undefined ? [] : [{ table, expected }];
  });
  if (asked.length === 0) throw new InputError('it expects nothing: write then, days, weeks or findings');
  const derived = deriveTable(plan, ruleCase.given, plan.zone.name, ruleCase.asOf);
  return asked.map(({ table, expected }) => compare(table, expected, derived));
};

const runCase = (plan: Plan, ruleCase: RuleCase, index: number): CaseResult => {
  const at = { case: ruleCase.case, index };
  try {
    const tables = compareAll(plan, ruleCase);
    return { ...at, status: tables.every(({ same }) => same) ? 'passed' : 'failed', tables };
  } catch (error) {
    if (error instanceof InputError) return { ...at, status: 'unusable', message: error.message };
    throw error;
  }
};

/** The cases of the plan's own rule set, in their order; `text`: only those in whose name it occurs. */
export const runCases = (plan: Plan, text = ''): readonly CaseResult[] => {
  const wanted = text.toLowerCase();
  return (plan.ruleSet.cases ?? []).flatMap((ruleCase, index) =>
    ruleCase.case.toLowerCase().includes(wanted) ? [runCase(plan, ruleCase, index)] : [],
  );
};
