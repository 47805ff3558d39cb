/** What the pages point at exists: commands and flags, links and headings, scripts. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../house/tree.ts';
import { type CommandHelp, faultsOf, readCommands } from './command-tree.ts';
import {
  type Page,
  allPages,
  anchorOf,
  commandLinesOf,
  headingsOf,
  linksOf,
  pageOf,
  scriptsOf,
} from './page.ts';

const pages = allPages();

const brokenLinks = (page: Page): readonly string[] =>
  linksOf(page).filter((link) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? join(ROOT, page.path) : resolve(ROOT, dirname(page.path), path);
    if (path !== '' && !existsSync(target)) return true;
    if (anchor === undefined) return false;
    const to = path === '' ? page : pages.find((one) => one.path === relative(ROOT, target));
    return !to || !headingsOf(to).map(anchorOf).includes(anchor);
  });

describe('every page', () => {
  let known: ReadonlyMap<string, CommandHelp>;
  beforeAll(async () => {
    known = await readCommands();
  });

  it('names commands and flags that exist', () => {
    const lines = pages.flatMap(commandLinesOf);
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.flatMap((line) => faultsOf(line, known))).toEqual([]);
  });

  it.each([
    ['import FILE --maping M', ['tickmark import FILE --maping M: --maping is no flag']],
    ['report year', ['tickmark report year: year is no command']],
    ['what-if --rules=a.yaml -r b.yaml', []],
    ['deadletters ls|forget', ['tickmark deadletters forget: forget is no command']],
    ['verify --data d > out.txt # --no-such', []],
  ])('would be told of `tickmark %s`', (line, faults) => {
    expect(faultsOf(line, known)).toEqual(faults);
  });

  it('links to what is there', () => {
    expect(pages.flatMap(linksOf).length).toBeGreaterThan(10);
    expect(pages.flatMap((page) => brokenLinks(page).map((link) => `${page.path}: ${link}`))).toEqual([]);
  });

  it('would be told of a dead link', () => {
    const page = pageOf(
      'docs/page.md',
      '# Here\n\n[a](gone.md) [b](#here) [c](#there) [d](../README.md) [e](https://a.b)\n',
    );
    expect(brokenLinks(page)).toEqual(['gone.md', '#there']);
  });

  it('names npm scripts that exist', () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(
      readFileSync(join(ROOT, 'package.json'), 'utf8'),
    );
    const named = pages.flatMap(scriptsOf);
    expect(named).toContain('demo');
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});
