/** Who understands a signal: a dialect by its name, or as the source of the signal speaks it. */
import type { Dialect, Rejection, Signal } from '../schemas/signal.ts';

/** The dialect, or why the signal has to wait for somebody who understands it. */
export type DialectOf = (signal: Signal) => Dialect | Rejection;

const unknown = (message: string): Rejection => ({ code: 'unknown-type', message });

/** Where every source of a dialect speaks it alike. */
export const byName = (...dialects: readonly Dialect[]): DialectOf => {
  const known = new Map(dialects.map((dialect) => [dialect.name, dialect]));
  return ({ dialect }) =>
    known.get(dialect) ?? unknown(`no dialect "${dialect}" here; known: ${[...known.keys()].join(', ')}`);
};

/** A source as far as translating goes. */
interface Speaker {
  readonly dialect: Dialect;
}

/** Where sources of one vendor differ in their options, people and systems; `others` for what none of them sent. */
export const bySource =
  (sources: ReadonlyMap<string, Speaker>, others: DialectOf): DialectOf =>
  (signal) => {
    const own = sources.get(signal.source)?.dialect;
    if (own?.name === signal.dialect) return own;
    const other = others(signal);
    if (own && 'code' in other)
      return unknown(
        `the source ${signal.source} speaks ${own.name} now, and this is in ${signal.dialect}: give it a source of its own`,
      );
    return other;
  };
