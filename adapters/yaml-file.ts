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

export interface YamlPlace {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

export interface YamlProblem extends YamlPlace {
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
const offsetOf = (document: Document, { path, key }: Pick<Finding, 'path' | 'key'>): number => {
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

type YamlError = Document['errors'][number];

const faultOf = ({ pos, message }: YamlError | Document['warnings'][number]): Fault => ({
  offset: pos[0],
  message: firstLine(message),
});

/** After a mistake in the syntax nothing can be told of what follows; a key that stands twice hides nothing. */
const untilSyntax = (errors: readonly YamlError[]): readonly YamlError[] => {
  const ordered = errors.toSorted((a, b) => a.pos[0] - b.pos[0]);
  const first = ordered.findIndex(({ code }) => code !== 'DUPLICATE_KEY');
  return first === -1 ? ordered : ordered.slice(0, first + 1);
};

/** What is wrong with the file as YAML. A warning is an unknown tag: then the value is not what its writer thinks. */
const yamlFaults = (document: Document): readonly Fault[] => {
  if (document.errors.length > 0) return untilSyntax(document.errors).map(faultOf);
  const faults: Fault[] = document.warnings.map(faultOf);
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

/** A path into the value as written leads to its place in the file, or to that of the nearest holder that the file has. */
export type PlaceOf = (finding: Pick<Finding, 'path' | 'key'>) => YamlPlace;

/** A YAML text that is read but not yet checked by any schema. */
export interface YamlSource {
  /** The value as written; undefined where there are faults. */
  readonly written: unknown;
  /** What is wrong with it as YAML. */
  readonly faults: readonly YamlProblem[];
  readonly placeOf: PlaceOf;
}

const readDocument = (
  document: Document,
): { readonly value: unknown } | { readonly faults: readonly Fault[] } => {
  const faults = yamlFaults(document);
  if (faults.length > 0) return { faults };
  if (document.contents === null) return { faults: [{ offset: 0, message: 'the file is empty' }] };
  keepDigits(document);
  const plain = plainValue(document);
  return 'offset' in plain ? { faults: [plain] } : plain;
};

const inOrder = (problems: readonly YamlProblem[]): readonly YamlProblem[] =>
  [...problems].sort((a, b) => a.line - b.line || a.column - b.column);

export const openYaml = (text: string, fileName: string): YamlSource => {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, stringKeys: true });
  const placeAt = (offset: number): YamlPlace => {
    // A text without a line break has no line starts but its own.
    const { line, col } = lineCounter.linePos(offset);
    return { file: fileName, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const read = readDocument(document);
  return {
    written: 'value' in read ? read.value : undefined,
    faults:
      'value' in read
        ? []
        : inOrder(read.faults.map(({ offset, message }) => ({ ...placeAt(offset), message }))),
    placeOf: (finding) => placeAt(offsetOf(document, finding)),
  };
};

/** What was found in the value as written, each with its place, in the order of the file. */
export const problemsIn = (
  { placeOf }: Pick<YamlSource, 'placeOf'>,
  findings: readonly Finding[],
): readonly YamlProblem[] =>
  inOrder(findings.map((finding) => ({ ...placeOf(finding), message: finding.message })));

/** Problems come in the order of the file. `extraChecks` are asked only of a value that fits the schema. */
export const checkYaml = <T>(
  source: YamlSource,
  schema: z.ZodType<T>,
  extraChecks?: ExtraChecks<T>,
): YamlResult<T> => {
  const { written, faults } = source;
  if (faults.length > 0) return { ok: false, problems: faults };
  const parsed = schema.safeParse(written);
  const findings: readonly Finding[] = parsed.success
    ? (extraChecks?.(parsed.data) ?? [])
    : findingsOf(parsed.error, written, schema);
  if (parsed.success && findings.length === 0) return { ok: true, value: parsed.data };
  return { ok: false, problems: problemsIn(source, findings) };
};

export const parseYaml = <T>(
  text: string,
  fileName: string,
  schema: z.ZodType<T>,
  extraChecks?: ExtraChecks<T>,
): YamlResult<T> => checkYaml(openYaml(text, fileName), schema, extraChecks);

const unreadable = (path: string, error: unknown): YamlProblem => {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  const why = error instanceof Error ? error.message : String(error);
  const message = isMissing ? 'there is no such file' : `the file cannot be read: ${why}`;
  return { file: path, line: 1, column: 1, message };
};

/** Reads; a file that cannot be read is a fault like any other. */
export const readYamlSource = async (path: string): Promise<YamlSource> => {
  try {
    return openYaml(await readFile(path, 'utf8'), path);
  } catch (error) {
    return {
      written: undefined,
      faults: [unreadable(path, error)],
      placeOf: () => ({ file: path, line: 1, column: 1 }),
    };
  }
};

/** Reads, parses and checks. */
export const readYaml = async <T>(
  path: string,
  schema: z.ZodType<T>,
  extraChecks?: ExtraChecks<T>,
): Promise<YamlResult<T>> => checkYaml(await readYamlSource(path), schema, extraChecks);

/** `mapping.yaml:12:5: unknown key "evnts"`: the form that editors and terminals make a link of. */
export const problemText = ({ file, line, column, message }: YamlProblem): string =>
  `${file}:${line}:${column}: ${message}`;
