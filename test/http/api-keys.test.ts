/** API keys: how they are written, that nothing of them is repeated, and that every route needs the proof it declares. */
import { writeFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ApiKeys, holderOf, parseApiKeys, readApiKeys } from '../../adapters/http/api-keys.ts';
import { temporaryFolder } from '../contracts/temporary-folder.ts';
import { doors } from './door.ts';

const FIRST = 'first-key-of-sixteen-and-more';
const SECOND = 'c2Vjb25kLWtleS0wMQ==';

const holders = (keys: ApiKeys): readonly string[] => keys.map(({ holder }) => holder);
const parse = (text: string): ApiKeys => parseApiKeys(text, 'TICKMARK_API_KEYS');

describe('keys as they are written', () => {
  it.each([
    ['one', FIRST, ['key-1']],
    ['two with labels', `dashboard:${FIRST}, shop.v2:${SECOND}`, ['dashboard', 'shop.v2']],
    ['an old and a new one of one label', `shop:${FIRST},shop:${SECOND}`, ['shop', 'shop']],
    [
      'a file with comments',
      `# of the shop\r\nshop:${FIRST}\n\n#old:${FIRST}\n${SECOND}\n`,
      ['shop', 'key-2'],
    ],
  ])('%s are read', (_what, text, expected) => {
    const keys = parse(text);
    expect(holders(keys)).toEqual(expected);
    expect(holderOf(keys, FIRST)).toBe(expected[0]);
  });

  it.each([
    ['too short', `shop:${'x'.repeat(15)}`, 'key 1 has fewer than 16 characters'],
    ['a label alone', `${FIRST},shop:`, 'key 2 has fewer than 16 characters'],
    ['a blank within', `${FIRST} ${SECOND}`, 'key 1 has a character'],
    ['a second colon', `a:b:${FIRST}`, 'key 1 has a character'],
    ['letters that no header takes', 'schlüssel-schlüssel', 'key 1 has a character'],
    ['nothing', ' , \n', 'holds no key'],
    ['one twice', `a:${FIRST},${SECOND},b:${FIRST}`, 'key 3 is there already'],
  ])('%s is refused, and not repeated', (_what, text, says) => {
    const refused = (): ApiKeys => parse(text);
    expect(refused).toThrow(`TICKMARK_API_KEYS`);
    expect(refused).toThrow(says);
    expect(refused).not.toThrow(text.slice(-15));
  });

  it('are not in what is kept of them', () => {
    expect(inspect(parse(`shop:${FIRST}`), { depth: 9, maxStringLength: null })).not.toContain(FIRST);
  });

  it('fit whole or not at all', () => {
    const keys = parse(`a:${FIRST},b:${SECOND}`);
    expect(holderOf(keys, SECOND)).toBe('b');
    for (const shown of ['', FIRST.slice(1), `${FIRST} `, FIRST.toUpperCase(), `a:${FIRST}`])
      expect(holderOf(keys, shown)).toBeUndefined();
  });
});

describe('the place of keys', () => {
  const folders = temporaryFolder();
  afterAll(() => folders.remove());
  const file = folders.fresh('keys');
  writeFileSync(file, `shop:${FIRST}\n`);
  const from = (apiKeys?: string, apiKeysFile?: string) => readApiKeys({ apiKeys, apiKeysFile });

  it('is the environment, a file, or nowhere', async () => {
    expect(holders(await from(`a:${FIRST}`))).toEqual(['a']);
    expect(holders(await from(undefined, file))).toEqual(['shop']);
    expect(await from()).toEqual([]);
  });

  it('is one, and has to be there', async () => {
    await expect(from(FIRST, file)).rejects.toThrow('both set');
    await expect(from(undefined, folders.fresh('none'))).rejects.toThrow('cannot be read (ENOENT)');
  });
});

const { doorTo, close } = doors();
afterEach(close);

