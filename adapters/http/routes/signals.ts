/** POST /signals/{source}: the messages of a vendor, taken when they prove whose they are. */
import { z } from 'zod';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Call } from '../../carriers/http/webhook.ts';
import { SourceName } from '../../../schemas/source.ts';
import type { Logger } from '../../logger.ts';
import { type Operation, routeOf } from '../operation.ts';
import { answerProblem } from '../problems.ts';
import { type Rate, openRateLimit } from '../rate-limit.ts';
import type { Serving, SignalDoors } from '../serving.ts';
import { ACKNOWLEDGED, MOST_BYTES, NOT_TAKEN, acknowledge, takeIn } from '../take-in.ts';

interface Route {
  readonly Params: { readonly source: string };
  readonly Body: Buffer | undefined;
}
type Request = FastifyRequest<Route>;

/** Behind a proxy everybody has one address. */
const PER_ADDRESS: Rate = { perSecond: 500, burst: 5_000 };
const PER_SOURCE: Rate = { perSecond: 200, burst: 2_000 };

const SEND_SIGNAL: Operation = {
  id: 'sendSignal',
  method: 'POST',
  path: '/signals/{source}',
  proof: 'own',
  summary: 'Takes a message of a source in, as its vendor sends it',
  about:
    'The request proves whose it is in the way that the file of the sources says. The answer 202 means durable; a repetition of what was acknowledged is answered 202 without work.',
  place: z.strictObject({ source: SourceName.describe('As the file of the sources names it') }),
  takes: {
    '*/*': {
      name: 'Message',
      schema: z.string().describe('Whatever the dialect of the source reads'),
      example: 'CallSid=CA17&CallStatus=completed',
    },
  },
  answers: { 202: ACKNOWLEDGED },
  problems: ['unproven', 'not-found', 'method-not-allowed', 'too-many-requests', ...NOT_TAKEN],
};

const PREFIX = '/signals';

const answerTooMany = (reply: FastifyReply, waitMs: number): FastifyReply =>
  answerProblem(reply.header('retry-after', String(Math.ceil(waitMs / 1_000))), 'too-many-requests');

const callOf = ({ method, raw, headers, body }: Request, serving: Serving): Call => ({
  method,
  target: raw.url ?? '',
  headers,
  bytes: body ?? Buffer.alloc(0),
  receivedAt: serving.now(),
});

const addRoutes = (door: FastifyInstance, serving: Serving, doors: SignalDoors, logger: Logger): void => {
  const { webhooks, clock, perAddress = PER_ADDRESS, perSource = PER_SOURCE } = doors;
  const [addresses, sources] = [openRateLimit(perAddress, clock), openRateLimit(perSource, clock)];

  const take = async (request: Request, reply: FastifyReply): Promise<FastifyReply> => {
    const webhook = webhooks.get(request.params.source);
    if (!webhook) return answerProblem(reply, 'not-found');
    const call = callOf(request, serving);
    const verdict = webhook.prove(call);
    if (verdict.status === 'unproven') {
      logger.info({ source: webhook.source, because: verdict.because }, 'a delivery was refused');
      return answerProblem(reply, 'unproven');
    }
    // After the proof: strangers must not use up what the sender may ask.
    const waitMs = sources.waitMs(webhook.source);
    if (waitMs > 0) return answerTooMany(reply, waitMs);
    const { mark } = verdict;
    if (mark !== undefined && webhook.ledger.isKnown(mark, call.receivedAt)) return acknowledge(reply, []);
    return takeIn(
      reply,
      serving,
      () => webhook.read(call),
      () => {
        if (mark !== undefined) webhook.ledger.acknowledged(mark, serving.now());
      },
    );
  };

  door.addContentTypeParser<Buffer>(
    '*',
    { parseAs: 'buffer', bodyLimit: MOST_BYTES },
    (_request, bytes, done) => done(null, bytes),
  );
  // Before the body is read.
  door.addHook('onRequest', async ({ ip, headers }, reply) => {
    const waitMs = addresses.waitMs(ip);
    if (waitMs > 0) return answerTooMany(reply, waitMs);
    // Signed are the bytes as they are; and few bytes may unfold to many.
    if ((headers['content-encoding'] ?? 'identity') !== 'identity')
      return answerProblem(reply, 'unsupported-media-type', 'a body is taken without content-encoding');
  });
  const { url, ...route } = routeOf(SEND_SIGNAL);
  door.route<Route>({ ...route, url: url.slice(PREFIX.length), bodyLimit: MOST_BYTES, handler: take });
  door.setNotFoundHandler(({ method }, reply) =>
    method === 'POST'
      ? answerProblem(reply, 'not-found')
      : answerProblem(reply.header('allow', 'POST'), 'method-not-allowed'),
  );
};

export const signalRoutes = (app: FastifyInstance, serving: Serving, logger: Logger): void => {
  const { signals } = serving;
  if (!signals) return;
  // A room of its own: here every type of body is taken, and elsewhere it is not.
  void app.register(async (door) => addRoutes(door, serving, signals, logger), { prefix: PREFIX });
};
