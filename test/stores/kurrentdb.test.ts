/** The parts of the stores on KurrentDB that need no server: names, strings, verdicts, memory, turns. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkConnectionString, redacted } from '../../adapters/stores/kurrentdb/connection-string.ts';
import { KurrentdbFailure, verdictOn } from '../../adapters/stores/kurrentdb/failure.ts';
import { knownStreams } from '../../adapters/stores/kurrentdb/known-streams.ts';
import { settingsOf } from '../../adapters/stores/kurrentdb/options.ts';
import { backoffMs } from '../../adapters/stores/kurrentdb/patience.ts';
import { wholeNumber } from '../../adapters/stores/kurrentdb/recorded.ts';
import {
  deadLetterStreamName,
  eventStreamName,
  eventStreamPattern,
  streamOfName,
} from '../../adapters/stores/kurrentdb/stream-name.ts';
import { inTurns, sideBySide } from '../../adapters/stores/kurrentdb/turns.ts';
import { eventId } from '../../schemas/brand.ts';
import { anyText } from '../contracts/any-event.ts';

describe('the name of a stream', () => {
  it.each([
    ['', 'call-4711', 'call-4711'],
    ['acme', 'call-4711', 'acme.call-4711'],
    ['', 'call-電話', 'call-電話'],
    ['', 'call-a\\b', 'call-a\\\\b'],
    ['', 'call-\ud800', 'call-\\ud800'],
    ['', 'call-😀', 'call-😀'],
  ])('in the name space "%s" of %j is %j', (namespace, stream, name) => {
    expect(eventStreamName(namespace, stream)).toBe(name);
  });

  it('is well-formed, and one stream has one name', () => {
    fc.assert(
      fc.property(anyText(40), fc.constantFrom('', 'acme'), (text, namespace) => {
        const name = eventStreamName(namespace, `call-${text}`);
        expect(name.isWellFormed()).toBe(true);
        expect(name).toMatch(new RegExp(eventStreamPattern(namespace)));
        expect(streamOfName(namespace, name)).toBe(`call-${text}`);
      }),
    );
  });

  it('is the name of nothing else', () => {
    const others = ['$all', '$ce-call', '$$call-1', 'acme.call-1', deadLetterStreamName(''), 'acme2.call-1'];
    expect(others.filter((name) => new RegExp(eventStreamPattern('')).test(name))).toEqual([]);
    const acmes = ['acme.call-1', 'call-1', deadLetterStreamName('acme'), 'acme2.call-1', 'acmeXcall-1'];
    expect(acmes.filter((name) => new RegExp(eventStreamPattern('acme')).test(name))).toEqual([
      'acme.call-1',
    ]);
  });

  it.each(['$all', 'call', 'Call-1', 'dead_letters-all', '-1', ''])('cannot be made of %j', (stream) => {
    expect(() => eventStreamName('', stream)).toThrow(RangeError);
  });

  it.each(['a-b', 'a.b', 'A', '$'])('has no name space like %j', (namespace) => {
    expect(() => settingsOf({ namespace })).toThrow(RangeError);
  });
});

describe('a connection string', () => {
  it.each([
    'esdb://127.0.0.1:2113?tls=false',
    'esdb://anna:s%40cret@db.example:2113',
    'esdb+discover://anna:secret@cluster.example?nodePreference=leader&keep-alive-interval=10000',
    'esdb://a:1,b:2,c:3?tls=true&tlsCAFile=/etc/ca.crt',
  ])('like %s is used', (text) => {
    expect(() => checkConnectionString(text)).not.toThrow();
  });

  it.each([
    ['kurrentdb://anna:secret@host', 'esdb://'],
    ['anna:secret@host:2113', 'esdb://'],
    ['esdb://anna:secret@', 'esdb://'],
    ['esdb://anna:se@cret@host', 'percent-encoded'],
    ['esdb://secret@host', 'percent-encoded'],
    ['esdb://anna:secret@host:port', 'name:port'],
    ['esdb://anna:secret@host?tlss=false', '"tlss"'],
    ['esdb://anna:secret@host?tls', '"tls" has no value'],
    ['esdb://anna:secret@host?throwOnAppendFailure=false', 'wrong revisions'],
    ['esdb://anna:secret@host?tlsVerifyCert=false', 'tlsCAFile'],
  ])('like %s is refused, and the words do not hold the password', (text, words) => {
    const refused = (): void => checkConnectionString(text);
    expect(refused).toThrow(expect.objectContaining({ code: 'bad-connection-string' }));
    expect(refused).toThrow(words);
    expect(refused).not.toThrow('secret');
  });

  it.each([
    ['esdb://anna:secret@host:2113?tls=true', 'esdb://host:2113'],
    ['esdb+discover://anna:se@cret@host', 'esdb+discover://host'],
    ['esdb://host:2113', 'esdb://host:2113'],
  ])('like %s is shown as %s', (text, shown) => {
    expect(redacted(text)).toBe(shown);
  });
});

describe('an error', () => {
  const typed = (type: string, code?: number) => Object.assign(new Error(type), { type, code });
  it.each([
    [typed('unavailable', 14), 'retry'],
    [typed('timeout', 10), 'retry'],
    [typed('deadline-exceeded'), 'retry'],
    [typed('cancelled', 1), 'retry'],
    [typed('not-leader', 5), 'retry'],
    [typed('unknown', 13), 'retry'],
    [typed('unknown', 2), 'retry'],
    [typed('unknown', 1), 'retry'],
    [typed('wrong-expected-version'), 'conflict'],
    [typed('access-denied', 7), 'fatal'],
    [typed('stream-deleted'), 'fatal'],
    [typed('maximum-append-size-exceeded'), 'fatal'],
    [typed('unknown'), 'fatal'],
    [
      Object.assign(new Error('Trying to read from an invalid position.'), { type: 'unknown', code: 2 }),
      'fatal',
    ],
    [new Error('Failed to discover after 10 attempts.'), 'retry'],
    [Object.assign(new Error('write after end'), { code: 'ERR_STREAM_WRITE_AFTER_END' }), 'retry'],
    [new KurrentdbFailure('unanswered', 'silence'), 'retry'],
    [new KurrentdbFailure('closed', 'closed'), 'fatal'],
    [new TypeError('undefined is not a function'), 'fatal'],
    ['a thrown text', 'fatal'],
  ] as const)('%s means: %s', (error, verdict) => {
    expect(verdictOn(error)).toBe(verdict);
  });
});

describe('waiting', () => {
  it.each([
    [1, 0, 100],
    [1, 1, 200],
    [2, 1, 400],
    [3, 0, 400],
    [9, 1, 30_000],
    [9, 0, 15_000],
    [5_000, 1, 30_000],
  ])('after failure %i with luck %d is %i ms', (attempt, luck, waitMs) => {
    expect(backoffMs({ first: 200, most: 30_000 }, attempt, luck)).toBe(waitMs);
  });
});

describe('what is remembered of streams', () => {
  const of = (version: number, ...ids: readonly string[]) => ({ version, ids: new Set(ids.map(eventId)) });

  it('is the latest, as many events as fit', () => {
    const known = knownStreams(4);
    known.put('a', of(1, 'a1', 'a2'));
    known.put('b', of(0, 'b1'));
    known.get('a');
    known.put('c', of(1, 'c1', 'c2'));
    expect(['a', 'b', 'c'].map((stream) => known.get(stream)?.version)).toEqual([1, undefined, 1]);
    known.put('d', of(4, 'd1', 'd2', 'd3', 'd4', 'd5'));
    expect(known.get('d')).toBeUndefined();
    known.put('a', of(3, 'a1', 'a2', 'a3', 'a4'));
    expect(['a', 'c'].map((stream) => known.get(stream)?.version)).toEqual([3, undefined]);
  });

  it('is bounded also where streams are empty', () => {
    const known = knownStreams(2);
    for (const stream of ['a', 'b', 'c']) known.put(stream, of(-1));
    expect(['a', 'b', 'c'].map((stream) => known.get(stream)?.version)).toEqual([undefined, -1, -1]);
  });
});

describe('work', () => {
  it('on one key goes one after the other, also after a failure, and on another at once', async () => {
    const turns = inTurns();
    const done: string[] = [];
    const first = Promise.withResolvers<undefined>();
    const work = (name: string, until?: Promise<unknown>) => async () => {
      await until;
      done.push(name);
      if (name === 'a1') throw new Error(name);
    };
    const all = [turns('a', work('a1', first.promise)), turns('a', work('a2')), turns('b', work('b1'))];
    await all[2];
    expect(done).toEqual(['b1']);
    first.resolve(undefined);
    expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual([
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(done).toEqual(['b1', 'a1', 'a2']);
  });

  it('side by side is so much at once and no more; a failure begins nothing more', async () => {
    let [running, most] = [0, 0];
    const begun: number[] = [];
    const work = async (item: number): Promise<void> => {
      begun.push(item);
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      if (item === 7) throw new Error('seven');
    };
    await sideBySide([1, 2, 3, 4, 5, 6], 2, work);
    expect([most, begun]).toEqual([2, [1, 2, 3, 4, 5, 6]]);
    await expect(sideBySide([7, 8, 9, 10], 2, work)).rejects.toThrow('seven');
    expect(begun).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

describe('a number off the wire', () => {
  it('is exact or nothing', () => {
    expect(wholeNumber(9_007_199_254_740_991n)).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => wholeNumber(9_007_199_254_740_992n)).toThrow('beyond');
  });
});
