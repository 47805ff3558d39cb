/** Regular expressions that a configuration names. */
import { z } from 'zod';

const isPattern = (text: string): boolean => {
  try {
    return new RegExp(text, 'u').flags === 'u';
  } catch {
    return false;
  }
};

export const Pattern = z.string().min(1).refine(isPattern, 'is not a regular expression');
