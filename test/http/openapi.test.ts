/** The document: valid by the schema of OpenAPI 3.1, whole, and true of what a served station answers. */
import { Validator } from '@seriousme/openapi-schema-validator';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PROBLEMS } from '../../adapters/http/problems.ts';
import { readRoles } from '../../adapters/serve/roles.ts';
import { VERSION } from '../../adapters/version.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../house/tree.ts';
import { hourOf } from '../serve/hours.ts';
import { batchOf, doors, post, untilCaughtUp } from './door.ts';

const { doorTo, openRoom, close } = doors();
afterEach(close);

const Media = z.object({
  schema: z.object({ $ref: z.string() }),
  example: z.unknown().optional(),
  examples: z.record(z.string(), z.object({ value: z.unknown() })).optional(),
});
const Content = z.record(z.string(), Media);
const Operation = z.object({
  operationId: z.string(),
  parameters: z.array(
    z.object({ name: z.string(), in: z.string(), schema: z.record(z.string(), z.unknown()) }),
  ),
  requestBody: z.object({ content: Content }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content: Content.optional() })),
});
const Document = z.looseObject({
  info: z.looseObject({ version: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
});

const documentOf = async (app: FastifyInstance) => Document.parse((await app.inject('/openapi.json')).json());
type Documented = Awaited<ReturnType<typeof documentOf>>;

const operationsIn = ({ paths }: Documented) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

/** Says what is wrong with a value by a schema of the document; nothing where it fits. */
const judgeBy = (document: Documented) => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document, 'document');
  return (ref: string, value: unknown): string => {
    const validate = ajv.getSchema(`document${ref}`);
    if (!validate) throw new Error(`the document has no ${ref}`);
    return validate(value) === true ? '' : ajv.errorsText(validate.errors);
  };
};

