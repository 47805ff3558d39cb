/** The lint rules: each finds the habit that it is there to stop, in the room where it stops it. */
import { ESLint } from 'eslint';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { filesBelow, ROOT } from './tree.ts';

/** Files that exist, because typed rules need a file of the project; their text is replaced. */
const STAND_IN = {
  schemas: 'schemas/brand.ts',
  engine: '',
  calendar: '',
  projections: 'projections/ports.ts',
  adapters: '',
  test: 'test/house/tidy.test.ts',
  int: 'test/house/lint.int.test.ts',
};
type Place = keyof typeof STAND_IN;

// In CI the typed rules would read the file of that name from the disk, in place of the text given here.
const parserOptions = { disallowAutomaticSingleRunInference: true };
const eslint = new ESLint({
  cwd: ROOT,
  overrideConfig: { files: ['**/*.ts'], languageOptions: { parserOptions } },
});
const rulesAgainst = async (place: Place, text: string): Promise<readonly string[]> => {
  const [result] = await eslint.lintText(`/** A noun. */\n${text}\n`, {
    filePath: join(ROOT, STAND_IN[place]),
  });
  return (result?.messages ?? []).map(({ ruleId }) => ruleId ?? 'syntax');
};

beforeAll(() => {
  const first = (start: string, not = '/none/') =>
    filesBelow(ROOT, ['.ts']).find(({ path }) => path.startsWith(start) && !path.startsWith(not))?.path;
  STAND_IN.engine = first('engine/', 'engine/calendar') ?? '';
  STAND_IN.calendar = first('engine/calendar') ?? '';
  STAND_IN.adapters = first('adapters/') ?? '';
});

const many = (count: number): string => 'export {};\n'.repeat(count);
const long = (line: string): string => `it(() => {\n${`  ${line};\n`.repeat(60)}});`;
const declared = 'declare const describe: (work: () => void) => void;\ndeclare const it: typeof describe;\n';

describe('lint finds', () => {
  it.each<[string, Place, string]>([
    ['no-restricted-globals', 'engine', 'export const a = (): number => Date.now();'],
    ['no-restricted-globals', 'engine', 'export const a = new Date(0);'],
    ['no-restricted-globals', 'schemas', 'export const a = process.env;'],
    ['no-restricted-globals', 'projections', 'console.log(1);'],
    ['no-restricted-globals', 'projections', 'setTimeout(() => undefined, 1);'],
    ['no-restricted-globals', 'projections', 'queueMicrotask(() => undefined);'],
    ['no-restricted-globals', 'projections', 'export const a = performance.now();'],
    ['no-restricted-globals', 'projections', 'export const a = crypto.randomUUID();'],
    ['no-restricted-globals', 'engine', "export const a = new Intl.NumberFormat('en');"],
    ['no-restricted-globals', 'calendar', 'export const a = Date.now();'],
    ['no-restricted-properties', 'engine', 'export const a = Math.random();'],
    ['no-restricted-syntax', 'engine', "export const a = 'x'.localeCompare('y');"],
    ['no-restricted-syntax', 'engine', 'export class A {}'],
    ['no-restricted-syntax', 'adapters', 'export default 1;'],
    ['no-restricted-syntax', 'adapters', "export * from 'zod';"],
    ['@typescript-eslint/no-explicit-any', 'adapters', 'export const a = (b: any): number => (b ? 1 : 2);'],
    [
      '@typescript-eslint/consistent-type-imports',
      'adapters',
      "import { ZodType } from 'zod';\nexport type A = ZodType;",
    ],
    [
      '@typescript-eslint/switch-exhaustiveness-check',
      'adapters',
      "export const a = (b: 'x' | 'y'): void => {\n  switch (b) {\n    case 'x':\n      return;\n  }\n};",
    ],
    ['max-lines', 'engine', many(200)],
    ['max-lines', 'adapters', many(300)],
    ['max-lines', 'test', many(500)],
    ['house/function-length', 'adapters', `${declared}${long('void 0')}`],
    ['house/function-length', 'test', `${declared}${long('void 0')}`],
    ['no-restricted-syntax', 'test', "it.only('x', () => undefined);"],
    ['no-restricted-syntax', 'test', "describe.todo('x');"],
    ['no-restricted-syntax', 'test', "it.skipIf(true)('x', () => undefined);"],
    ['no-restricted-syntax', 'test', 'export const a = Date.now();'],
    ['no-restricted-syntax', 'int', "it.only('x', () => undefined);"],
  ])('%s in %s, case %#', async (rule, place, text) => {
    expect(await rulesAgainst(place, text)).toContain(rule);
  });

  it.each<[string, Place, string]>([
    ['Intl in the calendar', 'calendar', "export const a = new Intl.NumberFormat('en');"],
    ['a clock in an adapter', 'adapters', 'export const a = Date.now();'],
    ['a clock in a test of real processes', 'int', 'export const a = Date.now();'],
    [
      'a long chapter of tests',
      'test',
      `${declared}${long('it(() => undefined)').replace('it', 'describe')}`,
    ],
    ['an engine file of 200 lines', 'engine', many(198)],
  ])('nothing against %s', async (_, place, text) => {
    expect(await rulesAgainst(place, text)).toEqual([]);
  });

  it('a comment that would silence it, and is not silenced', async () => {
    const text = '/* eslint-disable */\nexport const a = Date.now();';
    expect(await rulesAgainst('engine', text)).toContain('no-restricted-globals');
  });
});
