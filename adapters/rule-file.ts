/** Rule sets from files, and the lens that a rule set makes. */
import { hash } from 'node:crypto';
import { ENGINE_VERSION, type Plan, compile } from '../engine/index.ts';
import { PROJECTION_VERSION } from '../projections/index.ts';
import type { Lens } from '../projections/ports.ts';
import { RuleSet } from '../schemas/rule-set.ts';
import { InputError } from './input-error.ts';
import { problemText, readYaml } from './yaml-file.ts';

export interface Ruling {
  readonly plan: Plan;
  readonly lens: Lens;
}

/** JSON with sorted keys: the same data gives the same text. */
const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`);
  return `{${fields.join(',')}}`;
};

/** Compiles a rule set that is known to be good: one from the log, or one whose file has been checked. */
export const ruleOn = (ruleSet: RuleSet): Ruling => {
  const compiled = compile(ruleSet);
  if (!compiled.ok)
    throw new InputError(
      `the rule set ${ruleSet.ruleSet}@${ruleSet.version} does not compile:`,
      compiled.problems.map(({ path, message }) => `${path.join('.')}: ${message}`),
    );
  return {
    plan: compiled.plan,
    lens: {
      ruleSet: ruleSet.ruleSet,
      version: ruleSet.version,
      ruleSetHash: hash('sha256', canonical(ruleSet), 'hex'),
      engine: ENGINE_VERSION,
      projection: PROJECTION_VERSION,
      tzdata: process.versions['tz'] ?? 'unknown',
    },
  };
};

/** Reads, checks and compiles a rule file. Throws InputError with file, line, column and what to write instead. */
export const readRules = async (path: string): Promise<Ruling> => {
  const read = await readYaml(path, RuleSet, (ruleSet) => {
    const compiled = compile(ruleSet);
    return compiled.ok ? [] : compiled.problems;
  });
  if (!read.ok) throw new InputError(`${path} is not a usable rule set:`, read.problems.map(problemText));
  return ruleOn(read.value);
};
