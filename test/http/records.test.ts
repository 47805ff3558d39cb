/** The lists over HTTP: pages that are whole whatever is added meanwhile, filters, and how one record is known. */
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { LetterPage } from '../../adapters/http/routes/dead-letters.ts';
import { Explanation } from '../../adapters/http/routes/explain.ts';
import { RecordPage } from '../../adapters/http/routes/records.ts';
import { TimerPage } from '../../adapters/http/routes/timers.ts';
import { STANDARD_RULES } from '../../adapters/cli/context.ts';
import { readRules } from '../../adapters/rule-file.ts';
import { hourOf } from '../serve/hours.ts';
import { batchOf, doors, post, untilCaughtUp } from './door.ts';

const { doorTo, openRoom, close } = doors();
afterEach(close);

const Paged = z.looseObject({
  items: z.array(z.looseObject({ id: z.string() })),
  next: z.string().optional(),
});

const page = async (app: FastifyInstance, url: string) => {
  const answer = await app.inject(url);
  expect(answer.statusCode, answer.body).toBe(200);
  return { ...Paged.parse(answer.json()), link: answer.headers['link'] };
};

/** The ids of every page, one page after the other; `between` runs before each next one is asked for. */
const walk = async (
  app: FastifyInstance,
  url: string,
  between: () => Promise<void> = async () => undefined,
): Promise<readonly (readonly string[])[]> => {
  const pages: string[][] = [];
  let at: string | undefined = url;
  while (at !== undefined) {
    if (pages.length > 0) await between();
    if (pages.length > 20) throw new Error(`the pages never end: ${at}`);
    const { items, link } = await page(app, at);
    pages.push(items.map(({ id }) => id));
    at = /^<(.*)>; rel="next"$/.exec(String(link ?? ''))?.[1];
  }
  return pages;
};

const taskIds = (...ids: readonly (string | number)[]): readonly string[] =>
  ids.map((id) => `task-${id}/task.work#1@ann`);

