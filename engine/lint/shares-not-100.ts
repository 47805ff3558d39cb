/** shares-not-100: an allocation whose shares cannot be read or are not 100 % together. */
import { Shares } from '../../schemas/shares.ts';
import { type Check, error } from './finding.ts';

export const sharesNot100: Check = ({ ruleSet }) =>
  ruleSet.rules.flatMap(({ allocate }, index) => {
    const parsed = allocate ? Shares.safeParse(allocate.over) : undefined;
    return (parsed?.error?.issues ?? []).map(({ path, message }) =>
      error(['rules', index, 'allocate', 'over', ...path.map(String)], message),
    );
  });
