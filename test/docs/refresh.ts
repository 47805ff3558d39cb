/**
 * Writes what the program says now into the console blocks of the pages. Read the difference before you commit it.
 *
 *     node test/docs/refresh.ts
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../house/tree.ts';
import { type Page, allPages } from './page.ts';
import { type Played, play, textOf } from './walkthrough.ts';

const rewritten = ({ text }: Page, played: readonly Played[]): string => {
  const lines = text.split('\n');
  for (const { block, steps } of played.toReversed())
    lines.splice(block.line, block.text.split('\n').length, ...textOf(steps).split('\n'));
  return lines.join('\n');
};

for (const page of allPages()) {
  const folder = mkdtempSync(join(tmpdir(), 'tickmark-page-'));
  try {
    const text = rewritten(page, await play(page, folder));
    if (text !== page.text) writeFileSync(join(ROOT, page.path), text);
    process.stdout.write(`${text === page.text ? 'unchanged' : 'rewritten'}  ${page.path}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
