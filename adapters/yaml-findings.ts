/** Findings: what a schema says against a value, in sentences for the person who wrote the file, each with its path. */
import { z } from 'zod';
import { didYouMean } from '../schemas/nearest.ts';

/** `key`: the finding is about this key of the object at `path`, not about a value. */
export interface Finding {
  readonly path: readonly (string | number)[];
  readonly key?: string;
  readonly message: string;
}

type Issue = z.core.$ZodIssue;
type JsonSchema = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

// --- what keys a schema knows at a path ------------------------------------------------------------------------

/** The schema itself, or what its references and alternatives lead to. */
const alternatives = (schema: unknown, root: JsonSchema): readonly JsonSchema[] => {
  if (!isObject(schema)) return [];
  const reference = schema['$ref'];
  if (typeof reference === 'string') {
    const definitions = root['$defs'];
    const name = reference.slice('#/$defs/'.length);
    return isObject(definitions) ? alternatives(definitions[name], root) : [];
  }
  const parts = [schema['anyOf'], schema['oneOf'], schema['allOf']]
    .filter((part) => Array.isArray(part))
    .flat();
  return parts.length === 0 ? [schema] : parts.flatMap((part) => alternatives(part, root));
};

const stepInto = (schema: JsonSchema, step: string | number): unknown => {
  if (typeof step === 'number') return schema['items'];
  const properties = schema['properties'];
  return isObject(properties) && Object.hasOwn(properties, step)
    ? properties[step]
    : schema['additionalProperties'];
};

const knownKeys = (schema: z.ZodType, path: Finding['path']): readonly string[] => {
  // JSON Schema is the schema as plain data; zod's own insides may change with any release.
  const root: JsonSchema = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  let here = alternatives(root, root);
  for (const step of path) here = here.flatMap((one) => alternatives(stepInto(one, step), root));
  const keys = here.flatMap(({ properties }) => (isObject(properties) ? Object.keys(properties) : []));
  return [...new Set(keys)];
};

// --- one issue, one sentence -----------------------------------------------------------------------------------

const NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list',
  object: 'keys with values',
  record: 'keys with values',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};
const nameOf = (expected: string): string => NAMES[expected] ?? expected;

const describe = (value: unknown): string => {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'keys with values';
  return typeof value === 'string' ? `the text "${value}"` : `${typeof value} ${JSON.stringify(value)}`;
};

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown => {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = Reflect.get(at, key);
  }
  return at;
};

const plainPath = (path: readonly PropertyKey[]): readonly (string | number)[] =>
  path.map((key) => (typeof key === 'symbol' ? String(key) : key));

const missing = (path: readonly (string | number)[]): string => {
  const name = path.at(-1);
  return name === undefined ? 'the file is empty' : `"${name}" is missing`;
};

const wrongValue = (issue: Issue & { readonly code: 'invalid_value' }, found: unknown): string => {
  const known = issue.values.map(String);
  const wanted = known.length === 1 ? `must be ${known.join()}` : `must be one of ${known.join(', ')}`;
  const hint = typeof found === 'string' && known.length > 12 ? didYouMean(found, known) : '';
  return `${wanted}, found ${describe(found)}${hint}`;
};

const sentenceOf = (issue: Issue, path: Finding['path'], value: unknown): string => {
  const found = valueAt(value, path);
  if (found === undefined) return missing(path);
  // A schema that has words of its own for it is believed.
  if (issue.code === 'invalid_type' && !issue.message.startsWith('Invalid input')) return issue.message;
  if (issue.code === 'invalid_type') return `expected ${nameOf(issue.expected)}, found ${describe(found)}`;
  if (issue.code === 'invalid_value') return wrongValue(issue, found);
  if (issue.code === 'too_small' && issue.minimum === 1 && issue.origin !== 'number')
    return 'must not be empty';
  return issue.message;
};

// --- unions: the alternative that was meant --------------------------------------------------------------------

const isMissingKey = (issue: Issue, value: unknown): boolean =>
  issue.path.length > 0 && valueAt(value, issue.path) === undefined;

