/** A YAML file that people write: parsed, checked by a schema, and every problem told with its line and column. */
import { readFile } from 'node:fs/promises';
import {
  type Document,
  LineCounter,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseDocument,
  visit,
} from 'yaml';
import type { z } from 'zod';
import { type Finding, findingsOf } from './yaml-findings.ts';

export interface YamlProblem {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type YamlResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly YamlProblem[] };

/** What a schema cannot say (names that must exist elsewhere in the file): paths lead into the value as written. */
export type ExtraChecks<T> = (
  value: T,
) => readonly { readonly path: readonly (string | number)[]; readonly message: string }[];

/** A file that unfolds to more copies of its anchors than this is an attack, not a mapping. */
const MOST_ALIASES = 100;

const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);
const keyText = (key: unknown): string => (isScalar(key) ? String(key.value) : String(key));

/** Where the path leads: the node itself, or the nearest ancestor that the file has. */
const offsetOf = (document: Document, { path, key }: Finding): number => {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const step of path) {
    const holder = isAlias(node) ? node.resolve(document) : node;
    if (isMap(holder)) {
      const pair = holder.items.find((item) => keyText(item.key) === String(step));
      if (!pair) return offset;
      node = pair.value;
      offset = startOf(pair.value) ?? startOf(pair.key) ?? offset;
    } else if (isSeq(holder) && typeof step === 'number') {
      node = holder.items[step];
      offset = startOf(node) ?? offset;
    } else return offset;
  }
  if (key === undefined) return offset;
  const holder = isAlias(node) ? node.resolve(document) : node;
  const pair = isMap(holder) ? holder.items.find((item) => keyText(item.key) === key) : undefined;
  return startOf(pair?.key) ?? offset;
};

/** `007` and digits beyond 2^53 are texts that look like numbers: a number would lose what they say. */
const keepDigits = (document: Document): void => {
  visit(document, {
    Scalar: (_key, node) => {
      if (typeof node.value !== 'number' || node.source === undefined) return;
      const isInteger = /^[-+]?\d+$/.test(node.source);
      if (isInteger && (/^[-+]?0\d/.test(node.source) || !Number.isSafeInteger(node.value)))
        node.value = node.source;
    },
  });
};

interface Fault {
  readonly offset: number;
  readonly message: string;
}

const firstLine = (message: string): string => message.split('\n', 1)[0] ?? message;

/** What is wrong with the file as YAML. A warning is an unknown tag: then the value is not what its writer thinks. */
const yamlFaults = (document: Document): readonly Fault[] => {
  const faults: Fault[] = [...document.errors, ...document.warnings].map(({ pos, message }) => ({
    offset: pos[0],
    message: firstLine(message),
  }));
  visit(document, {
    Pair: (_key, pair) => {
      if (keyText(pair.key) === '__proto__')
        faults.push({ offset: startOf(pair.key) ?? 0, message: '__proto__ cannot be a key' });
    },
  });
  return faults;
};

const plainValue = (document: Document): { readonly value: unknown } | Fault => {
  try {
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return { value };
  } catch (error) {
    return { offset: 0, message: error instanceof Error ? firstLine(error.message) : String(error) };
  }
};

type Checked<T> = { readonly value: T } | { readonly faults: readonly Fault[] };

const check = <T>(document: Document, schema: z.ZodType<T>, extraChecks?: ExtraChecks<T>): Checked<T> => {
  const faults = yamlFaults(document);
  if (faults.length > 0) return { faults };
  if (document.contents === null) return { faults: [{ offset: 0, message: 'the file is empty' }] };
  keepDigits(document);
  const plain = plainValue(document);
  if ('offset' in plain) return { faults: [plain] };
  const parsed = schema.safeParse(plain.value);
  const findings: readonly Finding[] = parsed.success
    ? (extraChecks?.(parsed.data) ?? [])
    : findingsOf(parsed.error, plain.value, schema);
  if (parsed.success && findings.length === 0) return { value: parsed.data };
  return {
    faults: findings.map((finding) => ({ offset: offsetOf(document, finding), message: finding.message })),
  };
};

/** Problems come in the order of the file. `extraChecks` are asked only of a value that fits the schema. */
export const parseYaml = <T>(
  text: string,
  fileName: string,
  schema: z.ZodType<T>,
  extraChecks?: ExtraChecks<T>,
): YamlResult<T> => {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, stringKeys: true });
  const checked = check(document, schema, extraChecks);
  if ('value' in checked) return { ok: true, value: checked.value };
  const problems = [...checked.faults]
    .sort((a, b) => a.offset - b.offset)
    .map(({ offset, message }) => {
      // A text without a line break has no line starts but its own.
      const { line, col } = lineCounter.linePos(offset);
      return { file: fileName, line: Math.max(1, line), column: Math.max(1, col), message };
    });
  return { ok: false, problems };
};

const unreadable = (path: string, error: unknown): YamlProblem => {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  const why = error instanceof Error ? error.message : String(error);
  const message = isMissing ? 'there is no such file' : `the file cannot be read: ${why}`;
  return { file: path, line: 1, column: 1, message };
};

/** Reads and parses; a file that cannot be read is a problem like any other. */
export const readYaml = async <T>(
  path: string,
  schema: z.ZodType<T>,
  extraChecks?: ExtraChecks<T>,
): Promise<YamlResult<T>> => {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    return { ok: false, problems: [unreadable(path, error)] };
  }
  return parseYaml(text, path, schema, extraChecks);
};

/** `mapping.yaml:12:5: unknown key "evnts"`: the form that editors and terminals make a link of. */
export const problemText = ({ file, line, column, message }: YamlProblem): string =>
  `${file}:${line}:${column}: ${message}`;
