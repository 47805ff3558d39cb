/** The HTTP door: the routes of the roles, the limits of every request, and how a failure is told. */
import type { Socket } from 'node:net';
import { type FastifyError, type FastifyInstance, type FastifyReply, fastify } from 'fastify';
import { InputError } from '../input-error.ts';
import type { Logger } from '../logger.ts';
import type { Clock } from '../serve/clock.ts';
import { openGate } from './gate.ts';
import { operationsOf } from './operations.ts';
import { isOwnHost } from './own-host.ts';
import { PROBLEMS, PROBLEM_TYPE, type ProblemCode, answerProblem, problemBody } from './problems.ts';
import { deadLetterRoutes } from './routes/dead-letters.ts';
import { eventRoutes } from './routes/events.ts';
import { explainRoutes } from './routes/explain.ts';
import { healthRoutes } from './routes/health.ts';
import { openapiRoutes } from './routes/openapi.ts';
import { recordRoutes } from './routes/records.ts';
import { timerRoutes } from './routes/timers.ts';
import { signalRoutes } from './routes/signals.ts';
import { weeklyReportRoutes } from './routes/weekly-report.ts';
import type { Serving } from './serving.ts';

/** Measured: a slow header is cut off after 1.66 s, a slow body after 2 s. Routes that take more bytes say so. */
const LIMITS = {
  bodyLimit: 64 * 1024,
  requestTimeout: 2_000,
  // As long as the headers may be: an id stands in the path, and its characters may be three times as many there.
  routerOptions: { maxParamLength: 16 * 1024 },
  http: { headersTimeout: 1_500, connectionsCheckingInterval: 250 },
} as const;

const BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  404: 'not-found',
  413: 'body-too-large',
  415: 'unsupported-media-type',
};

const codeOf = (error: FastifyError): ProblemCode => {
  if (error.code === 'ERR_SQLITE_ERROR') return 'store-down';
  const { statusCode = 500 } = error;
  return BY_STATUS[statusCode] ?? (statusCode < 500 ? 'malformed-request' : 'internal-error');
};

const answerError = (error: FastifyError, reply: FastifyReply, logger: Logger): FastifyReply => {
  if (error instanceof InputError) return answerProblem(reply, 'unclear-question', error.message);
  const code = codeOf(error);
  if (PROBLEMS[code].status >= 500) logger.warn({ error, code }, 'a request failed');
  return answerProblem(reply, code);
};

const BY_CLIENT_ERROR: Readonly<Record<string, ProblemCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request-too-slow',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
};

/** What is no request at all never reaches a route; it is answered on the bare socket. */
const answerClientError = (error: { readonly code?: string }, socket: Socket): void => {
  if (socket.destroyed || error.code === 'ECONNRESET') return void socket.destroy();
  const code = BY_CLIENT_ERROR[error.code ?? ''] ?? 'malformed-request';
  const body = problemBody(code);
  const head = [
    `HTTP/1.1 ${PROBLEMS[code].status} ${code}`,
    `content-type: ${PROBLEM_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
};

/**
 * Once the process ends, every answer is the last one of its connection. Node closes what is idle when it begins to
 * end, and would keep what becomes idle after that for as long as the client likes.
 */
const endConnections = (app: FastifyInstance): void => {
  let isEnding = false;
  app.addHook('preClose', async () => {
    isEnding = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    if (isEnding) void reply.header('connection', 'close');
  });
  app.addHook('onResponse', async () => {
    if (isEnding) setImmediate(() => app.server.closeIdleConnections());
  });
};

const queryRoutes = (app: FastifyInstance, serving: Serving): void => {
  weeklyReportRoutes(app, serving);
  recordRoutes(app, serving);
  explainRoutes(app, serving);
  timerRoutes(app, serving);
  deadLetterRoutes(app, serving);
};

/** A request that has not arrived by then is cut off. */
const PATIENCE_MS = 2_500;

/** Listens no more and answers what is in hand. */
export const closeHttp = async (app: FastifyInstance, clock: Clock): Promise<void> => {
  const over = new AbortController();
  const patience = clock.sleep(PATIENCE_MS, over.signal).then(() => app.server.closeAllConnections());
  await app.close();
  over.abort();
  await patience;
};

/** Not listening yet. */
export const openHttp = (serving: Serving, logger: Logger): FastifyInstance => {
  const app = fastify({
    ...LIMITS,
    // What arrives on an open connection while the process ends is answered, and the connection closed.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, _request, reply) => void answerError(error, reply, logger),
  });
  app.removeAllContentTypeParsers();
  app.addHook('onRequest', async ({ headers }, reply) => {
    if (!serving.isExposed && !isOwnHost(headers.host)) return answerProblem(reply, 'misdirected-request');
  });
  const gate = openGate(app, serving.keys);
  app.addHook('onResponse', async (request, { statusCode, elapsedTime }) => {
    const { method, routeOptions } = request;
    const caller = gate.callerOf(request)?.name;
    logger.debug(
      { method, route: routeOptions.url, status: statusCode, ms: elapsedTime, caller },
      'answered',
    );
  });
  const operations = operationsOf(app);
  app.setErrorHandler<FastifyError>((error, _request, reply) => answerError(error, reply, logger));
  app.setNotFoundHandler((_request, reply) => answerProblem(reply, 'not-found'));
  endConnections(app);
  healthRoutes(app, serving);
  if (serving.roles.has('intake')) eventRoutes(app, serving);
  if (serving.roles.has('intake')) signalRoutes(app, serving, logger);
  if (serving.roles.has('query')) queryRoutes(app, serving);
  openapiRoutes(app, operations, serving);
  return app;
};
