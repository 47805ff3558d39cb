/** Webhooks and sources as the command line and a real process have them. */
import { createHmac } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startTickmark, tickmark } from '../cli/command.ts';
import { rowsOf } from '../cli/stored.ts';
import { temporaryFolder } from '../contracts/temporary-folder.ts';
import { githubSignal } from '../dialects/github-samples.ts';
import { startKept } from './kept.ts';
import { ask, untilReady } from './served.ts';

const folders = temporaryFolder();
const startProcess = startKept();
afterAll(() => folders.remove());

const SECRET = 'a-secret-of-a-test';
const SOURCES = `sources:
  code: { dialect: github, people: { ada: ada.king }, webhook: { secrets: [{ env: CODE_SECRET }] } }
  forge: { dialect: github, system: forge }
`;

const folderWith = (files: Readonly<Record<string, string>>): string => {
  const folder = folders.fresh('webhooks');
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
};

const OPENED = githubSignal('opened').raw;
const signed = (body: string, secret: string) => ({
  'x-github-event': 'issues',
  'x-github-delivery': 'guid-1',
  'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
});

const subjectsIn = (data: string): readonly string[] =>
  rowsOf(data, 'log.db', 'SELECT name FROM stream').map(([name]) => String(name));

describe('a process with sources', () => {
  it('takes what is signed, refuses what is not, and logs neither secret nor body', async () => {
    const folder = folderWith({ 'sources.yaml': SOURCES });
    const served = await startProcess(
      ['--data', join(folder, 'data'), '--sources', join(folder, 'sources.yaml')],
      { environment: { CODE_SECRET: SECRET, LOG_LEVEL: 'debug' } },
    );
    await untilReady(served);
    const post = (secret: string, place = 'code') =>
      ask(`${served.url}/signals/${place}`, {
        method: 'POST',
        headers: signed(OPENED, secret),
        body: OPENED,
      });
    expect((await post('another-secret')).status).toBe(401);
    expect((await post(SECRET, 'forge')).status).toBe(404);
    expect(await post(SECRET)).toMatchObject({ status: 202, body: expect.stringContaining('"appended":1') });
    served.signal('SIGTERM');
    const { code, stderr } = await served.ended;
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/signals\/code/);
    expect(stderr).toMatch(/"source":"code","because":"wrong-signature"/);
    expect(stderr).not.toContain(SECRET);
    expect(stderr).not.toContain('octocat');
    expect(subjectsIn(join(folder, 'data'))).toContain('ticket-octocat+hello+7');
  });

  it('does not start without its secrets', async () => {
    const folder = folderWith({ 'sources.yaml': SOURCES });
    const sources = ['--sources', join(folder, 'sources.yaml')];
    const serve = ['serve', '--port', '0', '--data', join(folder, 'data'), ...sources];
    for (const environment of [{}, { CODE_SECRET: 'short' }]) {
      const { code, stderr } = await startTickmark(serve, environment).ended;
      expect(code).toBe(2);
      expect(stderr).toMatch(/code: CODE_SECRET is (not set|shorter than 8 characters)/);
    }
  });
});

describe('sources check', () => {
  it('shows the doors, and ends with 2 while something is missing', async () => {
    const folder = folderWith({ 'sources.yaml': SOURCES, 'wrong.yaml': SOURCES.replace('github', 'gihtub') });
    const check = (file: string, environment = {}) =>
      startTickmark(['sources', 'check', join(folder, file)], environment).ended;
    const good = await check('sources.yaml', { CODE_SECRET: SECRET });
    expect(good).toMatchObject({ code: 0, stdout: expect.stringContaining('POST /signals/code (github)') });
    const missing = await check('sources.yaml');
    expect(missing).toMatchObject({ code: 2, stdout: expect.stringContaining('CODE_SECRET is not set') });
    const wrong = await check('wrong.yaml');
    expect(wrong).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /wrong\.yaml:2:20: there is no dialect "gihtub" \(did you mean github\?\)/,
      ),
    });
  });
});

describe('a topic of time records', () => {
  const RECORDS = `kafka:
  brokers: [localhost:9092]
  timeRecordTopic: tickmark.time-records
  sasl: { mechanism: plain, username: ann, password: { env: KAFKA_SECRET } }
sources: {}
`;

  it('is told of by sources check, with the secret that is missing', async () => {
    const folder = folderWith({ 'sources.yaml': RECORDS });
    const check = (environment = {}) =>
      startTickmark(['sources', 'check', join(folder, 'sources.yaml')], environment).ended;
    const said = 'Time records are published to the topic tickmark.time-records by tickmark serve';
    expect(await check()).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`${said}, but KAFKA_SECRET is not set.`),
    });
    expect(await check({ KAFKA_SECRET: SECRET })).toMatchObject({
      code: 0,
      stderr: expect.stringContaining(`${said}.`),
    });
  });

  it('is needed by whoever asks for the role by its name', async () => {
    const folder = folderWith({ 'sources.yaml': SOURCES });
    const how = ['--role', 'intake,project,publish,query', '--data', join(folder, 'data')];
    const { code, stderr } = await startTickmark(['serve', '--port', '0', ...how]).ended;
    expect(code).toBe(2);
    expect(stderr).toContain('the role publish needs a topic: name one in the file of --sources');
  });

  it('is not served without its secret', async () => {
    const folder = folderWith({ 'sources.yaml': RECORDS });
    const how = ['--sources', join(folder, 'sources.yaml'), '--data', join(folder, 'data')];
    const { code, stderr } = await startTickmark(['serve', '--port', '0', ...how]).ended;
    expect(code).toBe(2);
    expect(stderr).toContain('KAFKA_SECRET is not set');
  });
});

describe('import', () => {
  it('reads what a source sends: a file that is one message, or one a line', async () => {
    const lines = [githubSignal('opened', { number: 8 }).raw, '{"action":"closed"}'];
    const folder = folderWith({
      'sources.yaml': SOURCES,
      'one.json': JSON.stringify(JSON.parse(OPENED), null, 2),
      'many.log': `${lines.join('\n')}\n`,
    });
    const data = join(folder, 'data');
    const [one, many, sources] = ['one.json', 'many.log', 'sources.yaml'].map((name) => join(folder, name));
    const how = ['--sources', sources ?? '', '--source', 'forge', '--data', data];
    const read = await tickmark('import', one ?? '', many ?? '', ...how);
    expect(read.code, read.stderr).toBe(3);
    expect(subjectsIn(data)).toEqual(
      expect.arrayContaining(['ticket-forge.octocat+hello+7', 'ticket-forge.octocat+hello+8']),
    );
    const without = await tickmark('deadletters', 'retry', '--data', data);
    expect(without.stderr).toContain(
      'letters of forge, in github, are tried again with --sources FILE that names it',
    );
    const again = await tickmark('deadletters', 'retry', '--sources', sources ?? '', '--data', data);
    expect(again).toMatchObject({ code: 3, stdout: expect.stringContaining('0 of 1 dead letter resolved') });
  });

  it('asks whose messages they are', async () => {
    const folder = folderWith({ 'sources.yaml': SOURCES, 'one.json': OPENED });
    const how = [join(folder, 'one.json'), '--sources', join(folder, 'sources.yaml')];
    const nameless = await tickmark('import', ...how);
    expect(nameless).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Say it with --source: code, forge'),
    });
    const misspelt = await tickmark('import', ...how, '--source', 'cod');
    expect(misspelt).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('names no "cod" (did you mean code?)'),
    });
  });
});
