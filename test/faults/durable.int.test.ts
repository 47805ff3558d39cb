/** What is acknowledged is durable: killed writers, syncs that fail, disks that are full, logs that are torn. */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { sqliteEventLog } from '../../adapters/stores/sqlite/index.ts';
import { luck } from '../../bench/luck.ts';
import { printed, startTickmark } from '../cli/command.ts';
import { BANK } from '../cli/command.ts';
import { writeCalls } from '../cli/calls.ts';
import { temporaryFolder } from '../contracts/temporary-folder.ts';
import { killWriters } from './kill-writer.ts';
import { numbered } from './numbered.ts';
import { heldIn, startWriter } from './writing.ts';

const folders = temporaryFolder();
afterAll(() => folders.remove());

/** `npm run faults` does it a thousand times. */
const KILLS = 25;
const SEED = 4;

const NUMBERS = new Map(
  Array.from({ length: 5_000 }, (_, number) => [numbered(number).id as string, number]),
);
const numberOf = (id: string): number => NUMBERS.get(id) ?? -1;
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, number) => number);

describe('a writer that is killed', () => {
  it(`has acknowledged nothing that is not in the log, ${KILLS} times`, async () => {
    const { lost, faults, acknowledged } = await killWriters(folders.fresh('log.db'), KILLS, luck(SEED));
    expect({ lost, faults }).toEqual({ lost: [], faults: [] });
    expect(acknowledged).toBeGreaterThanOrEqual(KILLS);
  });
});

const STRACE = spawnSync('strace', ['-V']).status === 0;
const NO_STRACE = 'strace is not on this machine: apt-get install strace';

/** What the kernel was asked for, one call a line. */
const traced = (file: string): readonly string[] => readFileSync(file, 'utf8').split('\n');

describe('an acknowledgement', () => {
  it('comes after a sync of what it acknowledges, each one', async (context) => {
    if (!STRACE) return context.skip(NO_STRACE);
    const trace = folders.fresh('trace.txt');
    const around = ['strace', '-f', '-qq', '-s', '32', '-e', 'trace=fsync,fdatasync,write', '-o', trace];
    const { acknowledged, code } = await startWriter([folders.fresh('log.db'), 0, 200], around).ended;
    expect([code, acknowledged.length]).toEqual([0, 200]);
    let synced = false;
    const unsynced: string[] = [];
    for (const line of traced(trace)) {
      if (/\bf(data)?sync\(\d+\) += 0/.test(line) || /resumed>\) += 0/.test(line)) synced = true;
      const [, number] = /\bwrite\(1, "(\d+)\\n"/.exec(line) ?? [];
      if (number === undefined) continue;
      if (!synced) unsynced.push(number);
      synced = false;
    }
    expect(unsynced).toEqual([]);
  });

  it.for([1, 8, 30])('is not given from the %i. sync on, when syncs fail', async (when, context) => {
    if (!STRACE) return context.skip(NO_STRACE);
    const file = folders.fresh('log.db');
    // Tables and the first event are there before the disk begins to fail.
    expect((await startWriter([file, 0, 1]).ended).code).toBe(0);
    const around = ['strace', '-f', '-qq', '-o', folders.fresh('trace.txt'), '-e', 'trace=fsync,fdatasync'];
    around.push('-e', `inject=fsync,fdatasync:error=EIO:when=${when}+`);
    const { acknowledged, code, stderr } = await startWriter([file, 1, 1_000], around).ended;
    expect([code, stderr]).toEqual([1, expect.stringContaining('disk I/O error')]);
    expect(acknowledged.length).toBeLessThan(when);
    const { numbers, faults } = await heldIn(file, numberOf);
    expect(faults).toEqual([]);
    // The one whose sync failed may be there or not; nobody was told that it is.
    expect(numbers.slice(0, acknowledged.length + 1)).toEqual(upTo(acknowledged.length + 1));
    expect(numbers.length).toBeLessThanOrEqual(acknowledged.length + 2);
  });
});

/** A disk of one megabyte; undefined where this user may not mount. */
const smallDisk = (): string | undefined => {
  const folder = folders.fresh('disk');
  mkdirSync(folder, { recursive: true });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
  if (mounted.status !== 0) return undefined;
  onTestFinished(() => void execFileSync('umount', [folder]));
  return folder;
};
const NO_MOUNT = 'this user may not mount a small disk';

