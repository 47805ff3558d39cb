/** Backup and restore: one moment of the log, checked, whole or not at all. */
import { mkdirSync, readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { backupLog, openDataFolder, restoreLog, sqliteEventLog } from '../../adapters/stores/sqlite/index.ts';
import type { EventLog } from '../../projections/ports.ts';
import type { TickmarkEvent } from '../../schemas/event.ts';
import { tamper } from '../cli/stored.ts';
import { collect, sampleEvent } from './store-samples.ts';
import { temporaryFolder } from './temporary-folder.ts';

const temporary = temporaryFolder();
afterAll(() => temporary.remove());

const append = (log: EventLog, ...events: readonly TickmarkEvent[]) =>
  log.append(events.map((event) => ({ stream: event.subject, expected: { at: 'any' }, events: [event] })));

const all = async (log: EventLog): Promise<readonly TickmarkEvent[]> =>
  (await collect(log.readAll(0))).map(({ event }) => event);

/** A data folder that a process holds open, with so many events. */
const folderOf = async (count: number) => {
  const path = temporary.fresh('data');
  const folder = await openDataFolder(path);
  const log = await sqliteEventLog(folder.logFile);
  await append(log, ...Array.from({ length: count }, (_, n) => sampleEvent(n)));
  const close = async (): Promise<void> => {
    await log.close();
    folder.release();
  };
  return { path, log, close };
};

const restored = async (file: string): Promise<readonly TickmarkEvent[]> => {
  const path = temporary.fresh('restored');
  await restoreLog(file, path);
  const folder = await openDataFolder(path);
  const log = await sqliteEventLog(folder.logFile);
  const events = await all(log);
  await log.close();
  folder.release();
  return events;
};

describe('a backup', () => {
  it('of a folder in use gives the same events in the same order', async () => {
    const { path, log, close } = await folderOf(20);
    const file = temporary.fresh('copy');
    expect(await backupLog(path, file, { replaces: false })).toMatchObject({ events: 20, deadLetters: 0 });
    expect(await restored(file)).toEqual(await all(log));
    await close();
  });

  it('is of one moment, and ends, however much is appended meanwhile', async () => {
    const { path, log, close } = await folderOf(500);
    const before = await all(log);
    const file = temporary.fresh('copy');
    let steps = 0;
    const onProgress = (): void => {
      steps += 1;
      void append(log, sampleEvent(1_000 + steps));
    };
    const copied = await backupLog(path, file, { replaces: false, pagesAStep: 1, onProgress });
    expect(copied.events).toBe(500);
    expect(steps).toBeGreaterThan(10);
    expect((await all(log)).length).toBe(500 + steps);
    expect(await restored(file)).toEqual(before);
    await close();
  });

  it('overwrites nothing unless it is told to', async () => {
    const { path, close } = await folderOf(1);
    const file = temporary.fresh('copy');
    writeFileSync(file, 'mine');
    const refusal = { code: 'backup-exists', nextStep: expect.stringContaining('--force') };
    await expect(backupLog(path, file, { replaces: false })).rejects.toMatchObject(refusal);
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect(await backupLog(path, file, { replaces: true })).toMatchObject({ events: 1 });
    expect(await restored(file)).toHaveLength(1);
    await close();
  });

  it('of what is no data folder is refused', async () => {
    const path = temporary.fresh('nothing');
    mkdirSync(path);
    const file = temporary.fresh('copy');
    await expect(backupLog(path, file, { replaces: false })).rejects.toMatchObject({
      code: 'data-folder-unreadable',
    });
  });

  it('of a log with a gap is refused, and leaves nothing behind', async () => {
    const { path, close } = await folderOf(5);
    await close();
    tamper(path, 'log.db', 'DELETE FROM event WHERE position = 2');
    const target = temporary.fresh('backups');
    mkdirSync(target);
    await expect(backupLog(path, join(target, 'copy'), { replaces: false })).rejects.toMatchObject({
      code: 'backup-unsound',
      message: expect.stringContaining('positions have gaps'),
    });
    expect(readdirSync(target)).toEqual([]);
  });
});

describe('a restore', () => {
  const backupOf = async (count: number): Promise<string> => {
    const { path, close } = await folderOf(count);
    const file = temporary.fresh('copy');
    await backupLog(path, file, { replaces: false });
    await close();
    return file;
  };

  it('overwrites nothing', async () => {
    const file = await backupOf(2);
    const { path, log, close } = await folderOf(7);
    await expect(restoreLog(file, path)).rejects.toMatchObject({ code: 'data-folder-not-empty' });
    expect(await all(log)).toHaveLength(7);
    await close();
  });

  it('takes an empty folder', async () => {
    const file = await backupOf(2);
    const path = temporary.fresh('volume');
    mkdirSync(path);
    expect(await restoreLog(file, path)).toMatchObject({ events: 2 });
    expect(readdirSync(path).toSorted()).toEqual(['log.db', 'tickmark.json']);
  });

  const damages: readonly (readonly [what: string, damage: (file: string) => void, says: RegExp])[] = [
    ['cut off', (file) => truncateSync(file, 20_000), /malformed|not a database|disk image/],
    ['no database', (file) => writeFileSync(file, 'nothing of the kind '.repeat(1_000)), /not a database/],
    ['an empty file', (file) => writeFileSync(file, ''), /holds no log/],
    [
      'without an event',
      (file) => {
        const database = new DatabaseSync(file);
        database.exec('DELETE FROM event WHERE position = 1');
        database.close();
      },
      /gaps/,
    ],
  ];

  it.each(damages)('refuses a backup that is %s, and makes no folder', async (_what, damage, says) => {
    const file = await backupOf(40);
    damage(file);
    const path = temporary.fresh('restored');
    await expect(restoreLog(file, path)).rejects.toMatchObject({
      code: 'backup-unsound',
      message: expect.stringMatching(says),
    });
    expect(() => readdirSync(path)).toThrow('ENOENT');
  });

  it('refuses the backup of a newer program', async () => {
    const file = await backupOf(1);
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 99');
    database.close();
    await expect(restoreLog(file, temporary.fresh('restored'))).rejects.toMatchObject({
      code: 'data-folder-newer',
    });
  });
});
