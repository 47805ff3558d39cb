/** A page of the documentation: its fenced blocks, its tables, its links, and the command lines that it prints. */
import { filesBelow, ROOT } from '../house/tree.ts';

/** A fenced block. `directive` is the comment right before it: `<!-- file: calls.csv -->`. */
export interface Block {
  readonly language: string;
  readonly text: string;
  /** The line of the opening fence, from 1. */
  readonly line: number;
  readonly directive: { readonly verb: string; readonly name: string } | undefined;
}

export interface Page {
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

const FENCE = /^```(\w*)\s*$/;
const DIRECTIVE = /^<!-- (file|append): (\S+) -->$/;

const directiveBefore = (lines: readonly string[], fence: number): Block['directive'] => {
  const before = lines.slice(0, fence).findLast((line) => line.trim() !== '');
  const [, verb, name] = DIRECTIVE.exec(before ?? '') ?? [];
  return verb !== undefined && name !== undefined ? { verb, name } : undefined;
};

const blocksOf = (text: string): readonly Block[] => {
  const lines = text.split('\n');
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const [, language] = FENCE.exec(lines[at] ?? '') ?? [];
    if (language === undefined) {
      at += 1;
      continue;
    }
    const end = lines.indexOf('```', at + 1);
    if (end < 0) throw new Error(`line ${at + 1}: a block that never ends`);
    blocks.push({
      language,
      text: lines.slice(at + 1, end).join('\n'),
      line: at + 1,
      directive: directiveBefore(lines, at),
    });
    at = end + 1;
  }
  return blocks;
};

export const pageOf = (path: string, text: string): Page => ({ path, text, blocks: blocksOf(text) });

export const allPages = (): readonly Page[] =>
  filesBelow(ROOT, ['.md']).map(({ path, text }) => pageOf(path, text));

export const pageAt = (path: string): Page => {
  const page = allPages().find((one) => one.path === path);
  if (!page) throw new Error(`there is no page ${path}`);
  return page;
};

/** The page without its blocks. */
const proseOf = ({ text }: Page): string => text.replace(/^```[^]*?^```$/gm, '');

export const headingsOf = (page: Page): readonly string[] =>
  [...proseOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);

/** The anchor that a heading gets: lower case, without punctuation, blanks as dashes. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

/** Targets within the house; what leads outside is not looked at. */
export const linksOf = (page: Page): readonly string[] =>
  [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));

const cellsOf = (line: string): readonly string[] =>
  line
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim().replaceAll('`', ''));

/** The rows of the first table whose header begins with these columns. Backticks are left out. */
export const tableOf = (page: Page, ...columns: readonly string[]): readonly (readonly string[])[] => {
  const lines = proseOf(page).split('\n');
  const start = lines.findIndex(
    (line) => line.startsWith('|') && columns.every((column, index) => cellsOf(line)[index] === column),
  );
  if (start < 0) throw new Error(`${page.path} has no table of ${columns.join(', ')}`);
  const rest = lines.slice(start + 2);
  const end = rest.findIndex((line) => !line.startsWith('|'));
  return rest.slice(0, end < 0 ? undefined : end).map(cellsOf);
};

/** Every `tickmark ...` that the page tells somebody to type: in blocks and in running text. */
export const commandLinesOf = (page: Page): readonly string[] => {
  const inBlocks = page.blocks
    .filter(({ language }) => language === 'sh' || language === 'console')
    .flatMap(({ text, language }) =>
      text.split('\n').filter((line) => language === 'sh' || line.startsWith('$ ')),
    )
    .flatMap((line) => /(?:^|\s)tickmark (.*)$/.exec(line)?.[1] ?? []);
  const inText = [...proseOf(page).matchAll(/`(?:npx )?tickmark ([^`\n]+)`/g)].map(([, words = '']) => words);
  return [...inBlocks, ...inText];
};

/** Every script that the page tells somebody to run with npm. */
export const scriptsOf = ({ text }: Page): readonly string[] => [
  ...[...text.matchAll(/npm run ([\w:-]+)/g)].map(([, script = '']) => script),
  ...(text.includes('npm test') ? ['test'] : []),
];
