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

/** Which of a system's names are people's: devices, users. */
export type IsPerson = (name: string | undefined) => name is string;

/** Compiled once, for every message that comes. */
export const peopleBy = (pattern: string): IsPerson => {
  const people = new RegExp(pattern, 'u');
  return (name): name is string => name !== undefined && people.test(name);
};
