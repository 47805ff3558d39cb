/** What is meant: names that a question gives, checked against what the answers and the rules know. */
import type { Plan } from '../../engine/index.ts';
import type { RowReader } from '../../projections/ports.ts';
import { actorId } from '../../schemas/brand.ts';
import { didYouMean } from '../../schemas/nearest.ts';
import { InputError } from '../input-error.ts';

export const kindMeant = (text: string | undefined, { rulesByName }: Plan): void => {
  const kinds = [...new Set([...rulesByName.values()].map(({ kind }) => kind))];
  if (text !== undefined && !kinds.includes(text))
    throw new InputError(`no rule has the kind "${text}"${didYouMean(text, kinds)}`);
};

/** Somebody of whom there is a record. A name that is mistyped would be told that nothing is there. */
export const personMeant = async (
  text: string | undefined,
  rows: Pick<RowReader, 'records' | 'personWeeks'>,
): Promise<void> => {
  if (text === undefined) return;
  const [any] = await rows.records({ actor: actorId(text), limit: 1 });
  if (any) return;
  const people = new Set((await rows.personWeeks()).map(({ actor }) => actor));
  throw new InputError(`nobody called "${text}" has a record${didYouMean(text, [...people])}`);
};
