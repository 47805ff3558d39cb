/** Rule sets from files, and the lens that a rule set makes. */
import { hash } from 'node:crypto';
import { ENGINE_VERSION, type Plan, compile } from '../engine/index.ts';
import { PROJECTION_VERSION } from '../projections/index.ts';
import type { Lens } from '../projections/ports.ts';
import { RuleSet } from '../schemas/rule-set.ts';
import { InputError } from './input-error.ts';
import { type PlaceOf, checkYaml, problemText, readYamlSource } from './yaml-file.ts';

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

/** Cases prove a rule set and change no answer: with other cases it is the same rule set. */
const hashOf = (ruleSet: RuleSet): string =>
  hash('sha256', canonical({ ...ruleSet, cases: undefined }), 'hex');

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
      ruleSetHash: hashOf(ruleSet),
      engine: ENGINE_VERSION,
      projection: PROJECTION_VERSION,
      tzdata: process.versions['tz'] ?? 'unknown',
    },
  };
};

/** A rule file that is usable: what rules, and where in the file each part of it stands. */
export interface RuleFile {
  readonly ruling: Ruling;
  readonly placeOf: PlaceOf;
}

/** Reads, checks and compiles a rule file. Throws InputError with file, line, column and what to write instead. */
export const readRuleFile = async (path: string): Promise<RuleFile> => {
  const source = await readYamlSource(path);
  const read = checkYaml(source, RuleSet, (ruleSet) => {
    const compiled = compile(ruleSet);
    return compiled.ok ? [] : compiled.problems;
  });
  if (!read.ok) throw new InputError(`${path} is not a usable rule set:`, read.problems.map(problemText));
  return { ruling: ruleOn(read.value), placeOf: source.placeOf };
};

export const readRules = async (path: string): Promise<Ruling> => (await readRuleFile(path)).ruling;
