/** The data folder: one process at a time, never a newer format, and free again however its process ended. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { openDataFolder } from '../../adapters/stores/sqlite/index.ts';
import { refuseOldSqlite } from '../../adapters/stores/sqlite/database.ts';
import { temporaryFolder } from './temporary-folder.ts';

const temporary = temporaryFolder();
afterAll(() => temporary.remove());

const MODULE = new URL('../../adapters/stores/sqlite/data-folder.ts', import.meta.url).href;

/** A process that opens the folder, says how that went, and stays until it is killed. */
const CHILD = `
  const { openDataFolder } = await import(${JSON.stringify(MODULE)});
  try {
    await openDataFolder(process.argv[1]);
    console.log('open');
    // Ends with its parent: a test that was cut off leaves no process behind.
    process.stdin.resume().once('end', () => process.exit());
  } catch (error) {
    console.log(JSON.stringify({ code: error.code, message: error.message, nextStep: error.nextStep }));
  }
`;

const child = (path: string): ChildProcess => {
  const args = ['--input-type=module', '-e', CHILD, path];
  const started = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void started.kill('SIGKILL'));
  return started;
};

const firstLine = (from: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    from.stdout?.once('data', (bytes: Buffer) => resolve(bytes.toString('utf8').trim()));
    from.once('error', reject);
  });

const ended = (process: ChildProcess): Promise<void> =>
  new Promise((resolve) => process.once('exit', () => resolve()));

describe('the data folder', () => {
  it('is made with a label, and is let go and opened again', async () => {
    const path = join(temporary.fresh('new'), 'deep', 'inside');
    const folder = await openDataFolder(path);
    expect(folder).toMatchObject({
      path,
      logFile: join(path, 'log.db'),
      answersFile: join(path, 'answers.db'),
    });
    const label: unknown = JSON.parse(readFileSync(join(path, 'tickmark.json'), 'utf8'));
    expect(label).toEqual({ format: 1, createdBy: 'tickmark 0.2.0' });
    folder.release();
    folder.release();
    (await openDataFolder(path)).release();
  });

  it('is refused a second time, with process, folder and what to do', async () => {
    const path = temporary.fresh('busy');
    const folder = await openDataFolder(path);
    const refusal = { code: 'data-folder-in-use', message: expect.stringContaining(path) };
    await expect(openDataFolder(path)).rejects.toMatchObject(refusal);
    await expect(openDataFolder(path)).rejects.toThrow(`process ${process.pid}`);
    const other: unknown = JSON.parse(await firstLine(child(path)));
    expect(other).toMatchObject({ ...refusal, nextStep: expect.stringContaining(String(process.pid)) });
    folder.release();
  });

  it('is free again when its process was killed', async () => {
    const path = temporary.fresh('killed');
    const holder = child(path);
    expect(await firstLine(holder)).toBe('open');
    await expect(openDataFolder(path)).rejects.toThrow(`process ${holder.pid}`);
    const end = ended(holder);
    holder.kill('SIGKILL');
    await end;
    (await openDataFolder(path)).release();
  });

  it('is rid of what a killed rebuild left once it is opened', async () => {
    const path = temporary.fresh('left');
    (await openDataFolder(path)).release();
    for (const name of ['answers.db', 'answers.db.fresh', 'answers.db.fresh-journal'])
      writeFileSync(join(path, name), '');
    const folder = await openDataFolder(path);
    expect(readdirSync(path).filter((name) => name.startsWith('answers'))).toEqual(['answers.db']);
    folder.release();
  });

  it('of a newer format is refused, and nothing is written into it', async () => {
    const path = temporary.fresh('newer');
    mkdirSync(path);
    writeFileSync(join(path, 'tickmark.json'), '{"format": 2, "createdBy": "tickmark 7.0.0"}');
    await expect(openDataFolder(path)).rejects.toMatchObject({
      code: 'data-folder-newer',
      message: expect.stringMatching(/format 2.*format 1/),
      nextStep: expect.stringContaining('Update Tickmark'),
    });
    expect(readdirSync(path)).toEqual(['tickmark.json']);
  });

  it.each([
    ['label that is not JSON', 'tickmark.json', '{'],
    ['label without a format', 'tickmark.json', '{"createdBy": "x"}'],
    ['format that is no whole number', 'tickmark.json', '{"format": 1.5}'],
    ['format below one', 'tickmark.json', '{"format": 0}'],
    ['log but no label', 'log.db', ''],
    ['lock that is no database', 'lock.db', 'not a database '.repeat(100)],
  ])('with a %s is refused', async (_what, name, text) => {
    const path = temporary.fresh('odd');
    mkdirSync(path);
    writeFileSync(join(path, name), text);
    await expect(openDataFolder(path)).rejects.toMatchObject({ code: 'data-folder-unreadable' });
  });

  it('that is a file is refused', async () => {
    const path = temporary.fresh('file');
    writeFileSync(path, '');
    await expect(openDataFolder(path)).rejects.toMatchObject({ code: 'data-folder-unreadable' });
  });
});

describe('the SQLite inside Node', () => {
  it.each(['3.51.2', '3.50.9', '2.99.99', '0'])('%s is refused', (version) => {
    expect(() => refuseOldSqlite(version)).toThrow(expect.objectContaining({ code: 'sqlite-too-old' }));
  });
  it.each(['3.51.3', '3.53.4', '3.52.0', '4.0.0'])('%s is taken', (version) => {
    expect(() => refuseOldSqlite(version)).not.toThrow();
  });
});