/** How far an alternative is from what was written: a wrong type is far, an unknown or missing key nearer, a fault deeper in nearest. */
const costOf = (issues: readonly Issue[], value: unknown): number => {
  const missingKeys = issues.filter((issue) => isMissingKey(issue, value)).map(({ path }) => String(path[0]));
  const costs = issues.map((issue) => {
    if (issue.code === 'unrecognized_keys' && issue.path.length === 0)
      return issue.keys.reduce((sum, key) => sum + (isSlip(key, missingKeys) ? -1 : 2), 0);
    if (issue.path.length === 0) return 10;
    return issue.path.length === 1 && isMissingKey(issue, value) ? 2 : 1;
  });
  return costs.reduce((sum, cost) => sum + cost, 0);
};

const isSlip = (key: string, missingKeys: readonly string[]): boolean =>
  didYouMean(key, missingKeys).startsWith(' (did');

/** The types that an alternative asks of the value itself; undefined: its complaint is another one. */
const typesAsked = (issues: readonly Issue[]): readonly (string | undefined)[] =>
  issues.flatMap((issue) => {
    if (issue.path.length > 0) return [undefined];
    if (issue.code === 'invalid_union') return issue.errors.flatMap(typesAsked);
    return [issue.code === 'invalid_type' ? nameOf(issue.expected) : undefined];
  });

const unionFindings = (
  issue: Issue & { readonly code: 'invalid_union' },
  path: Finding['path'],
  value: unknown,
  schema: z.ZodType,
): readonly Finding[] => {
  const found = valueAt(value, path);
  if (found === undefined) return [{ path, message: missing(path) }];
  const options = issue.errors.filter((errors) => errors.length > 0);
  const ranked = options
    .map((errors) => ({ errors, cost: costOf(errors, found) }))
    .sort((a, b) => a.cost - b.cost);
  const [best] = ranked;
  if (!best) return [{ path, message: `no alternative fits ${describe(found)}` }];
  const types = options.flatMap(typesAsked);
  if (!types.includes(undefined))
    return [{ path, message: `expected ${[...new Set(types)].join(' or ')}, found ${describe(found)}` }];
  return findAll(best.errors, path, value, schema);
};

const findAll = (
  issues: readonly Issue[],
  base: Finding['path'],
  value: unknown,
  schema: z.ZodType,
): readonly Finding[] =>
  issues.flatMap((issue): readonly Finding[] => {
    const path = [...base, ...plainPath(issue.path)];
    if (issue.code === 'invalid_union') return unionFindings(issue, path, value, schema);
    if (issue.code === 'unrecognized_keys') {
      const known = knownKeys(schema, path);
      const written = valueAt(value, path);
      const others = isObject(written) ? Object.keys(written).filter((key) => !issue.keys.includes(key)) : [];
      return issue.keys.map((key) => ({
        path,
        key,
        // A key that another alternative knows is no slip of the pen.
        message: known.includes(key)
          ? `"${key}" does not go with ${others.join(', ')}`
          : `unknown key "${key}"${didYouMean(key, known)}`,
      }));
    }
    if (issue.code === 'invalid_key') return [keyFinding(issue, path)];
    return [{ path, message: sentenceOf(issue, path, value) }];
  });

/** The key of a record is not as such keys are written. */
const keyFinding = (issue: Issue & { readonly code: 'invalid_key' }, path: Finding['path']): Finding => {
  const key = String(path.at(-1));
  const because = issue.issues[0]?.message ?? 'it cannot be a name here';
  return { path: path.slice(0, -1), key, message: `"${key}": ${because}` };
};

/** A key that is missing because it is mistyped beside is one mistake, told once. */
const withoutEchoes = (findings: readonly Finding[]): readonly Finding[] => {
  const unknown = findings.flatMap(({ path, key }) =>
    key === undefined ? [] : [{ at: path.join('.'), key }],
  );
  return findings.filter(({ path, message }) => {
    const name = path.at(-1);
    if (typeof name !== 'string' || message !== missing(path)) return true;
    const at = path.slice(0, -1).join('.');
    return !unknown.some((slip) => slip.at === at && isSlip(slip.key, [name]));
  });
};

/** `value` is what was parsed with `schema`; `error` what it said. */
export const findingsOf = (error: z.ZodError, value: unknown, schema: z.ZodType): readonly Finding[] =>
  withoutEchoes(findAll(error.issues, [], value, schema));
