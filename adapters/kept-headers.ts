/** The headers that a dialect asks for, and no others: what else was sent along is nobody's business. */
import type { Dialect, Signal } from '../schemas/signal.ts';

/** `valueOf` answers by the name in lower case. */
export const keptHeaders = (
  { headers: names = [] }: Pick<Dialect, 'headers'>,
  valueOf: (name: string) => string | undefined,
): Pick<Signal, 'fields'> => {
  const fields = names.flatMap((name) => {
    const value = valueOf(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return fields.length === 0 ? {} : { fields: Object.fromEntries(fields) };
};
