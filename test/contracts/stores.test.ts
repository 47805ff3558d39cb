/** Every enrolled store passes its contract; what SQLite keeps is there after a reopening. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { sqliteDeadLetters, sqliteEventLog, sqliteReadModels } from '../../adapters/stores/sqlite/index.ts';
import { actorId, instantMs, localDate } from '../../schemas/brand.ts';
import { ENROLLED, storeFiles } from './enrolled.ts';
import { memoryEventLog, memoryReadModels } from '../../adapters/stores/memory/index.ts';
import { readingStreamsContract } from './reading-streams.ts';
import { loadingRowsContract } from './loading-rows.ts';
import { sampleState } from './read-models.contract.ts';
import {
  collect,
  idOf,
  positionsOf,
  sampleEvent,
  sampleEvents,
  sampleLetter,
  samplePiece,
  sampleRecord,
} from './store-samples.ts';

describe.each([
  ['memory', memoryEventLog],
  ['sqlite', () => sqliteEventLog(storeFiles.fresh('log.db'))],
] as const)('an event log by streams: %s', (_name, makeLog) => readingStreamsContract(makeLog));

describe.each([
  ['memory', memoryReadModels],
  ['sqlite', () => sqliteReadModels(storeFiles.fresh('answers.db'))],
] as const)('read models that can be loaded: %s', (_name, makeStore) => loadingRowsContract(makeStore));

for (const enrolment of Object.values(ENROLLED)) for (const enrol of Object.values(enrolment)) enrol();

afterAll(() => storeFiles.remove());

const any = { at: 'any' } as const;
const day = localDate('1999-02-01');

describe('a SQLite file that is opened again', () => {
  it('holds the events, knows their ids and goes on counting', async () => {
    const file = storeFiles.fresh('log.db');
    const first = await sqliteEventLog(file);
    await first.append([{ stream: 'call-1', expected: any, events: sampleEvents(0, 3) }]);
    await first.close();
    const log = await sqliteEventLog(file);
    const [result] = await log.append([
      { stream: 'call-1', expected: { at: 'version', version: 2 }, events: sampleEvents(2, 5) },
    ]);
    expect(result).toMatchObject({ appended: 2, duplicates: 1, version: 4 });
    const all = await collect(log.readAll(0));
    expect(all).toEqual(sampleEvents(0, 5).map((event, at) => ({ position: at, version: at, event })));
    expect(await log.integrityCheck()).toEqual([]);
    await log.close();
  });

  it('holds what was acknowledged without being closed', async () => {
    const file = storeFiles.fresh('log.db');
    const [log, letters] = [await sqliteEventLog(file), await sqliteDeadLetters(file)];
    await log.append([{ stream: 'call-1', expected: any, events: sampleEvents(0, 3) }]);
    await letters.put([sampleLetter('a')]);
    const [sameLog, sameLetters] = [await sqliteEventLog(file), await sqliteDeadLetters(file)];
    expect(await collect(sameLog.readAll(0))).toHaveLength(3);
    expect(await sameLetters.list()).toEqual([sampleLetter('a')]);
    await Promise.all([log.close(), letters.close(), sameLog.close(), sameLetters.close()]);
  });

  it.each([true, false])('holds the rows and their checkpoint (durable: %s)', async (durable) => {
    const file = storeFiles.fresh('answers.db');
    const first = await sqliteReadModels(file, { durable });
    const record = sampleRecord('a');
    await first.transact(async (rows) => {
      await rows.putRecord(record, [samplePiece(record, day, 0, 1)]);
      await rows.save(sampleState(9));
    });
    await first.close();
    const models = await sqliteReadModels(file, { durable });
    expect(await models.state()).toEqual(sampleState(9));
    await models.transact(async (rows) => {
      await rows.putRecord(record, []);
      expect(await rows.piecesOf(actorId('AVI'), day)).toEqual([]);
    });
    await models.close();
  });

  it('knows no place of another life of the program: a power cut may have come in between', async () => {
    const file = storeFiles.fresh('answers.db');
    const models = await sqliteReadModels(file);
    await models.transact((rows) => rows.putRecord(sampleRecord('a'), []));
    const place = await models.changePlace();
    expect(await models.changesSince(place, 9)).toBeDefined();
    const store = new URL('../../adapters/stores/sqlite/index.ts', import.meta.url);
    const program = `
      const { sqliteReadModels } = await import(${JSON.stringify(store.href)});
      const models = await sqliteReadModels(${JSON.stringify(file)});
      console.log(String(await models.changesSince(${JSON.stringify(place)}, 9)));`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
    });
    expect(stdout.trim()).toBe('undefined');
    await models.close();
  });

  it('an append that fails half-way leaves nothing, and the next one begins where it began', async () => {
    const log = await sqliteEventLog(storeFiles.fresh('log.db'));
    const timeless = sampleEvent(2, 'call-2', { occurredAt: instantMs(NaN) });
    const failing = log.append([
      { stream: 'call-1', expected: any, events: sampleEvents(0, 2) },
      { stream: 'call-2', expected: any, events: [timeless] },
    ]);
    await expect(failing).rejects.toThrow('NOT NULL');
    expect(await collect(log.readAll(0))).toEqual([]);
    await log.append([{ stream: 'call-2', expected: { at: 'none' }, events: sampleEvents(5, 6, 'call-2') }]);
    expect(positionsOf(await collect(log.readAll(0)))).toEqual([0]);
    expect(await log.integrityCheck()).toEqual([]);
    await log.close();
  });
});

describe('a SQLite file that is not as it should be', () => {
  it('the integrity check names gaps', async () => {
    const file = storeFiles.fresh('log.db');
    const log = await sqliteEventLog(file);
    await log.append([{ stream: 'call-1', expected: any, events: sampleEvents(0, 3) }]);
    const other = new DatabaseSync(file);
    other.exec('DELETE FROM event WHERE position = 1');
    other.close();
    expect(await log.integrityCheck()).toEqual([
      'positions have gaps: 2 events up to position 2',
      'versions have gaps: call-1',
    ]);
    await log.close();
  });

  it('tables of a newer program are refused in the log and made anew in the answers', async () => {
    const file = storeFiles.fresh('log.db');
    const newer = new DatabaseSync(file);
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    await expect(sqliteEventLog(file)).rejects.toMatchObject({ code: 'data-folder-newer' });
    const models = await sqliteReadModels(file);
    expect(await models.state()).toBeUndefined();
    await models.close();
  });

  it('a file that is no database is refused', async () => {
    const file = storeFiles.fresh('log.db');
    writeFileSync(file, 'this is a diary, not a database. '.repeat(100));
    await expect(sqliteEventLog(file)).rejects.toMatchObject({ code: 'data-folder-unreadable' });
  });

  it('an id is 16 bytes in the file', async () => {
    const file = storeFiles.fresh('log.db');
    const log = await sqliteEventLog(file);
    await log.append([{ stream: 'call-1', expected: any, events: [sampleEvent(1)] }]);
    const other = new DatabaseSync(file);
    expect(other.prepare('SELECT hex(id) AS id FROM event').get()?.id).toBe(
      idOf('call-1 1').replaceAll('-', '').toUpperCase(),
    );
    other.close();
    await log.close();
  });
});
