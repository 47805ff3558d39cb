/** A page of a list: so many rows behind a place, and a cursor for the place where it ends. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { InputError } from '../input-error.ts';

const DEFAULT_ROWS = 50;

/** The parameters of every list; `most` rows at once. */
export const pageQuestion = (most: number) => {
  const error = `takes a whole number from 1 to ${most}`;
  return {
    limit: z.coerce
      .number(error)
      .int(error)
      .min(1, error)
      .max(most, error)
      .default(DEFAULT_ROWS)
      .describe('How many rows a page has at most'),
    cursor: z.string().optional().describe('`next` of the page before; the first page has none'),
  };
};

/** What the body of a page looks like. */
export const pageOf = <Item extends z.ZodType, More extends z.ZodRawShape>(item: Item, more: More) =>
  z.strictObject({
    items: z.array(item).readonly(),
    next: z.string().optional().describe('The cursor of the next page; absent where this is the last one'),
    ...more,
  });

export const PAGE_HEADERS = {
  link: 'The next page as a link (RFC 8288), `rel="next"`; absent where this is the last one',
} as const;

/** Opaque for others: what is in it may change. */
export const writeCursor = (place: readonly (string | number | null)[]): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url');

const jsonIn = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};

/** The schema names the list, so that the cursor of one is none of another. */
export const readCursor = <Place>(
  schema: z.ZodType<Place>,
  cursor: string | undefined,
): Place | undefined => {
  if (cursor === undefined) return undefined;
  const parsed = schema.safeParse(jsonIn(cursor));
  if (parsed.success) return parsed.data;
  throw new InputError(
    'cursor is none that was answered here: take next of the page before, or begin without one',
  );
};

export interface Page<Row> {
  readonly items: readonly Row[];
  readonly next?: string;
}

/** One row more than a page was read, to know whether there is another page. */
export const cutPage = <Row>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => string,
): Page<Row> => {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last !== undefined ? { items, next: cursorOf(last) } : { items };
};

/** Says it in a header too, for clients that follow links. */
export const linkNext = (request: FastifyRequest, reply: FastifyReply, next: string | undefined): void => {
  if (next === undefined) return;
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  searchParams.set('cursor', next);
  void reply.header('link', `<${pathname}?${searchParams.toString()}>; rel="next"`);
};
