/** The demo through the command line: the same week for everybody. */
import { afterAll, describe, expect, it } from 'vitest';
import { printed, tickmark } from './command.ts';
import { temporaryFolder } from '../contracts/temporary-folder.ts';

const folders = temporaryFolder();
afterAll(() => folders.remove());

describe('the demo', () => {
  it('prints the same bytes twice, and another week for another seed', async () => {
    const [one, two] = [folders.fresh('one'), folders.fresh('two')];
    const first = await tickmark('demo', '--data', one);
    expect(first.code, first.stderr).toBe(0);
    expect(await printed('demo', '--data', two)).toBe(first.stdout);
    expect(await printed('demo', '--data', folders.fresh('three'), '--seed', '7')).not.toBe(first.stdout);
    expect(await printed('verify', '--data', one)).toMatch(/^Identical: /);
  });

  it('says which command explains a figure, and that command works', async () => {
    const data = folders.fresh('explained');
    const { stderr } = await tickmark('demo', '--data', data);
    const id = /tickmark explain '([^']+)'/.exec(stderr)?.[1] ?? '';
    const explained = await printed('explain', id, '--data', data);
    expect(explained.split('\n')[0]).toBe(id);
    expect(explained).toContain('inferred');
  });
});
