/** The demo of the README is what a process of its own prints, byte for byte. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../house/tree.ts';
import { pageAt } from './page.ts';
import { stepsOf } from './walkthrough.ts';

it('the first thing that the README shows is the real stdout of the demo', () => {
  const [block] = pageAt('README.md').blocks;
  if (!block) throw new Error('the README has no block');
  const [step] = stepsOf(block);
  expect(step?.command).toBe('npm ci && npm run demo');
  const folder = mkdtempSync(join(tmpdir(), 'tickmark-page-'));
  try {
    const program = join(ROOT, 'adapters/cli/tickmark.js');
    const out = execFileSync(process.execPath, [program, 'demo', '--data', folder], {
      encoding: 'utf8',
      env: { NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    expect(`${step?.output}\n`).toBe(out);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