const Documented = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.object({ security: z.array(z.unknown()) }))),
});

/** Every operation that the process documents, and whether its document says that a key is needed. */
const operations = async (app: ReturnType<typeof doorTo>) => {
  const { paths } = Documented.parse((await app.inject('/openapi.json')).json());
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security }]) => ({
      method: method === 'post' ? ('POST' as const) : ('GET' as const),
      url: path.replaceAll(/\{\w+\}/g, 'some-id'),
      needsKey: security.length > 0,
    })),
  );
};

describe('a process with keys', () => {
  const keys = parse(`old:${FIRST},new:${SECOND}`);

  it('asks for one at every operation but those that say how it is', async () => {
    const known = await operations(doorTo(undefined, { keys }));
    const open = known.filter(({ needsKey }) => !needsKey).map(({ url }) => url);
    // What comes to a source proves itself.
    expect(open.toSorted()).toEqual(['/healthz', '/openapi.json', '/readyz', '/signals/some-id']);
    expect(known.filter(({ needsKey }) => needsKey).map(({ url }) => url)).toEqual(
      expect.arrayContaining(['/events', '/records', '/records/some-id/explain', '/reports/weekly']),
    );
  });

  it.each([
    ['nothing', {}, false],
    ['a key that is none of them', { authorization: 'Bearer first-key-of-sixteen-and-less' }, false],
    ['a key that is none of them in a header of its own', { 'x-api-key': `${FIRST}x` }, false],
    ['a key as a password', { authorization: `Basic ${FIRST}` }, false],
    ['a key by another scheme', { authorization: `Secret ${FIRST}` }, false],
    ['a key in the address', { referer: `http://localhost/?key=${FIRST}` }, false],
    ['two keys in one header', { authorization: `Bearer ${FIRST} ${SECOND}` }, false],
    ['one of them', { authorization: `Bearer ${FIRST}` }, true],
    ['the other one', { authorization: `bearer ${SECOND}` }, true],
    ['one in a header of its own', { 'x-api-key': SECOND }, true],
    [
      'one beside a header of somebody else',
      { authorization: 'Bearer of-a-proxy', 'x-api-key': FIRST },
      true,
    ],
  ])('and is shown %s, at every operation', async (_what, headers, fits) => {
    const app = doorTo(undefined, { keys });
    for (const { method, url, needsKey } of await operations(app)) {
      const answer = await app.inject({ method, url, headers });
      expect(answer.statusCode === 401, `${method} ${url}`).toBe(needsKey && !fits);
      expect(answer.body).not.toContain(FIRST);
    }
  });

  it('says with the problem how a key is shown', async () => {
    const answer = await doorTo(undefined, { keys }).inject('/records');
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringMatching(/^application.problem.json\b/),
      'www-authenticate': 'Bearer realm="tickmark"',
    });
    expect(answer.json()).toMatchObject({ type: 'https://tickmark.dev/problems/unauthorized', status: 401 });
  });

  it('has a key asked for by a route that declares nothing, and by its HEAD', async () => {
    const app = doorTo(undefined, { keys });
    app.get('/later', () => ({}));
    expect((await app.inject('/later')).statusCode).toBe(401);
    expect((await app.inject({ method: 'HEAD', url: '/records' })).statusCode).toBe(401);
    expect((await app.inject({ url: '/later', headers: { 'x-api-key': FIRST } })).statusCode).toBe(200);
  });

  it('tells who asks nothing of addresses that are not there but that', async () => {
    expect((await doorTo(undefined, { keys }).inject('/nowhere')).statusCode).toBe(404);
  });
});

it('a process without keys asks for none, and its document says so', async () => {
  const app = doorTo(undefined);
  const { paths } = Documented.parse((await app.inject('/openapi.json')).json());
  expect(paths['/records']?.['get']?.security).toContainEqual({});
  expect((await app.inject('/records')).statusCode).toBe(503);
});
