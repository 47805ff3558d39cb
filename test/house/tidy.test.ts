/** The tidy house: its own files keep the rules, and each rule finds what it is there for. */
import { describe, expect, it } from 'vitest';
import { complaints } from './tidy.ts';
import { filesBelow, ROOT } from './tree.ts';

const TEXTS = ['.ts', '.js', '.cjs', '.md', '.yml', '.yaml', '.json', 'Dockerfile', 'run'];
/** Written by programs. */
const MADE = new Set(['package-lock.json']);

describe('the house', () => {
  it('is tidy', () => {
    const files = filesBelow(ROOT, TEXTS).filter(({ path }) => !MADE.has(path));
    expect(files.length).toBeGreaterThan(20);
    expect(complaints(files)).toEqual([]);
  });
});

const noun = '/** A noun. */\n';
const toDo = 'TO' + 'DO';

describe('a tidy rule finds', () => {
  it.each([
    [
      'a long engine file',
      'engine/a.ts',
      noun + 'x;\n'.repeat(200),
      'engine/a.ts has 201 lines; 200 is the most',
    ],
    [
      'a long test',
      'test/a.test.ts',
      noun + 'x;\n'.repeat(500),
      'test/a.test.ts has 501 lines; 500 is the most',
    ],
    [
      'a long adapter',
      'adapters/a.ts',
      noun + 'x;\n'.repeat(300),
      'adapters/a.ts has 301 lines; 300 is the most',
    ],
    [
      'a file without its noun',
      'engine/a.ts',
      'x;\n',
      'engine/a.ts:1 does not say what it is in a doc comment',
    ],
    [
      'a homeless file',
      'engine/span-utils.ts',
      noun,
      'engine/span-utils.ts has no noun for a name: what is it, and who owns it?',
    ],
    [
      'a homeless folder',
      'adapters/common/a.ts',
      noun,
      'adapters/common/a.ts has no noun for a name: what is it, and who owns it?',
    ],
    ['a camel', 'engine/dayEdge.ts', noun, 'engine/dayEdge.ts is not written in kebab-case'],
    ['blanks at the end of a line', 'a.md', 'x \n', 'a.md:1 ends in blanks'],
    ['a tab', 'a.yml', 'x\n\ty\n', 'a.yml:2 holds a tab'],
    ['no last line break', 'a.md', 'x', 'a.md does not end with exactly one line break'],
    ['two last line breaks', 'a.md', 'x\n\n', 'a.md does not end with exactly one line break'],
    ['what must be fixed', 'a.md', `${'FIX' + 'ME'} x\n`, `a.md:1 says ${'FIX' + 'ME'}, which cannot merge`],
    [
      'a debt without reason',
      'a.md',
      `${toDo} x\n`,
      `a.md:1 says ${toDo} without its category and reason: ${toDo}(speed): why`,
    ],
  ])('%s', (_, path, text, complaint) => {
    expect(complaints([{ path, text }])).toEqual([complaint]);
  });

  it('nothing in a tidy file', () => {
    const files = [
      { path: 'engine/day-edge.ts', text: noun + 'x;\n'.repeat(199) },
      { path: 'test/a.int.test.ts', text: noun },
      { path: 'README.md', text: `# A\n\n${toDo}(speed): one pass is enough\n` },
    ];
    expect(complaints(files)).toEqual([]);
  });
});
