/** A process with API keys: who shows one asks what the commands ask and gets the same bytes; nobody else gets anything. */
import { writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { printed } from '../cli/command.ts';
import { temporaryFolder } from '../contracts/temporary-folder.ts';
import { hourOf } from './hours.ts';
import { startKept } from './kept.ts';
import { type Answer, type Served, ask, askUntil, untilReady } from './served.ts';

const folders = temporaryFolder();
const startProcess = startKept();
afterAll(() => folders.remove());

const OLD = 'old-key-0123456789abcdef';
const NEW = 'new-key-0123456789abcdef';

const start = async (args: readonly string[], environment: Readonly<Record<string, string>>) => {
  const served = await startProcess(args, { environment });
  await untilReady(served);
  return served;
};

const send = ({ url }: Served, events: readonly string[], key: string): Promise<Answer> =>
  ask(`${url}/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents-batch+json', 'x-api-key': key },
    body: `[${events.join(',')}]`,
  });

const asking = ({ url }: Served) => {
  const headers = { authorization: `Bearer ${NEW}` };
  return async (path: string): Promise<string> => {
    const { status, body } = await ask(`${url}${path}`, { headers });
    expect(status, body).toBe(200);
    return body;
  };
};

const Page = z.looseObject({ items: z.array(z.unknown()), position: z.number().optional() });

const positionIn = ({ status, body }: Answer): number | undefined =>
  status === 200 ? Page.parse(JSON.parse(body)).position : undefined;

describe('a process with keys', () => {
  it('answers as the commands do, to whoever shows a key, and logs who it was and no key', async () => {
    const [data, file] = [folders.fresh('keys'), folders.fresh('keys.txt')];
    writeFileSync(file, `# of the dashboard\ndashboard:${OLD}\nnew-dashboard:${NEW}\n`);
    const served = await start(['--data', data], { TICKMARK_API_KEYS_FILE: file, LOG_LEVEL: 'debug' });
    const events = [...hourOf('1', 9), ...hourOf('2', 11, 'bob'), '{"specversion":"1.0"}'];
    expect(await send(served, events, 'wrong-key-0123456789abcdef')).toMatchObject({ status: 401 });
    expect(await send(served, events, OLD)).toMatchObject({ status: 202 });
    const get = asking(served);
    const derived = { headers: { 'x-api-key': NEW } };
    while (positionIn(await ask(`${served.url}/timers`, derived)) !== 4);
    const [{ id } = { id: '' }] = z
      .object({ items: z.array(z.looseObject({ id: z.string() })) })
      .parse(JSON.parse(await get('/records?who=bob'))).items;
    const report = await get('/reports/weekly?week=2020-W02');
    const records = await get('/records');
    const explained = await get(`/records/${encodeURIComponent(id)}/explain`);
    const letters = await get('/deadletters');
    served.signal('SIGTERM');
    const { code, stderr } = await served.ended;
    expect(code, stderr).toBe(0);

    const linesOf = (page: string): string =>
      Page.parse(JSON.parse(page))
        .items.map((item) => `${JSON.stringify(item)}\n`)
        .join('');
    const at = ['--data', data];
    expect(`${report}\n`).toBe(
      await printed('report', 'week', '--week', '2020-W02', '--format', 'json', ...at),
    );
    expect(linesOf(records)).toBe(await printed('records', '--format', 'json', ...at));
    expect(linesOf(records).split('\n')).toHaveLength(3);
    expect(`${explained}\n`).toBe(await printed('explain', id, '--json', ...at));
    expect(linesOf(letters)).toBe(await printed('deadletters', 'ls', '--json', ...at));

    expect(stderr).toContain('"caller":"dashboard"');
    expect(stderr).toContain('"caller":"new-dashboard"');
    for (const key of [OLD, NEW, 'wrong-key']) expect(stderr).not.toContain(key);
  });

  it('lets others in when it is told to, and tells its health without a key', async () => {
    const how = ['--host', '127.0.0.1', '--expose', '--data', folders.fresh('exposed')];
    const served = await start(how, { TICKMARK_API_KEYS: `${OLD},${NEW}` });
    const open = ['/healthz', '/readyz', '/openapi.json'].map((path) => ask(`${served.url}${path}`));
    expect((await Promise.all(open)).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await ask(`${served.url}/records`)).status).toBe(401);
    served.signal('SIGTERM');
    const { code, stderr } = await served.ended;
    expect(code).toBe(0);
    expect(stderr).not.toContain('warning');
  });

  it('is not needed where that is said, with a warning', async () => {
    const how = ['--expose', '--without-keys', '--data', folders.fresh('open')];
    const served = await start(how, {});
    await askUntil(`${served.url}/records`, ({ status }) => status === 200);
    served.signal('SIGTERM');
    expect((await served.ended).stderr).toContain('warning: No key is needed');
  });
});
