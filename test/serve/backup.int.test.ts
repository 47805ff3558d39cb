/** Backup and restore with the program: while it serves, into a fresh folder, to the same report byte for byte. */
import { writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { jsonLines, printed, tickmark } from '../cli/command.ts';
import { eventsIn } from '../cli/stored.ts';
import { temporaryFolder } from '../contracts/temporary-folder.ts';
import { hourOf } from './hours.ts';
import { startKept } from './kept.ts';
import { type Served, ask, postEvents, untilReady } from './served.ts';

const folders = temporaryFolder();
const startProcess = startKept();
afterAll(() => folders.remove());

const start: typeof startProcess = async (...how) => {
  const served = await startProcess(...how);
  await untilReady(served);
  return served;
};

const reportOf = (data: string): Promise<string> =>
  printed('report', 'week', '--week', 'all', '--format', 'json', '--data', data);

const untilProjected = async ({ url }: Served, position: number): Promise<void> => {
  for (;;) {
    const { body } = await ask(`${url}/readyz`);
    const { checks } = JSON.parse(body) as {
      readonly checks: { readonly projector: { readonly position: number } };
    };
    if (checks.projector.position === position) return;
  }
};

describe('a backup of a folder that is served', () => {
  it('gives the same events and the same report in a fresh folder', async () => {
    const [data, file, fresh] = ['data', 'copy', 'fresh'].map((name) => folders.fresh(name));
    if (!data || !file || !fresh) throw new Error('no folders');
    const served = await start(['--data', data]);
    const hours = Array.from({ length: 12 }, (_, n) => hourOf(`${n}`, n, n % 2 === 0 ? 'ann' : 'bob'));
    await postEvents(served, [...hours.flat(), '{"not":"ours"}']);
    await untilProjected(served, 24);
    const live = await ask(`${served.url}/reports/weekly?week=all`);
    expect(jsonLines(await printed('backup', file, '--data', data, '--json'))).toMatchObject([
      { events: 24, deadLetters: 1 },
    ]);
    served.signal('SIGTERM');
    expect((await served.ended).code).toBe(0);
    const restored = await printed('restore', file, '--data', fresh);
    expect(restored).toContain('24 events and 1 dead letter restored');
    expect(restored).toContain('derived again, under standard@1');
    expect(eventsIn(fresh)).toEqual(eventsIn(data));
    expect(await reportOf(fresh)).toBe(await reportOf(data));
    expect(await reportOf(fresh)).toBe(`${live.body}\n`);
    expect(await printed('verify', '--data', fresh)).toMatch(/^Identical: /);
    expect(await printed('deadletters', 'ls', '--data', fresh)).toContain('missing-field');
  });

  it('is of one moment while signals come in: what it holds is a beginning of the log', async () => {
    const [data, fresh] = [folders.fresh('busy'), folders.fresh('busy-restored')];
    const file = folders.fresh('busy-copy');
    const served = await start(['--data', data]);
    let acknowledged = 0;
    let isOver = false;
    const sending = (async () => {
      for (let number = 0; !isOver; number += 1) {
        const answer = await postEvents(served, hourOf(`${number}`, number % 20));
        if (answer.status !== 202) throw new Error(answer.body);
        acknowledged += 2;
      }
    })();
    while (acknowledged < 20) await ask(`${served.url}/healthz`);
    const before = acknowledged;
    await printed('backup', file, '--data', data);
    isOver = true;
    await sending;
    served.signal('SIGTERM');
    await served.ended;
    await printed('restore', file, '--data', fresh);
    const [copied, whole] = [eventsIn(fresh), eventsIn(data)];
    expect(whole).toHaveLength(acknowledged);
    expect(copied.length).toBeGreaterThanOrEqual(before);
    expect(copied).toEqual(whole.slice(0, copied.length));
  });
});

describe('what cannot be meant', () => {
  it.each([
    [
      'a folder that is not there',
      () => ['backup', folders.fresh('x'), '--data', folders.fresh('no')],
      1,
      /no log in/,
    ],
    [
      'a backup that is not there',
      () => ['restore', folders.fresh('x'), '--data', folders.fresh('no')],
      2,
      /no such file/,
    ],
  ] as const)('is refused: %s', async (_what, args, code, says) => {
    const refused = await tickmark(...args());
    expect(refused.code, refused.stderr).toBe(code);
    expect(refused.stderr).toMatch(says);
  });

  it('is refused: a restore over data', async () => {
    const data = folders.fresh('full');
    const events = folders.fresh('events.ndjson');
    const file = folders.fresh('copy');
    writeFileSync(events, `${hourOf('1', 9).join('\n')}\n`);
    await printed('import', events, '--data', data);
    await printed('backup', file, '--data', data);
    const refused = await tickmark('restore', file, '--data', data);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('holds something already');
    expect(eventsIn(data)).toHaveLength(2);
  });
});
