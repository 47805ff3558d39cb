/** Connection strings: the scheme chooses the store, and nothing else of them is ever told. */
import { describe, expect, it } from 'vitest';
import { openerOf } from '../../adapters/connection.ts';
import { isDiskFull, isFatal } from '../../adapters/serve/store-failure.ts';

const STORES = { esdb: async () => 'a log', 'esdb+discover': async () => 'a cluster' };

describe('a connection string', () => {
  it.each([
    ['esdb://localhost:2113', 'a log'],
    ['ESDB://user:secret@localhost', 'a log'],
    ['esdb+discover://a,b,c', 'a cluster'],
  ])('%s opens what its scheme says', async (connection, opened) => {
    expect(await openerOf('log', connection, STORES)(connection)).toBe(opened);
  });

  it.each([
    [
      'mysql://root:secret@db',
      'TICKMARK_LOG (or --log) names "mysql://"; known here: esdb://, esdb+discover://;',
    ],
    ['secret', 'TICKMARK_LOG (or --log) holds no connection string (scheme://...)'],
    ['constructor://secret', 'names "constructor://"'],
    ['', 'holds no connection string'],
  ])('"%s" is refused with those that are known, and without what it holds', (connection, says) => {
    let told = '';
    try {
      openerOf('log', connection, STORES);
    } catch (error) {
      told = String(error);
    }
    expect(told).toContain(says);
    expect(told).not.toContain('secret');
  });

  it('is refused where no server is known', () => {
    expect(() => openerOf('answers', 'postgres://secret@db', {})).toThrow(
      'TICKMARK_ANSWERS (or --answers) names "postgres://"; known here: no server in this version',
    );
  });
});

describe('a failure of SQLite', () => {
  const failure = (errcode: number): Error => Object.assign(new Error('failed'), { errcode });

  it.each([
    ['an I/O error', 10, true],
    ['a failed fsync', 10 + 4 * 256, true],
    ['a damaged file', 11, true],
    ['no database', 26, true],
    ['a full disk', 13, false],
    ['a lock of another', 5, false],
  ])('%s: whether only a new process may go on', (_what, errcode, fatal) => {
    expect(isFatal(failure(errcode))).toBe(fatal);
  });

  it('is a full disk by its code, and nothing else is', () => {
    expect([13, 10].map((code) => isDiskFull(failure(code)))).toEqual([true, false]);
    expect([isDiskFull(new Error('no')), isFatal(undefined)]).toEqual([false, false]);
  });
});
