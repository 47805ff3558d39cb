/**
 * The dialect `eventlog`: rows of somebody's export and messages of somebody's webhook, told as events by a mapping.
 * Pure; the mapping is compiled once.
 *
 * It has one name, whatever the format: events and dead letters carry it, and what was imported is read on.
 */
import type { Mapping } from '../../../schemas/mapping.ts';
import type { Dialect, Signal, Translation } from '../../../schemas/signal.ts';
import { type Zones, localZone } from '../reading/local-zone.ts';
import { quote } from '../reading/quote.ts';
import { checkMapping } from './check-mapping.ts';
import { columnsIn } from './column-uses.ts';
import { type Fed, type Feed, cutOf, feederOf, headersIn, isJsonFormat } from './feeder.ts';
import { rowId } from './identity.ts';
import { cutJson } from './json-cut.ts';
import { listed } from './listed.ts';
import { compileRevision } from './revision.ts';
import { type IsNothing, type Row, type TextOf, cell } from './row.ts';
import { type CompiledRule, compileAttributes, compileRule, rejected } from './row-rule.ts';
import { compileTimes } from './row-time.ts';

/** 2: in JSON a dot within a name is written `\.`, and a list may be cut. Rows of csv and tsv are told as before. */
const EVENTLOG_VERSION = 2;

const compileNothing = (mapping: Mapping): IsNothing => {
  const none = new Map(
    Object.entries(mapping.none).map(([column, values]) => [column, new Set(listed(values))]),
  );
  return none.size === 0 ? () => false : (column, value) => none.get(column)?.has(value) ?? false;
};

/** A cell as it goes into an event: nothing where it means that, and in our word where the mapping has one. */
const compileText = (mapping: Mapping, isNothing: IsNothing): TextOf => {
  const words = new Map(
    Object.entries(mapping.words).map(([column, own]) => [column, new Map(Object.entries(own))]),
  );
  return (row, column) => {
    const value = cell(row, column);
    return isNothing(column, value) ? '' : (words.get(column)?.get(value) ?? value);
  };
};

const unknownRow = (row: Row, asked: readonly string[]): Translation => {
  const cells = asked.map((column) => `${column} is ${quote(cell(row, column))}`);
  return rejected('unknown-type', `no row rule of the mapping fits: ${cells.join(', ')}`);
};

const assertSound = (mapping: Mapping, zones: Zones): void => {
  const [problem] = checkMapping(mapping, zones);
  if (problem) throw new RangeError(`mapping ${mapping.mapping}: ${problem.message}`);
};

/** An object or a list where one of the columns needs a value. */
const structureIn = ({ faults }: Fed, columns: readonly string[]): Translation | undefined => {
  if (faults.size === 0) return undefined;
  const fault = columns.map((column) => faults.get(column)).find((one) => one !== undefined);
  return fault === undefined ? undefined : rejected('invalid-event', fault);
};

/** The first rule that fits the row, or why it cannot be known. */
const ruleFor = (fed: Fed, rules: readonly CompiledRule[]): CompiledRule | Translation => {
  for (const rule of rules) {
    const fault = structureIn(fed, rule.asks);
    if (fault) return fault;
    if (rule.fits(fed.row)) return rule;
  }
  return unknownRow(fed.row, [...new Set(rules.flatMap(({ asks }) => asks))]);
};

const NOTHING_IN_IT: Translation = { status: 'ignored', because: 'nothing in it' };

/** A delivery stands or falls together; a carrier that splits it first keeps a bad message alone. */
const together = (translations: readonly Translation[]): Translation => {
  const [first = NOTHING_IN_IT] = translations;
  if (translations.length <= 1) return first;
  const bad = translations.find(({ status }) => status === 'rejected');
  if (bad) return bad;
  const events = translations.flatMap((one) => (one.status === 'events' ? one.events : []));
  return events.length > 0 ? { status: 'events', events } : first;
};

const splitter = (mapping: Mapping): Pick<Dialect, 'split' | 'headers'> => {
  if (!isJsonFormat(mapping.format)) return {};
  const each = cutOf(mapping)?.steps;
  return {
    headers: headersIn(columnsIn(mapping)),
    split: (signal) => cutJson(signal.raw, each).map((raw) => ({ ...signal, raw })),
  };
};

/** Throws RangeError for a mapping that `checkMapping` finds fault with: ask it first, it knows where the fault is. */
export const compileMapping = (mapping: Mapping, zones: Zones): Dialect => {
  assertSound(mapping, zones);
  const isNothing = compileNothing(mapping);
  const text = compileText(mapping, isNothing);
  const timesOf = compileTimes(mapping, isNothing, localZone(zones, mapping.zone, mapping.ambiguous));
  const parts = {
    mapping,
    text,
    timesOf,
    attributesOf: compileAttributes(mapping, text),
    revisionOf: compileRevision(mapping, text),
  };
  const rules: readonly CompiledRule[] = mapping.rows.map((rule) => compileRule(rule, parts));
  const idColumns = listed(mapping.id);
  const feed = feederOf(mapping, columnsIn(mapping));

  const translateRow = (fed: Fed, signal: Signal): Translation => {
    const rule = ruleFor(fed, rules);
    if ('status' in rule) return rule;
    if ('because' in rule) return { status: 'ignored', because: rule.because };
    const fault = structureIn(fed, rule.reads);
    if (fault) return fault;
    const ids = idColumns.map((column) => cell(fed.row, column));
    if (ids.every((id) => id === ''))
      return rejected('missing-field', `the row needs its id in ${idColumns.join(', ')}, which is empty`);
    const occurrence = mapping.duplicates === 'keep' ? signal.occurrence : 1;
    return rule.translate(fed.row, { rowId: rowId(ids, occurrence), receivedAt: signal.receivedAt });
  };

  const translateOne = (one: Feed, signal: Signal): Translation => {
    switch (one.kind) {
      case 'row':
        return translateRow(one, signal);
      case 'unusable':
        return rejected(one.code, one.message);
      case 'nothing':
        return { status: 'ignored', because: one.because };
    }
  };

  return {
    name: 'eventlog',
    version: EVENTLOG_VERSION,
    ...splitter(mapping),
    translate: (signal) => together(feed(signal).map((one) => translateOne(one, signal))),
  };
};
