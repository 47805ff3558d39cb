/** What of a rule file can be read although other parts of it cannot: the whole, less the rules that are broken. */
import { RuleSet } from '../schemas/rule-set.ts';
import { type Finding, findingsOf } from './yaml-findings.ts';

type Path = Finding['path'];

export interface ReadableRules {
  /** Undefined where too little is left. */
  readonly ruleSet: RuleSet | undefined;
  /** What the schema says against the file; paths lead into it as written. */
  readonly findings: readonly Finding[];
  /** From a path into `ruleSet` to the path as written. */
  readonly pathAsWritten: (path: Path) => Path;
}

/** So that what is missing above the rules does not keep them from being read. */
const STAND_INS = { ruleSet: 'unnamed', version: 1, zone: 'UTC' };

const isKeyed = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A broken rule goes as a whole: without one of its clauses it would say something else. */
const brokenPart = ({ path: [top, part], key }: Finding): Path => {
  if (top === undefined) return key === undefined ? [] : [key];
  return part === undefined ? [top] : [top, part];
};

const keyOf = (path: Path): string => JSON.stringify(path);

/** The value without what is in `gone`, two levels deep. */
const lessBroken = (value: unknown, gone: ReadonlySet<string>, base: Path = []): unknown => {
  const stays = (step: string | number): boolean => !gone.has(keyOf([...base, step]));
  if (base.length > 1) return value;
  if (Array.isArray(value)) return value.filter((_, place) => stays(place));
  if (!isKeyed(value)) return value;
  const kept = Object.entries(value).filter(([key]) => stays(key));
  return Object.fromEntries(kept.map(([key, part]) => [key, lessBroken(part, gone, [...base, key])]));
};

const asWritten =
  (gone: ReadonlySet<string>) =>
  (path: Path): Path => {
    const [top, place, ...rest] = path;
    if (top === undefined || typeof place !== 'number') return path;
    let at = -1;
    for (let left = place; left >= 0; left -= 1)
      do at += 1;
      while (gone.has(keyOf([top, at])));
    return [top, at, ...rest];
  };

export const readableRules = (written: unknown): ReadableRules => {
  const gone = new Set<string>();
  let told: readonly Finding[] | undefined;
  for (;;) {
    const left = lessBroken(written, gone);
    const value = gone.size > 0 && isKeyed(left) ? { ...STAND_INS, ...left } : left;
    const parsed = RuleSet.safeParse(value);
    const pathAsWritten = asWritten(gone);
    if (parsed.success) return { ruleSet: parsed.data, findings: told ?? [], pathAsWritten };
    const findings = findingsOf(parsed.error, value, RuleSet).map((finding) => ({
      ...finding,
      path: pathAsWritten(finding.path),
    }));
    told ??= findings;
    const before = gone.size;
    for (const finding of findings) gone.add(keyOf(brokenPart(finding)));
    if (gone.size === before) return { ruleSet: undefined, findings: told, pathAsWritten };
  }
};
