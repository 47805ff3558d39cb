/** The dialect `eventlog`: rows of somebody's export, told as events by a mapping. Pure; the mapping is compiled once. */
import type { Mapping, RowRule } from '../../../schemas/mapping.ts';
import type { Dialect, Signal, Translation } from '../../../schemas/signal.ts';
import { quote } from '../reading/quote.ts';
import { checkMapping } from './check-mapping.ts';
import { rowId } from './identity.ts';
import { type Zones, localZone } from '../reading/local-zone.ts';
import { type IsNothing, type Row, type TextOf, cell, rowOf } from './row.ts';
import { type CompiledRule, compileAttributes, compileRule, rejected } from './row-rule.ts';
import { compileTimes, listed } from './row-time.ts';

export const EVENTLOG_VERSION = 1;

const compileNothing = (mapping: Mapping): IsNothing => {
  const none = new Map(
    Object.entries(mapping.none).map(([column, values]) => [column, new Set(listed(values))]),
  );
  return none.size === 0 ? () => false : (column, value) => none.get(column)?.has(value) ?? false;
};

const columnsAsked = (rules: readonly RowRule[]): readonly string[] => [
  ...new Set(rules.flatMap(({ when = {}, unless = {} }) => [...Object.keys(when), ...Object.keys(unless)])),
];

const unknownRow = (row: Row, asked: readonly string[]): Translation => {
  const cells = asked.map((column) => `${column} is ${quote(cell(row, column))}`);
  return rejected('unknown-type', `no row rule of the mapping fits: ${cells.join(', ')}`);
};

const assertSound = (mapping: Mapping, zones: Zones): void => {
  const [problem] = checkMapping(mapping, zones);
  if (problem) throw new RangeError(`mapping ${mapping.mapping}: ${problem.message}`);
};

/** Throws RangeError for a mapping that `checkMapping` finds fault with: ask it first, it knows where the fault is. */
export const compileMapping = (mapping: Mapping, zones: Zones): Dialect => {
  assertSound(mapping, zones);
  const isNothing = compileNothing(mapping);
  const text: TextOf = (row, column) => {
    const value = cell(row, column);
    return isNothing(column, value) ? '' : value;
  };
  const timesOf = compileTimes(mapping, isNothing, localZone(zones, mapping.zone, mapping.ambiguous));
  const parts = { mapping, text, timesOf, attributesOf: compileAttributes(mapping, text) };
  const rules: readonly CompiledRule[] = mapping.rows.map((rule) => compileRule(rule, parts));
  const asked = columnsAsked(mapping.rows);
  const idColumns = listed(mapping.id);

  return {
    name: 'eventlog',
    version: EVENTLOG_VERSION,
    translate: (signal: Signal): Translation => {
      const row = rowOf(signal, mapping.format);
      if (typeof row === 'string') return rejected('malformed', row);
      const rule = rules.find((candidate) => candidate.fits(row));
      if (!rule) return unknownRow(row, asked);
      const ids = idColumns.map((column) => cell(row, column));
      if (ids.every((id) => id === ''))
        return rejected('missing-field', `the row needs its id in ${idColumns.join(', ')}, which is empty`);
      return rule.translate(row, rowId(ids, mapping.duplicates === 'keep' ? signal.occurrence : 1));
    },
  };
};