describe('the document', () => {
  it('is valid by the schema of OpenAPI 3.1', async () => {
    const app = doorTo(undefined);
    const checked = await new Validator().validate((await app.inject('/openapi.json')).json());
    expect(checked.errors).toBeUndefined();
    expect(checked.valid).toBe(true);
    const broken = { ...(await documentOf(app)), info: { title: 'no version' } };
    expect((await new Validator().validate(broken)).valid).toBe(false);
  });

  it.each(['intake,project,query', 'intake', 'project', 'query'])(
    'has every route of a process with the roles %s, and no other',
    async (roles) => {
      const app = doorTo(undefined, { roles: readRoles(roles) });
      const operations = operationsIn(await documentOf(app));
      for (const { path, method } of operations) {
        const url = path.replaceAll(/\{(\w+)\}/g, ':$1');
        expect(app.hasRoute({ url, method: method.toUpperCase() }), path).toBe(true);
      }
      const registered = app.printRoutes().match(/\b(GET|POST|PUT|PATCH|DELETE)\b/g) ?? [];
      expect(operations).toHaveLength(registered.length);
      const documented = operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`);
      expect(documented).toContain('GET /openapi.json');
      expect(documented.includes('GET /records')).toBe(roles.includes('query'));
      expect(documented.includes('POST /events')).toBe(roles.includes('intake'));
    },
  );

  it('calls each operation by a name of its own, and is of the version of this checkout', async () => {
    const document = await documentOf(doorTo(undefined));
    const ids = operationsIn(document).map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const { version } = z
      .object({ version: z.string() })
      .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
    expect([document.info.version, VERSION]).toEqual([version, version]);
  });

  it('has examples of everything that is taken and answered, and each fits its schema', async () => {
    const document = await documentOf(doorTo(undefined));
    const judge = judgeBy(document);
    let examples = 0;
    for (const { path, operation } of operationsIn(document)) {
      const contents = [
        operation.requestBody?.content,
        ...Object.values(operation.responses).map((one) => one.content),
      ];
      for (const { schema, example, ...media } of contents.flatMap((content) =>
        Object.values(content ?? {}),
      )) {
        const values = media.examples ? Object.values(media.examples).map(({ value }) => value) : [example];
        for (const value of values) expect(judge(schema.$ref, value), `${path} ${schema.$ref}`).toBe('');
        examples += values.length;
      }
    }
    expect(examples).toBeGreaterThan(50);
  });

  it('tells the problems of each operation by their status', async () => {
    const document = await documentOf(doorTo(undefined));
    const told = operationsIn(document).flatMap(({ operation }) =>
      Object.entries(operation.responses).flatMap(([status, { content = {} }]) =>
        Object.keys(content['application/problem+json']?.examples ?? {}).map((code) => ({ status, code })),
      ),
    );
    const known: Readonly<Record<string, { readonly status: number }>> = PROBLEMS;
    for (const { status, code } of told) expect(`${code} ${status}`).toBe(`${code} ${known[code]?.status}`);
    expect([...new Set(told.map(({ code }) => code))].toSorted()).toEqual(Object.keys(PROBLEMS).toSorted());
  });

  it('says what can be asked, with the bounds that hold', async () => {
    const { paths } = await documentOf(doorTo(undefined));
    const schemaOf = (path: string, name: string) =>
      paths[path]?.['get']?.parameters.find((one) => one.name === name)?.schema;
    expect(schemaOf('/records', 'limit')).toMatchObject({
      type: 'integer',
      minimum: 1,
      maximum: 1000,
      default: 50,
    });
    expect(schemaOf('/records', 'status')).toMatchObject({
      enum: ['closed', 'running', 'paused', 'retracted'],
    });
    expect(schemaOf('/reports/weekly', 'live')).toMatchObject({ type: 'boolean' });
    expect(schemaOf('/timers', 'asOf')).toMatchObject({ type: 'string', format: 'date-time' });
    expect(schemaOf('/records/{id}/explain', 'id')).toMatchObject({ type: 'string' });
  });
});

describe('what a served station answers', () => {
  const openDesk = async () => {
    const { room, app } = await openRoom();
    const [running = ''] = hourOf('7', 12);
    await post(app, batchOf(...hourOf('1', 9), ...hourOf('2', 10, 'bob'), running, '{"specversion":"1.0"}'));
    await untilCaughtUp(room, 5);
    return app;
  };

  it.each([
    ['/reports/weekly', '/reports/weekly', 200],
    ['/reports/weekly', '/reports/weekly?week=all&by=kind', 200],
    ['/reports/weekly', '/reports/weekly?week=never', 400],
    ['/records', '/records?limit=2', 200],
    ['/records', '/records?limit=none', 400],
    ['/records/{id}/explain', `/records/${encodeURIComponent('task-1/task.work#1@ann')}/explain`, 200],
    ['/records/{id}/explain', '/records/none/explain', 404],
    ['/timers', '/timers', 200],
    ['/deadletters', '/deadletters', 200],
    ['/healthz', '/healthz', 200],
    ['/readyz', '/readyz', 200],
    ['/openapi.json', '/openapi.json', 200],
  ])('fits the document: %s as %s, %s', async (path, url, status) => {
    const app = await openDesk();
    const document = await documentOf(app);
    const answer = await app.inject(url);
    expect(answer.statusCode).toBe(status);
    const [type = ''] = String(answer.headers['content-type']).split(';');
    const media = document.paths[path]?.['get']?.responses[status]?.content?.[type];
    expect(judgeBy(document)(media?.schema.$ref ?? 'nothing', answer.json())).toBe('');
  });

  it('fits the document: what is sent, and its acknowledgement', async () => {
    const { app } = await openRoom();
    const document = await documentOf(app);
    const judge = judgeBy(document);
    const { requestBody, responses } = document.paths['/events']?.['post'] ?? {};
    const events = batchOf(...hourOf('1', 9), '{"specversion":"1.0"}');
    const [first]: readonly unknown[] = z.array(z.unknown()).parse(JSON.parse(events));
    const taken = requestBody?.content['application/cloudevents+json']?.schema.$ref ?? '';
    expect([judge(taken, first), judge(taken, {}) === '']).toEqual(['', false]);
    const answer = await post(app, events);
    expect(answer.statusCode).toBe(202);
    expect(judge(responses?.['202']?.content?.['application/json']?.schema.$ref ?? '', answer.json())).toBe(
      '',
    );
  });

  it('fits it not by chance: a field more, or a status that is none, is told', async () => {
    const app = await openDesk();
    const judge = judgeBy(await documentOf(app));
    const page = z
      .looseObject({ items: z.array(z.looseObject({})) })
      .parse((await app.inject('/records')).json());
    const refer = '#/components/schemas/RecordPage';
    expect(judge(refer, page)).toBe('');
    expect(judge(refer, { ...page, more: 1 })).not.toBe('');
    expect(judge(refer, { ...page, items: [{ ...page.items[0], status: 'open' }] })).not.toBe('');
  });
});
