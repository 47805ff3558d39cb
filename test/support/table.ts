/** Text tables of tests: those of the cases in rule files. */
export { type TableRow, formatTable, headerOf, parseTable } from '../../adapters/cases/table.ts';
