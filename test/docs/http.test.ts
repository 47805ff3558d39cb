/** The requests that the page about HTTP shows, sent in the order of the page: each is answered, and as it is shown. */
import { afterEach, expect, it } from 'vitest';
import { STANDARD_RULES } from '../../adapters/cli/context.ts';
import { readRules } from '../../adapters/rule-file.ts';
import type { Workspace } from '../../adapters/workspace.ts';
import { instantMs } from '../../schemas/brand.ts';
import { doors, untilCaughtUp } from '../http/door.ts';
import { type Block, pageAt } from './page.ts';
import { wordsOf } from './words.ts';

/** When the signals of the page are received. */
const AFTERWARDS = instantMs(Date.UTC(2025, 2, 4));

const { doorTo, openRoom, close } = doors();
afterEach(close);

/** A log in memory does not count its events; the one of a data folder does. */
const withSize = (workspace: Workspace): Workspace => {
  const size = async (): Promise<number> => {
    let events = 0;
    for await (const page of workspace.log.readAll(0)) events += page.length;
    return events;
  };
  return { ...workspace, log: { ...workspace.log, size } };
};

interface Shown {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

const headerIn = (word: string): readonly [string, string] => {
  const at = word.indexOf(':');
  return [word.slice(0, at), word.slice(at + 1).trim()];
};

/** `curl URL -H 'name: value' -d 'body'` */
const requestOf = (words: readonly string[]): Shown => {
  const after = (flag: string): readonly string[] =>
    words.flatMap((word, at) => (words[at - 1] === flag ? [word] : []));
  const { pathname, search } = new URL(words[1] ?? '');
  const [body] = after('-d');
  return {
    method: body === undefined ? 'GET' : 'POST',
    url: `${pathname}${search}`,
    headers: Object.fromEntries(after('-H').map(headerIn)),
    ...(body === undefined ? {} : { body }),
  };
};

const requestsIn = ({ text }: Block): readonly Shown[] =>
  text
    .split(/^(?=curl )/m)
    .filter((part) => part.startsWith('curl '))
    .map((part) => requestOf(wordsOf(part)));

/** `3a8e...` stands for an id that begins so; how long ago the last sign of life was is never the same. */
const meant = (shown: unknown): unknown => {
  if (typeof shown === 'string' && shown.endsWith('...'))
    return expect.stringMatching(new RegExp(`^${shown.slice(0, -3)}`));
  if (Array.isArray(shown)) return shown.map(meant);
  if (typeof shown !== 'object' || shown === null) return shown;
  return Object.fromEntries(
    Object.entries(shown).map(([key, value]) => [
      key,
      key === 'sinceBeatMs' ? expect.any(Number) : meant(value),
    ]),
  );
};

it('are answered, and what follows one is its answer', async () => {
  const { room } = await openRoom(withSize, { fallback: await readRules(STANDARD_RULES) });
  const app = doorTo(room.station, { now: () => AFTERWARDS });
  await untilCaughtUp(room, 0);
  const { blocks } = pageAt('docs/http.md');
  let [asked, compared] = [0, 0];
  for (const [at, block] of blocks.entries()) {
    if (block.language !== 'sh') continue;
    const answers = [];
    for (const request of requestsIn(block)) {
      const answer = await app.inject(request);
      expect(answer.statusCode, `${request.url} ${answer.body}`).toBe(request.method === 'POST' ? 202 : 200);
      if (request.method === 'POST') await untilCaughtUp(room, answer.json<{ appended: number }>().appended);
      answers.push(answer);
      asked += 1;
    }
    const next = blocks[at + 1];
    if (next?.language !== 'json') continue;
    expect(answers.at(-1)?.json()).toEqual(meant(JSON.parse(next.text)));
    compared += 1;
  }
  expect([asked, compared]).toEqual([9, 3]);
});
