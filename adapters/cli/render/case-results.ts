/** The results of a rule file's cases, as lines: one for the file, and for each case that failed what differs. */
import type { CaseResult, Comparison } from '../../cases/run-case.ts';
import type { DifferenceLine } from '../../cases/difference.ts';
import type { PlaceOf } from '../../yaml-file.ts';
import { counted } from './figures.ts';
import { type Style, paint } from './paint.ts';

/** The cases of one file that were run. */
export interface FileRun {
  readonly file: string;
  readonly results: readonly CaseResult[];
  readonly placeOf: PlaceOf;
}

export const isFailed = ({ status }: CaseResult): boolean => status !== 'passed';

/** From 1: where the case is written. */
export const lineOfCase = ({ placeOf }: FileRun, { index }: CaseResult): number =>
  placeOf({ path: ['cases', index] }).line;

const STYLES: Readonly<Record<DifferenceLine['sign'], Style>> = { ' ': 'plain', '-': 'red', '+': 'green' };

const tableLines = ({ table, lines }: Comparison, color: boolean): readonly string[] => [
  `    ${table}: - expected, + derived`,
  ...lines.map(({ sign, text }) => paint(`    ${sign} ${text}`, STYLES[sign], color)),
];

const caseLines = (run: FileRun, result: CaseResult, color: boolean): readonly string[] => {
  const head = `  ${run.file}:${lineOfCase(run, result)}: ${result.case}`;
  return result.status === 'unusable'
    ? [head, `    ${result.message}`]
    : [head, ...result.tables.filter(({ same }) => !same).flatMap((table) => tableLines(table, color))];
};

/** `3 of 12 cases failed`, or `12 cases passed`. */
export const verdictOf = ({ results }: FileRun): string => {
  const failed = results.filter(isFailed).length;
  const all = counted(results.length, 'case');
  return failed === 0 ? `${all} passed` : `${failed} of ${all} failed`;
};

export const failureLines = (run: FileRun, color: boolean): readonly string[] =>
  run.results.filter(isFailed).flatMap((result) => caseLines(run, result, color));

export const renderRun = (run: FileRun, color: boolean): string =>
  [`${run.file}: ${verdictOf(run)}`, ...failureLines(run, color)].join('\n');
