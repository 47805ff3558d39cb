/** The roles apart, on servers: the log on the protocol emulator of KurrentDB, the answers on a real PostgreSQL. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../contracts/temporary-folder.ts';
import { writeFileSync } from 'node:fs';
import { tickmark } from '../cli/command.ts';
import { startTickmark } from '../cli/command.ts';
import { type Emulator, startEmulator } from '../support/kurrentdb/start.ts';
import { type PostgresServer, startPostgres } from '../support/postgres/server.ts';
import { hourOf } from './hours.ts';
import { type Served, ask, askUntil, postEvents, startServe, untilReady } from './served.ts';

const folders = temporaryFolder();
let [emulator, postgres]: [Emulator | undefined, PostgresServer | undefined] = [undefined, undefined];
beforeAll(async () => {
  [emulator, postgres] = [await startEmulator(), await startPostgres()];
});
afterAll(async () => {
  await emulator?.kill();
  await postgres?.stop();
  folders.remove();
});

const HOUR_MS = 3_600_000;
const PEOPLE = ['ann', 'ben', 'cem', 'dora', 'eli', 'fay', 'gus', 'hal'];

/** An hour of everybody's at every hour from `from` to `to`. */
const hours = (from: number, to: number): readonly string[] =>
  PEOPLE.flatMap((who) =>
    Array.from({ length: to - from }, (_, hour) => hourOf(`${who}${from + hour}`, from + hour, who)).flat(),
  );

const sumsIn = (body: string): Readonly<Record<string, number>> => {
  const report: {
    readonly lines: readonly { readonly by: { agent: string }; readonly tally: { sumMs: number } }[];
  } = JSON.parse(body);
  return Object.fromEntries(report.lines.map(({ by, tally }) => [by.agent, tally.sumMs / HOUR_MS]));
};

const everybody = (count: number) => Object.fromEntries(PEOPLE.map((who) => [who, count]));

describe('intake, two projecting workers and a query process', () => {
  let environment: Readonly<Record<string, string>> = {};
  const started: Served[] = [];
  const start = async (...args: readonly string[]): Promise<Served> => {
    const served = await startServe(['--data', folders.fresh('data'), ...args], { environment });
    started.push(served);
    return served;
  };
  const reportUntil = async (query: Served, count: number): Promise<void> => {
    const url = `${query.url}/reports/weekly?week=2020-W02&by=agent`;
    await askUntil(
      url,
      ({ status, body }) => status === 200 && sumsIn(body)['ann'] === count && sumsIn(body)['hal'] === count,
    );
    expect(sumsIn((await ask(url)).body)).toEqual(everybody(count));
  };
  beforeAll(async () => {
    environment = {
      TICKMARK_LOG: emulator?.connectionString ?? '',
      TICKMARK_ANSWERS: (await postgres?.fresh()) ?? '',
    };
  });
  afterAll(() => {
    for (const served of started) served.signal('SIGKILL');
  });

  it('bring everybody’s hours into the report, through the death of a worker and other rules', async () => {
    const [intake, query] = [await start('--role', 'intake'), await start('--role', 'query')];
    const first = await start('--role', 'project', '--worker', '1/2');
    const second = await start('--role', 'project', '--worker', '2/2');
    await Promise.all([intake, first, second].map(untilReady));
    const posted = await postEvents(intake, hours(8, 10));
    expect(posted.status).toBe(202);
    await reportUntil(query, 2);

    second.signal('SIGKILL');
    await second.ended;
    expect((await postEvents(intake, hours(10, 12))).status).toBe(202);
    // Told again, it is known already.
    expect((await postEvents(intake, hours(8, 12))).status).toBe(202);
    const again = await start('--role', 'project', '--worker', '2/2');
    await untilReady(again);
    await reportUntil(query, 4);

    const rules = folders.fresh('half.yaml');
    writeFileSync(
      rules,
      'ruleSet: half\nversion: 1\nzone: UTC\nrules:\n  - { rule: task.work, on: task, start: TaskStarted, stop: TaskCompleted, maxSpan: 30m }\n',
    );
    const applied = startTickmark(['rules', 'apply', rules, '--data', folders.fresh('data')], environment);
    expect((await applied.ended).stderr).not.toMatch(/error/);
    // Thirty minutes of each hour count now.
    await reportUntil(query, 2);

    const verified = startTickmark(['verify', '--data', folders.fresh('data')], environment);
    expect((await verified.ended).stdout).toMatch(/^Identical: /);
    for (const served of [intake, query, first, again]) served.signal('SIGTERM');
    const ends = await Promise.all([intake, query, first, again].map(({ ended }) => ended));
    expect(ends.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  });
});

describe('a server that is not there', () => {
  it('is waited for: healthz is 200, readyz 503, and no password is printed', async () => {
    const environment = {
      TICKMARK_LOG: 'esdb://admin:secret-one@127.0.0.1:1?tls=false',
      TICKMARK_ANSWERS: 'postgres://tickmark:secret-two@127.0.0.1:1/tickmark',
    };
    const served = await startServe(['--data', folders.fresh('data')], { environment });
    expect((await ask(`${served.url}/healthz`)).status).toBe(200);
    const ready = await ask(`${served.url}/readyz`);
    expect(ready.status).toBe(503);
    served.signal('SIGTERM');
    const { code, stderr } = await served.ended;
    expect(code).toBe(0);
    expect(stderr + ready.body).not.toMatch(/secret/);
  });

  it('is told by a command, with what to do and without its password', async () => {
    const environment = {
      TICKMARK_LOG: emulator?.connectionString ?? '',
      TICKMARK_ANSWERS: 'postgres://tickmark:secret-two@127.0.0.1:1/tickmark',
    };
    const { code, stderr } = await startTickmark(
      ['report', 'week', '--data', folders.fresh('data')],
      environment,
    ).ended;
    expect([code, stderr]).toEqual([1, expect.stringContaining('127.0.0.1')]);
    expect(stderr).not.toMatch(/secret|this is a bug|\n {4}at /);
  });
});

describe('a connection string', () => {
  it.each([
    ['TICKMARK_LOG', 'redis://localhost', 'known here: esdb://, esdb+discover://'],
    ['TICKMARK_ANSWERS', 'mysql://localhost', 'known here: postgres://, postgresql://'],
  ])('of another scheme in %s is refused with those that are known', async (variable, value, says) => {
    const { code, stderr } = await startTickmark(['report', 'week', '--data', folders.fresh('data')], {
      [variable]: value,
    }).ended;
    expect([code, stderr]).toEqual([2, expect.stringContaining(says)]);
  });
});

describe('a worker', () => {
  it.each([
    [['--worker', '2/4'], 'needs the log and the answers on servers'],
    [['--worker', '5/4'], 'takes which one of how many'],
  ])('%o is refused on files', async (args, says) => {
    const { code, stderr } = await tickmark('serve', '--data', folders.fresh('data'), ...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(says)]);
  });
});