describe('a disk that is full', () => {
  it('is told by a writer, which keeps what it has acknowledged', async (context) => {
    const disk = smallDisk();
    if (disk === undefined) return context.skip(NO_MOUNT);
    const file = join(disk, 'log.db');
    const { acknowledged, code, stderr } = await startWriter([file, 0]).ended;
    expect([code, stderr]).toEqual([1, expect.stringMatching(/full|disk I\/O error/)]);
    expect(acknowledged.length).toBeGreaterThan(10);
    const copy = folders.fresh('copy.db');
    for (const end of ['', '-wal']) if (existsSync(file + end)) copyFileSync(file + end, copy + end);
    const { numbers, faults } = await heldIn(copy, numberOf);
    expect(faults).toEqual([]);
    expect(numbers.slice(0, acknowledged.length)).toEqual(acknowledged);
  });

  it('is told by an import, which ends with 1 and goes on where there is room', async (context) => {
    const disk = smallDisk();
    if (disk === undefined) return context.skip(NO_MOUNT);
    const calls = folders.fresh('calls.txt');
    writeCalls(calls, 3_000);
    const importInto = (data: string) => [
      ...['import', calls, '--mapping', BANK.mapping, '--rules', BANK.rules, '--data', data],
    ];
    const { code, stdout, stderr } = await startTickmark(importInto(join(disk, 'data'))).ended;
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/error: the store failed: .*(full|I\/O)[^]*Look at the disk/);
    expect(stderr).not.toMatch(/this is a bug|\n {4}at /);
    const roomy = folders.fresh('roomy');
    execFileSync('cp', ['-r', join(disk, 'data'), roomy]);
    await printed(...importInto(roomy));
    expect(await printed('verify', '--data', roomy)).toMatch(/^Identical: /);
  });
});

describe('a log that was torn', () => {
  const EVENTS = 120;
  const TEARS = 120;

  /** A log whose events are all in its WAL, as files that can be copied. */
  const torn = async (): Promise<{ readonly file: string; readonly wal: Buffer }> => {
    const file = folders.fresh('log.db');
    const log = await sqliteEventLog(file);
    for (const number of upTo(EVENTS))
      await log.append([
        { stream: numbered(number).subject, expected: { at: 'any' }, events: [numbered(number)] },
      ]);
    const copy = folders.fresh('copy.db');
    copyFileSync(file, copy);
    const wal = readFileSync(`${file}-wal`);
    await log.close();
    return { file: copy, wal };
  };

  const opened = async (main: string, wal: Buffer, cut: number | undefined): Promise<readonly number[]> => {
    const file = folders.fresh('torn.db');
    copyFileSync(main, file);
    writeFileSync(`${file}-wal`, wal);
    if (cut !== undefined) truncateSync(`${file}-wal`, cut);
    const { numbers, faults } = await heldIn(file, numberOf);
    expect(faults).toEqual([]);
    return numbers;
  };

  it(`opens to a beginning of itself, cut off at ${TEARS} places`, async () => {
    const { file, wal } = await torn();
    expect(await opened(file, wal, undefined)).toEqual(upTo(EVENTS));
    const random = luck(SEED);
    const lengths = new Set<number>();
    for (let tear = 0; tear < TEARS; tear += 1) {
      const numbers = await opened(file, wal, Math.floor(random() * wal.length));
      expect(numbers).toEqual(upTo(numbers.length));
      lengths.add(numbers.length);
    }
    expect(lengths.size).toBeGreaterThan(TEARS / 4);
  });

  it(`opens to a beginning of itself, with a flipped bit at ${TEARS} places`, async () => {
    const { file, wal } = await torn();
    const random = luck(SEED + 1);
    let shortened = 0;
    for (let flip = 0; flip < TEARS; flip += 1) {
      const bent = Buffer.from(wal);
      // Behind the header of the WAL: a broken header is a WAL that is not there.
      const at = 32 + Math.floor(random() * (bent.length - 32));
      bent[at] = (bent[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      const numbers = await opened(file, bent, undefined);
      expect(numbers).toEqual(upTo(numbers.length));
      if (numbers.length < EVENTS) shortened += 1;
    }
    // Where a bit is flipped in what a later frame writes again, nothing is missing.
    expect(shortened).toBeGreaterThan(TEARS / 2);
  });
});
