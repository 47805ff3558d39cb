/** An operation: one thing that can be asked over HTTP, declared once for its route, the gate and openapi.json. */
import type { z } from 'zod';
import type { ProblemCode } from './problems.ts';

/**
 * What a request has to bring. `key`: an API key, where the process has any. `own`: the route finds out by itself who
 * sent it, for instance by a signature. `nothing`: everybody may ask.
 */
export type Proof = 'key' | 'own' | 'nothing';

/** A body: of a request, or of an answer that is no problem. */
export interface Body {
  /** What its schema is called in openapi.json. */
  readonly name: string;
  readonly schema: z.ZodType;
  /** One that the schema takes. */
  readonly example: unknown;
}

export interface Answer extends Body {
  readonly about: string;
  /** Headers that come with it, and what they say. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Operation {
  /** Stable: clients that are generated name their functions by it. */
  readonly id: string;
  readonly method: 'GET' | 'POST';
  /** As OpenAPI writes it, `/records/{id}/explain`. */
  readonly path: string;
  readonly proof: Proof;
  readonly summary: string;
  readonly about: string;
  /** The variable parts of the path. */
  readonly place?: z.ZodObject;
  /** What stands behind the question mark. */
  readonly question?: z.ZodObject;
  /** By content type. */
  readonly takes?: Readonly<Record<string, Body>>;
  /** By status. All are JSON. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** Beside those that any request may be answered with. */
  readonly problems: readonly ProblemCode[];
}

interface Declared {
  readonly operation: Operation;
}

const isDeclared = (config: object): config is Declared => 'operation' in config;

/** The operation of a route, by the config that it was given. */
export const operationOf = (config: object | undefined): Operation | undefined =>
  config && isDeclared(config) ? config.operation : undefined;

/** What Fastify has to know of it; the handler is the route's own. */
export const routeOf = (operation: Operation) => ({
  method: operation.method,
  url: operation.path.replaceAll(/\{(\w+)\}/g, ':$1'),
  config: { operation } satisfies Declared,
});
