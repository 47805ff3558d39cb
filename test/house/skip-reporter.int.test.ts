/** The reporter in a real run: the exit code where a skip is allowed and where it is not, and the closing line. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from './tree.ts';

const CONFIG = `
import { skipReporter } from './house/test/house/skip-reporter.ts';
export default { test: { include: ['*.case.ts'], reporters: ['default', skipReporter('SHARED')] } };
`;
const SKIPS = `
import { it } from 'vitest';
it('runs', () => {});
it('needs data', (context) => context.skip('the data are elsewhere'));
`;
const BREAKS = "throw new Error('this file does not load');\n";

interface Run {
  readonly code: number;
  readonly lines: readonly string[];
}

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tickmark-skip-'));
  symlinkSync(ROOT, join(folder, 'house'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = async (test: string, CI: string, withData: boolean): Promise<Run> => {
  const shared = join(folder, 'data');
  if (withData) mkdirSync(shared);
  writeFileSync(join(folder, 'vitest.config.ts'), CONFIG.replace('SHARED', shared));
  writeFileSync(join(folder, 'a.case.ts'), test);
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [vitest, 'run'],
      { cwd: folder, env: { ...process.env, CI, NO_COLOR: '1' } },
      (_, stdout) => resolve({ code: child.exitCode ?? -1, lines: stdout.trimEnd().split('\n') }),
    );
  });
};

describe('a run with a skipped test', () => {
  it('passes at home, names the reason and closes with the plain line', async () => {
    const { code, lines } = await run(SKIPS, '', true);
    expect(lines.slice(-2)).toEqual([
      'skipped: needs data: the data are elsewhere',
      '1 passed, 0 failed, 1 skipped',
    ]);
    expect(code).toBe(0);
  });

  it('passes in CI where the data are missing', async () => {
    expect((await run(SKIPS, 'true', false)).code).toBe(0);
  });

  it('fails in CI where the data are present', async () => {
    const { code, lines } = await run(SKIPS, 'true', true);
    expect(lines.at(-2)).toBe('skipped where it must run: needs data: the data are elsewhere');
    expect(code).toBe(1);
  });
});

describe('a run with a file that does not load', () => {
  it('fails and counts it', async () => {
    const { code, lines } = await run(BREAKS, '', false);
    expect(lines.at(-1)).toBe('0 passed, 1 failed, 0 skipped');
    expect(code).toBe(1);
  });
});