describe('GET /records', () => {
  /** Tasks 1 to 7, an hour each, at 1:00 to 7:00; the last two begin together. */
  const openWeek = async () => {
    const { room, app } = await openRoom();
    const hours = [1, 2, 3, 4, 5, 6, 6].flatMap((hour, at) => hourOf(`${at + 1}`, hour));
    await post(app, batchOf(...hours, ...hourOf('b', 12, 'bob')));
    await untilCaughtUp(room, 16);
    return { room, app };
  };

  it.each([
    [1, [1, 1, 1, 1, 1, 1, 1, 1]],
    [3, [3, 3, 2]],
    [4, [4, 4]],
    [8, [8]],
    [1000, [8]],
  ])('in pages of %s is every record once, in order, and the last page has no next', async (limit, sizes) => {
    const { app } = await openWeek();
    const pages = await walk(app, `/records?limit=${limit}`);
    expect(pages.map(({ length }) => length)).toEqual(sizes);
    expect(pages.flat()).toEqual([...taskIds(1, 2, 3, 4, 5, 6, 7), 'task-b/task.work#1@bob']);
  });

  it('says where it goes on in the body as in the header, and keeps what was asked for', async () => {
    const { app } = await openWeek();
    const { next, link } = await page(app, '/records?who=ann&limit=2&week=2020-W02');
    expect(link).toBe(`</records?who=ann&limit=2&week=2020-W02&cursor=${next}>; rel="next"`);
    const second = await page(app, `/records?who=ann&limit=2&cursor=${next}`);
    expect(second.items.map(({ id }) => id)).toEqual(taskIds(3, 4));
  });

  it('misses and repeats nothing that was there, whatever is added between two pages', async () => {
    const { room, app } = await openWeek();
    let more = 0;
    const add = async (): Promise<void> => {
      more += 1;
      // One before everything, one at the very end.
      await post(app, batchOf(...hourOf(`early-${more}`, 0), ...hourOf(`late-${more}`, 22)));
      await untilCaughtUp(room, 16 + 4 * more);
    };
    const seen = (await walk(app, '/records?limit=3', add)).flat();
    expect(seen.filter((id) => !/early|late/.test(id))).toEqual([
      ...taskIds(1, 2, 3, 4, 5, 6, 7),
      'task-b/task.work#1@bob',
    ]);
    expect(seen.some((id) => id.includes('early'))).toBe(false);
    expect(new Set(seen).size).toBe(seen.length);
  });

  // The rules of the room are in UTC.
  it.each([
    ['who=bob', ['task-b/task.work#1@bob']],
    ['subject=task-3', taskIds(3)],
    ['status=running', []],
    ['kind=task&measure=work&limit=1', taskIds(1)],
    ['week=2020-W03', []],
    ['from=2020-01-06&to=2020-01-06&limit=2', taskIds(1, 2)],
    ['from=2020-01-07', []],
    ['to=2020-01-05', []],
  ])('?%s finds what `tickmark records` finds', async (query, ids) => {
    const { app } = await openWeek();
    expect((await page(app, `/records?${query}`)).items.map(({ id }) => id)).toEqual(ids);
  });

  it.each([
    ['who=bpb', 'nobody called "bpb" has a record (did you mean bob?)'],
    ['kind=taks', 'no rule has the kind "taks"'],
    ['measure=wrok', 'no rule has the measure "wrok"'],
    ['status=open', 'status takes one of closed, running, paused, retracted'],
    ['week=2020-W60', '"2020-W60" is not a week'],
    ['from=2020-02-30', '"2020-02-30" is not a day'],
    ['week=2020-W02&from=2020-01-06', 'ask for a week, or for days'],
    ['from=2020-01-07&to=2020-01-06', '2020-01-06 lies before 2020-01-07'],
    ['limit=0', 'limit takes a whole number from 1 to 1000'],
    ['limit=1001', 'limit takes a whole number from 1 to 1000'],
    ['limit=1.5', 'limit takes a whole number from 1 to 1000'],
    ['limit=', 'limit takes a whole number from 1 to 1000'],
    ['limit=1&limit=2', 'each once'],
    ['actor=ann', 'what can be asked for is who, subject'],
    ['cursor=nonsense', 'cursor is none that was answered here'],
    [`cursor=${Buffer.from('["letter",1,null,null,"x"]').toString('base64url')}`, 'cursor is none'],
  ])('?%s is a problem that says what to write', async (query, says) => {
    const { app } = await openWeek();
    const answer = await app.inject(`/records?${query}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({
      type: 'https://tickmark.dev/problems/unclear-question',
      detail: expect.stringContaining(says),
    });
  });

  it('is not sent again to whoever holds it', async () => {
    const { room, app } = await openWeek();
    const first = await app.inject('/records?who=ann');
    const held = { 'if-none-match': `"other", W/${String(first.headers['etag'])}` };
    const again = await app.inject({ url: '/records?who=ann', headers: held });
    expect([again.statusCode, again.body, again.headers['etag']]).toEqual([304, '', first.headers['etag']]);
    expect(again.headers['cache-control']).toBe('private, no-cache');
    await post(app, batchOf(...hourOf('new', 20)));
    await untilCaughtUp(room, 18);
    const changed = await app.inject({ url: '/records?who=ann', headers: held });
    expect(changed.statusCode).toBe(200);
    expect(RecordPage.parse(changed.json()).items).toHaveLength(8);
  });

  it.each(['/records', '/timers', '/deadletters', '/records/x/explain'])(
    'and other questions wait for the stores: %s',
    async (url) => {
      const answer = await doorTo(undefined).inject(url);
      expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '5']);
      expect(answer.json()).toMatchObject({ type: 'https://tickmark.dev/problems/not-open' });
    },
  );
});

describe('GET /records/{id}/explain', () => {
  const visit = (type: string, time: string): string =>
    JSON.stringify({
      ...{ specversion: '1.0', id: type, source: 'field', type, subject: 'visit-4733' },
      ...{ time: `2020-01-06T${time}Z`, data: { actor: 'fatima.benali' } },
    });

  it('is the record and the events it rests on, its id percent-encoded in the path', async () => {
    const { room, app } = await openRoom(undefined, { fallback: await readRules(STANDARD_RULES) });
    await post(app, batchOf(visit('VisitCheckedIn', '09:00:00'), visit('VisitCheckedOut', '10:30:00')));
    await untilCaughtUp(room, 2);
    const id = 'visit-4733/visit.on-site#1@fatima.benali';
    const answer = await app.inject(`/records/${encodeURIComponent(id)}/explain`);
    expect(answer.statusCode, answer.body).toBe(200);
    const { record, events } = Explanation.parse(answer.json());
    expect(record).toMatchObject({ id, countedMs: 5_400_000 });
    expect(events.map(({ event }) => event.type)).toEqual(['VisitCheckedIn', 'VisitCheckedOut']);
  });

  it.each(['a/b#c@d', '50%', '100%2F', 'ü 😀?&=+', `${'long'.repeat(90)}`])(
    'takes whatever an id may hold: %s',
    async (name) => {
      const { room, app } = await openRoom();
      await post(app, batchOf(...hourOf(name, 9)));
      await untilCaughtUp(room, 2);
      const id = `task-${name}/task.work#1@ann`;
      const answer = await app.inject(`/records/${encodeURIComponent(id)}/explain`);
      expect(answer.json()).toMatchObject({ record: { id } });
    },
  );

  it.each(['task-404%2Ftask.work%231%40ann', 'task-1', '%00', 'task-1/task.work'])(
    'of a record that is not there is a problem: %s',
    async (id) => {
      const { room, app } = await openRoom();
      await post(app, batchOf(...hourOf('1', 9)));
      await untilCaughtUp(room, 2);
      const answer = await app.inject(`/records/${id}/explain`);
      expect(answer.statusCode).toBe(404);
      expect(answer.json()).toMatchObject({ type: 'https://tickmark.dev/problems/not-found' });
    },
  );
});

describe('GET /timers', () => {
  const started = (id: string, hour: number): string => hourOf(id, hour)[0] ?? '';

  /** Tasks that were begun at 9:00, 10:00 and 11:00; rules end a task after two hours. */
  const openDesk = async () => {
    const { room, app } = await openRoom();
    await post(app, batchOf(started('1', 9), started('2', 10), ...hourOf('3', 10), started('4', 11)));
    await untilCaughtUp(room, 5);
    return app;
  };

  it('is what has no end at the latest signal, the longest first', async () => {
    const app = await openDesk();
    const { items, asOfMs, next } = TimerPage.parse((await app.inject('/timers')).json());
    expect(items.map(({ id }) => id)).toEqual(taskIds(2, 4));
    expect(items.map(({ tail }) => (asOfMs ?? NaN) - (tail?.fromMs ?? NaN))).toEqual([3_600_000, 0]);
    expect(next).toBeUndefined();
  });

  it('is asked as of a moment, page after page', async () => {
    const app = await openDesk();
    expect(await walk(app, '/timers?limit=1')).toEqual([taskIds(2), taskIds(4)]);
    expect(await walk(app, '/timers?limit=1&asOf=2020-01-06T12:30:00Z')).toEqual([[], taskIds(4)]);
    expect(await walk(app, '/timers?asOf=2020-01-06T14:00:00%2B01:00')).toEqual([[]]);
  });

  it.each([
    ['asOf=2020-01-06T10:00:00Z', 'lies before the latest signal'],
    ['asOf=2020-01-06T12:00:00', 'asOf takes an ISO time with its offset'],
    ['asOf=2020-01-06T12:00:00+01:00', 'a + is written %2B'],
    ['limit=many', 'limit takes a whole number'],
  ])('?%s is a problem', async (query, says) => {
    const app = await openDesk();
    const answer = await app.inject(`/timers?${query}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ detail: expect.stringContaining(says) });
  });

  it('of an empty log is nothing', async () => {
    const { room, app } = await openRoom();
    await untilCaughtUp(room, 0);
    expect((await app.inject('/timers')).json()).toEqual({ items: [], asOfMs: null, position: 0 });
  });
});

describe('GET /deadletters', () => {
  const openLetters = async (count: number, raw = (n: number) => `"broken ${n}"`) => {
    const { room, app } = await openRoom();
    for (let n = 1; n <= count; n += 1) await post(app, raw(n), 'application/cloudevents+json');
    return { room, app };
  };

  it('in pages is every letter that waits once, as it is kept', async () => {
    const { room, app } = await openLetters(5);
    const kept = await room.workspace.deadLetters.list('waiting');
    expect(kept).toHaveLength(5);
    expect(await walk(app, '/deadletters?limit=2')).toEqual(
      [[0, 1], [2, 3], [4]].map((page) => page.map((at) => kept[at]?.id)),
    );
    expect((await app.inject('/deadletters')).json()).toEqual({ items: kept });
  });

  it('tells the resolved ones when asked for them', async () => {
    const { room, app } = await openLetters(3);
    const [first, second, third] = (await room.workspace.deadLetters.list()).map(({ id }) => id);
    await room.workspace.deadLetters.resolve([second ?? '']);
    expect(await walk(app, '/deadletters?limit=1')).toEqual([[first], [third]]);
    expect(await walk(app, '/deadletters?limit=1&status=resolved')).toEqual([[second]]);
    expect(await walk(app, '/deadletters?status=all')).toEqual([[first, second, third]]);
  });

  it('has fewer letters on a page where they are long, and never none', async () => {
    // Each is 1 MiB long, and 4 MiB are a page.
    const { app } = await openLetters(7, (n) => `"${n}${'x'.repeat(1024 * 1024 - 10)}"`.padEnd(1024 * 1024));
    const pages = await walk(app, '/deadletters?limit=100');
    expect(pages.map(({ length }) => length)).toEqual([4, 3]);
    expect(LetterPage.parse((await app.inject('/deadletters?limit=1')).json()).items).toHaveLength(1);
  });

  it('is asked for at most a hundred at once', async () => {
    const { app } = await openLetters(0);
    expect((await app.inject('/deadletters?limit=101')).json()).toMatchObject({
      detail: 'limit takes a whole number from 1 to 100',
    });
  });
});
