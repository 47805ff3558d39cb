/** What is meant: names that a command line gives, checked against what the folder and the rules know. */
import { actorId } from '../../schemas/brand.ts';
import { didYouMean } from '../../schemas/nearest.ts';
import { InputError } from '../input-error.ts';
import { measureOf } from '../report-question.ts';
import type { Answering } from './context.ts';

export const measureMeant = (text: string | undefined, { ruling }: Answering): string =>
  measureOf(text, ruling.plan);

export const kindMeant = (text: string | undefined, { ruling }: Answering): void => {
  const kinds = [...new Set([...ruling.plan.rulesByName.values()].map(({ kind }) => kind))];
  if (text !== undefined && !kinds.includes(text))
    throw new InputError(`no rule has the kind "${text}"${didYouMean(text, kinds)}`);
};

/** Somebody of whom there is a record. A name that is mistyped would be told that nothing is there. */
export const personMeant = async (text: string | undefined, { workspace }: Answering): Promise<void> => {
  if (text === undefined) return;
  const [any] = await workspace.answers.records({ actor: actorId(text), limit: 1 });
  if (any) return;
  const people = new Set((await workspace.answers.personWeeks()).map(({ actor }) => actor));
  throw new InputError(`nobody called "${text}" has a record${didYouMean(text, [...people])}`);
};
