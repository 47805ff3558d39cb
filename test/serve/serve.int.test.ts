/** The live process: signals in, answers out, and a good end, whatever happens to it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { Report } from '../../schemas/report.ts';
import { openDataFolder } from '../../adapters/stores/sqlite/index.ts';
import { printed, startTickmark, tickmark } from '../cli/command.ts';
import { numberIn, rowsOf } from '../cli/stored.ts';
import { temporaryFolder } from '../contracts/temporary-folder.ts';
import { ROOT } from '../house/tree.ts';
import { hourOf } from './hours.ts';
import { startKept } from './kept.ts';
import { type Answer, ask, askUntil, postEvents, untilReady } from './served.ts';

const folders = temporaryFolder();
const start = startKept();
afterAll(() => folders.remove());

const HOUR_MS = 3_600_000;
const sumOf = ({ status, body }: Answer): number =>
  status === 200 ? Report.parse(JSON.parse(body)).total.sumMs : NaN;

/** Subjects of which the log holds anything. */
const subjectsIn = (data: string): ReadonlySet<string> =>
  new Set(rowsOf(data, 'log.db', 'SELECT name FROM stream').map(([name]) => String(name)));

describe('a process that serves', () => {
  it('takes signals, answers with them in the report, says what is repeated, and ends with 0', async () => {
    const data = folders.fresh('live');
    const served = await start(['--data', data]);
    await untilReady(served);
    const events = [...hourOf('1', 9), ...hourOf('2', 11)];
    expect(await postEvents(served, events)).toMatchObject({ status: 202 });
    const report = await askUntil(
      `${served.url}/reports/weekly?week=2020-W02`,
      (answer) => sumOf(answer) === 2 * HOUR_MS,
    );
    const again = JSON.parse((await postEvents(served, events)).body);
    expect(again).toMatchObject({ signals: 4, appended: 0, duplicates: 4 });
    served.signal('SIGTERM');
    const { code, stderr } = await served.ended;
    expect(code, stderr).toBe(0);
    const asked = ['report', 'week', '--week', '2020-W02', '--format', 'json', '--data', data];
    expect(await printed(...asked)).toBe(`${report.body}\n`);
    expect(await printed('verify', '--data', data)).toMatch(/^Identical: /);
  });

  it('tells other commands where it can be asked', async () => {
    const data = folders.fresh('held');
    const served = await start(['--data', data]);
    await untilReady(served);
    const refused = await tickmark('report', 'week', '--data', data);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(`in use by process ${served.pid}, which serves it at ${served.url}`);
    expect(refused.stderr).toContain(`curl ${served.url}/reports/weekly`);
    served.signal('SIGINT');
    expect((await served.ended).code).toBe(0);
    expect((await tickmark('report', 'week', '--data', data)).code).toBe(0);
  });

  it('finishes what is in hand when it is told to end under load: every 202 is in the log', async () => {
    const data = folders.fresh('load');
    const served = await start(['--data', data]);
    await untilReady(served);
    const acknowledged: string[] = [];
    const send = async (sender: number): Promise<void> => {
      for (let number = 0; ; number += 1) {
        const id = `${sender}-${number}`;
        const answer = await postEvents(served, hourOf(id, number % 20, `person-${sender}`)).catch(
          () => undefined,
        );
        if (answer?.status !== 202) return;
        acknowledged.push(`task-${id}`);
        if (acknowledged.length === 100) served.signal('SIGTERM');
      }
    };
    const startedMs = performance.now();
    await Promise.all(Array.from({ length: 8 }, (_, sender) => send(sender)));
    const { code, stderr } = await served.ended;
    expect(code, stderr).toBe(0);
    expect(performance.now() - startedMs).toBeLessThan(20_000);
    const stored = subjectsIn(data);
    expect(acknowledged.length).toBeGreaterThanOrEqual(100);
    expect(acknowledged.filter((subject) => !stored.has(subject))).toEqual([]);
    expect(await printed('verify', '--data', data)).toMatch(/^Identical: /);
  });

  it('has every 202 in the log also when it is killed', async () => {
    const data = folders.fresh('killed');
    const acknowledged: string[] = [];
    for (const round of [1, 2, 3]) {
      const served = await start(['--data', data]);
      await untilReady(served);
      const sent = async (sender: number): Promise<void> => {
        for (let number = 0; ; number += 1) {
          const id = `${round}-${sender}-${number}`;
          const answer = await postEvents(served, hourOf(id, 9, `p${sender}`)).catch(() => undefined);
          if (answer?.status !== 202) return;
          acknowledged.push(`task-${id}`);
          if (acknowledged.length === 40 * round) served.signal('SIGKILL');
        }
      };
      await Promise.all([1, 2, 3, 4].map(sent));
      expect((await served.ended).code).toBeNull();
    }
    const stored = subjectsIn(data);
    expect(acknowledged.filter((subject) => !stored.has(subject))).toEqual([]);
    expect(await printed('verify', '--data', data)).toMatch(/^Identical: /);
  });

  it('is not held up by connections that stay open, nor by a request that never arrives', async () => {
    const served = await start(['--data', folders.fresh('held-up')]);
    await untilReady(served);
    const { hostname, port } = new URL(served.url);
    const halves = [
      '',
      'GET /healthz HTTP/1.1\r\nhost: local',
      'GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n',
    ].map(
      (bytes) =>
        new Promise<void>((resolve) => {
          const socket = connect(Number(port), hostname, () => socket.write(bytes));
          socket
            .resume()
            .on('error', () => undefined)
            .on('close', () => resolve());
        }),
    );
    await ask(`${served.url}/healthz`);
    const startedMs = performance.now();
    served.signal('SIGTERM');
    const { code, stderr } = await served.ended;
    expect(code, stderr).toBe(0);
    expect(performance.now() - startedMs).toBeLessThan(10_000);
    await Promise.all(halves);
  });

  it('ends at once when it is told a second time', async () => {
    const served = await start(['--data', folders.fresh('twice')]);
    await untilReady(served);
    // A request whose body never comes holds the end up.
    const half = fetch(`${served.url}/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: new ReadableStream({ start: (body) => body.enqueue(Buffer.from('{')) }),
      duplex: 'half',
    }).catch(() => undefined);
    await ask(`${served.url}/healthz`);
    served.signal('SIGINT');
    await served.said(/SIGINT: finishing/);
    served.signal('SIGINT');
    expect((await served.ended).code).toBe(130);
    await half;
  });
});

describe('a process that serves a projector that fails', () => {
  it('says so, goes on taking signals, and catches up when it can', async () => {
    const data = folders.fresh('no-table');
    const served = await start(['--data', data]);
    await untilReady(served);
    await postEvents(served, hourOf('1', 9));
    const answers = new DatabaseSync(join(data, 'answers.db'));
    answers.exec('ALTER TABLE time_record RENAME TO away');
    expect((await postEvents(served, hourOf('2', 11))).status).toBe(202);
    const red = await askUntil(`${served.url}/readyz`, ({ status }) => status === 503);
    expect(JSON.parse(red.body)).toMatchObject({
      checks: { intake: { status: 'ok' }, projector: { status: 'failed' } },
    });
    expect((await ask(`${served.url}/healthz`)).status).toBe(200);
    answers.exec('ALTER TABLE away RENAME TO time_record');
    answers.close();
    await untilReady(served);
    await askUntil(`${served.url}/reports/weekly?week=2020-W02`, (answer) => sumOf(answer) === 2 * HOUR_MS);
    served.signal('SIGTERM');
    expect((await served.ended).code).toBe(0);
    expect(await printed('verify', '--data', data)).toMatch(/^Identical: /);
  });

  it('does not care whether anybody listens to its talk', async () => {
    const served = await start(['--data', folders.fresh('deaf')], { environment: { LOG_LEVEL: 'debug' } });
    await untilReady(served);
    served.stopListening();
    for (const hour of [9, 10, 11])
      expect((await postEvents(served, hourOf(`${hour}`, hour))).status).toBe(202);
    served.signal('SIGTERM');
    expect((await served.ended).code).toBe(0);
  });
});

describe('a process whose store is down', () => {
  it('is up, not ready, and recovers alone', async () => {
    const data = folders.fresh('locked');
    const held = await openDataFolder(data);
    const served = await start(['--data', data]);
    await served.said(/Not ready: .* in use/);
    expect(await ask(`${served.url}/healthz`)).toEqual({ status: 200, body: '{"status":"up"}' });
    const notReady = await ask(`${served.url}/readyz`);
    expect(notReady.status).toBe(503);
    expect(JSON.parse(notReady.body)).toMatchObject({
      checks: { log: { because: expect.stringContaining('data-folder-in-use') } },
    });
    expect((await postEvents(served, hourOf('1', 9))).status).toBe(503);
    expect((await ask(`${served.url}/reports/weekly`)).status).toBe(503);
    held.release();
    await untilReady(served);
    expect((await postEvents(served, hourOf('1', 9))).status).toBe(202);
    served.signal('SIGTERM');
    expect((await served.ended).code).toBe(0);
    expect(numberIn(data, 'log.db', 'SELECT count(*) FROM event')).toBe(2);
  });

  it('ends when it is told to, ready or not', async () => {
    const data = folders.fresh('never');
    const held = await openDataFolder(data);
    const served = await start(['--data', data]);
    await served.said(/Not ready/);
    served.signal('SIGTERM');
    expect((await served.ended).code).toBe(0);
    held.release();
  });

  it('acknowledges nothing that could not be written, says so, and ends with 1', async () => {
    const data = folders.fresh('no-space');
    // The log may grow to 200 blocks; the write beyond is an I/O error.
    const under = ['/bin/bash', '-c', `trap '' XFSZ; ulimit -f 200; exec "$@"`, 'limited'];
    const served = await start(['--data', data], { under, environment: { LOG_LEVEL: 'silent' } });
    await untilReady(served);
    const acknowledged: string[] = [];
    for (let number = 0; ; number += 1) {
      const events = Array.from({ length: 50 }, (_, hour) => hourOf(`${number}-${hour}`, hour % 20)).flat();
      const answer = await postEvents(served, events).catch(() => undefined);
      if (answer?.status !== 202) break;
      acknowledged.push(...Array.from({ length: 50 }, (_, hour) => `task-${number}-${hour}`));
    }
    const { code, stderr } = await served.ended;
    expect(code, stderr).toBe(1);
    expect(stderr).toMatch(/error: the store failed: disk I\/O error\. What was acknowledged is kept/);
    const stored = subjectsIn(data);
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(acknowledged.filter((subject) => !stored.has(subject))).toEqual([]);
  });

  it('acknowledges nothing whose sync failed, says so, and ends with 1', async (context) => {
    if (spawnSync('strace', ['-V']).status !== 0)
      return context.skip('strace is not on this machine: apt-get install strace');
    const data = folders.fresh('no-sync');
    await printed('rules', 'apply', join(ROOT, 'rules/standard.yaml'), '--data', data);
    const under = ['strace', '-f', '-qq', '-o', folders.fresh('trace.txt'), '-e', 'trace=fsync,fdatasync'];
    under.push('-e', 'inject=fsync,fdatasync:error=EIO:when=6+');
    const served = await start(['--data', data], { under, environment: { LOG_LEVEL: 'silent' } });
    await untilReady(served);
    const acknowledged: string[] = [];
    const refused: number[] = [];
    for (let number = 0; refused.length === 0 && number < 100; number += 1) {
      const answer = await postEvents(served, hourOf(`${number}`, number % 20)).catch(() => ({ status: 0 }));
      if (answer.status === 202) acknowledged.push(`task-${number}`);
      else refused.push(answer.status);
    }
    const { code, stderr } = await served.ended;
    expect(code, stderr).toBe(1);
    expect(refused).toEqual([503]);
    expect(stderr).toMatch(/error: the store failed: disk I\/O error/);
    expect(acknowledged.length).toBeGreaterThan(0);
    const stored = subjectsIn(data);
    expect(acknowledged.filter((subject) => !stored.has(subject))).toEqual([]);
    // The one whose sync failed may be there or not; nobody was told that it is.
    const tasks = [...stored].filter((subject) => subject.startsWith('task-'));
    expect(tasks.length).toBeLessThanOrEqual(acknowledged.length + 1);
  });
});

describe('a wrong configuration', () => {
  it('is refused as every command refuses it: a newer data folder', async () => {
    const data = folders.fresh('newer');
    mkdirSync(data);
    writeFileSync(join(data, 'tickmark.json'), '{"format":99,"createdBy":"tickmark 9.0.0"}\n');
    const { code, stderr } = await tickmark('serve', '--port', '0', '--data', data);
    expect(code).toBe(1);
    expect(stderr).toMatch(/format 99; this program reads up to format \d+[^]*Update Tickmark/);
  });

  const rules = folders.fresh('rules.yaml');
  writeFileSync(rules, 'ruleSet: broken\nversion: 1\nzone: Nowhere/Never\nrules: []\n');

  it.each([
    ['rules with errors', [], { TICKMARK_RULES: rules }, /is not a usable rule set/],
    [
      'an address that others can reach',
      ['--host', '0.0.0.0'],
      {},
      /can be reached .*: say --expose as well/,
    ],
    ['others let in without keys', ['--host', '0.0.0.0', '--expose'], {}, /there are no keys: name some in/],
    ['others let in to this machine', ['--expose'], { TICKMARK_API_KEYS: '' }, /there are no keys/],
    ['a key that is too short', [], { TICKMARK_API_KEYS: 'hunter2' }, /key 1 has fewer than 16 characters/],
    [
      'a file of keys that is not there',
      [],
      { TICKMARK_API_KEYS_FILE: '/no/such' },
      /cannot be read \(ENOENT/,
    ],
    ['a port that is none', ['--port', '99999'], {}, /--port takes a port/],
    ['a role that is none', ['--role', 'projct'], {}, /not "projct" \(did you mean project\?\)/],
    ['one role on files', ['--role', 'intake'], {}, /for one process, which has every role/],
    [
      'a log that nobody knows',
      [],
      { TICKMARK_LOG: 'mysql://root:hunter2@db' },
      /TICKMARK_LOG .*"mysql:\/\/"; known here/,
    ],
    [
      'answers that are no connection',
      ['--answers', 'hunter2'],
      {},
      /TICKMARK_ANSWERS .*no connection string/,
    ],
  ])('is refused with what to write instead: %s', async (_what, args, environment, says) => {
    const data = folders.fresh('wrong');
    const { code, stderr } = await startTickmark(['serve', '--data', data, ...args], environment).ended;
    expect(code, stderr).toBe(2);
    expect(stderr).toMatch(says);
    expect(stderr).not.toContain('hunter2');
  });

  it('is refused when the port is taken', async () => {
    const served = await start(['--data', folders.fresh('first')]);
    const { port } = new URL(served.url);
    const { code, stderr } = await tickmark('serve', '--port', port, '--data', folders.fresh('second'));
    expect(code).toBe(2);
    expect(stderr).toContain(`port ${port} of 127.0.0.1 is taken`);
    served.signal('SIGTERM');
    expect((await served.ended).code).toBe(0);
  });
});
