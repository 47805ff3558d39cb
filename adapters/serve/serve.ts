/**
 * The live process: it listens, opens its stores however long that takes, works, and drains when it is told to end.
 *
 *     listen -> open (again and again) -> work -> drain: listen no more, intake, projector, stores
 */
import type { FastifyInstance } from 'fastify';
import type { InstantMs } from '../../schemas/brand.ts';
import type { Webhooks } from '../carriers/http/webhooks.ts';
import type { DialectOf } from '../dialect-of.ts';
import type { ApiKeys } from '../http/api-keys.ts';
import { closeHttp, openHttp } from '../http/server.ts';
import type { KafkaCarrier } from '../carriers/kafka/index.ts';
import type { Delivery } from '../http/serving.ts';
import { InputError } from '../input-error.ts';
import type { Arrival } from '../intake.ts';
import { wholenessOf } from '../live.ts';
import type { Logger } from '../logger.ts';
import type { Ruling } from '../rule-file.ts';
import type { Place, Workspace } from '../workspace.ts';
import { openBackoff } from './backoff.ts';
import { type DrainStep, drain } from './drain.ts';
import type { Effects } from './effects.ts';
import { type OpenKafka, kafkaCheck } from './kafka.ts';
import { untilOpen } from './opening.ts';
import { type Publisher, type RecordTopic, openPublisher, publisherCheck } from './publishing.ts';
import { type Checks, type Part, notReady, readinessOf } from './readiness.ts';
import { type Roles, checkRoles } from './roles.ts';
import { type Station, openStation } from './station.ts';
import { isFatal } from './store-failure.ts';

export interface ServeRequest {
  readonly place: Place;
  readonly roles: Roles;
  readonly host: string;
  /** Whether others than this machine are meant to reach it. */
  readonly isExposed: boolean;
  readonly keys: ApiKeys;
  /** 0: any that is free. */
  readonly port: number;
  /** Rules as long as none were applied. */
  readonly fallback: Ruling;
  readonly dialectOf: DialectOf;
  readonly webhooks: Webhooks;
  readonly openWorkspace: (place: Place) => Promise<Workspace>;
  readonly readEvents: (delivery: Delivery) => readonly Arrival[];
  readonly now: () => InstantMs;
  readonly logger: Logger;
  readonly effects: Effects;
  /** Absent where no source has topics. */
  readonly kafka?: OpenKafka | undefined;
  /** Absent where nothing is published. */
  readonly recordTopic?: RecordTopic | undefined;
  /** Where it listens now. */
  readonly onListening: (url: string) => void;
  /** A sentence for whoever looks at the terminal. */
  readonly tell: (sentence: string) => void;
}

/** Why the process ends. */
type End = { readonly because: 'signal' } | { readonly because: 'failure'; readonly error: unknown };

/** What the process is at, seen by its routes. */
interface Stage {
  station: Station | undefined;
  kafka: KafkaCarrier | undefined;
  publisher: Publisher | undefined;
  /** Why it is not ready, whatever the station says. */
  absence: string | undefined;
}

const OPENING = 'the stores are being opened';
const ENDING = 'this process is about to end';

const partsOf = ({ roles, kafka, recordTopic }: ServeRequest): readonly Part[] => [
  'log',
  'answers',
  ...(roles.has('intake') ? (['intake'] as const) : []),
  ...(roles.has('project') ? (['projector'] as const) : []),
  ...(roles.has('intake') && kafka ? (['kafka'] as const) : []),
  ...(recordTopic ? (['publisher'] as const) : []),
];

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'failed';

const checksOf = async (station: Station, { kafka, publisher }: Stage): Promise<Checks> => ({
  ...(await station.checks()),
  ...(kafka ? { kafka: kafkaCheck(kafka.status()) } : {}),
  ...(publisher ? { publisher: publisherCheck(publisher.status()) } : {}),
});

const httpOf = (request: ServeRequest, stage: Stage): FastifyInstance => {
  const { roles, isExposed, keys, readEvents, now, webhooks, effects, logger } = request;
  return openHttp(
    {
      roles,
      isExposed,
      keys,
      readEvents,
      now,
      signals: { webhooks, clock: effects.clock },
      station: () => stage.station,
      readiness: async () =>
        stage.station && stage.absence === undefined
          ? readinessOf(await checksOf(stage.station, stage))
          : notReady(partsOf(request), stage.absence ?? OPENING),
    },
    logger,
  );
};

const listen = async (http: FastifyInstance, host: string, port: number): Promise<string> => {
  try {
    return await http.listen({ host, port });
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE')
      throw new InputError(`port ${port} of ${host} is taken: stop who has it, or name another with --port`);
    if (codeOf(error) === 'EADDRNOTAVAIL' || codeOf(error) === 'ENOTFOUND')
      throw new InputError(`this machine has no address ${host}: --host takes one of its own`);
    throw error;
  }
};

const openedStation = (request: ServeRequest, workspace: Workspace, end: (end: End) => void): Station => {
  const { roles, fallback, dialectOf, logger, effects } = request;
  const onFailure = (part: Part, error: unknown): void => {
    logger.error({ error, part }, `the ${part} failed`);
    if (part === 'intake' && isFatal(error)) end({ because: 'failure', error });
  };
  return openStation({ workspace, roles, dialectOf, fallback, ...effects, onFailure });
};

const openedPublisher = (
  { fallback, effects, logger }: ServeRequest,
  { log, answers, published }: Workspace,
  recordTopic: RecordTopic,
): Publisher => {
  return openPublisher({
    rows: answers,
    recordTopic,
    openPublished: published,
    areWhole: wholenessOf(log, fallback),
    clock: effects.clock,
    backoff: openBackoff(effects.luck),
    onPublished: (count, tooLarge) => {
      logger.debug({ count }, 'time records were published');
      if (tooLarge.length > 0) logger.error({ tooLarge }, 'time records are too large for their topic');
    },
    onFailure: (error) => logger.error({ error, part: 'publisher' }, 'the publisher failed'),
  });
};

/** Tries until it works or the process ends. Throws what no waiting mends. */
const openStage = async (
  request: ServeRequest,
  stage: Stage,
  servedAt: string,
  end: (end: End) => void,
  ending: AbortSignal,
): Promise<void> => {
  const { place, roles, openWorkspace, kafka, recordTopic, logger, tell, effects } = request;
  const onFailure = (error: unknown, waitMs: number): void => {
    if (stage.absence === OPENING) tell(`Not ready: ${messageOf(error)} It is tried again until it works.`);
    stage.absence = `they do not open (${codeOf(error)}); it is tried again`;
    logger.warn({ error, waitMs }, 'the stores do not open; trying again');
  };
  const open = (): Promise<Workspace> =>
    openWorkspace({ ...place, servedAt, takesSignals: roles.has('intake') });
  const opening = { open, clock: effects.clock, backoff: openBackoff(effects.luck), onFailure };
  const workspace = await untilOpen(opening, ending);
  if (!workspace) return;
  if (ending.aborted) return workspace.close();
  stage.station = openedStation(request, workspace, end);
  const { intake } = stage.station;
  if (intake && kafka) stage.kafka = kafka({ ...request, ...effects, offer: intake.offer });
  if (recordTopic) stage.publisher = openedPublisher(request, workspace, recordTopic);
  stage.absence = undefined;
  logger.info({ roles: [...roles] }, 'open');
  tell('Ready.');
};

const CODE_OF = { SIGINT: 130, SIGTERM: 143 } as const;

/** A second signal is impatience: the process ends at once. Returns what ends the watch. */
const watchSignals = ({ effects, tell }: ServeRequest, end: (end: End) => void): (() => void) => {
  let told = false;
  return effects.onSignal((signal) => {
    if (told) return effects.halt(CODE_OF[signal]);
    told = true;
    tell(`${signal}: finishing what is in hand. Once more ends at once.`);
    end({ because: 'signal' });
  });
};

/** Whether everything came to its end in time. */
const drainAll = async ({ logger, effects }: ServeRequest, steps: readonly DrainStep[]): Promise<boolean> => {
  const { late, failed } = await drain(steps, effects.clock);
  for (const { name, error } of failed) logger.error({ error, step: name }, 'a step of the end failed');
  if (late.length > 0) logger.error({ late }, 'not everything came to its end in time');
  return late.length === 0 && failed.length === 0;
};

/** Without closing the stores: a handle that failed to write is not asked to write again. */
const stopShort = async (
  { effects, tell }: ServeRequest,
  http: FastifyInstance,
  stage: Stage,
  error: unknown,
): Promise<1> => {
  tell(
    `error: the store failed: ${messageOf(error)}. What was acknowledged is kept, nothing else was. Look at the disk, then start again.`,
  );
  const intake = async (): Promise<void> => stage.station?.intake?.close();
  const steps = [
    { name: 'intake', run: intake, mostMs: 500 },
    { name: 'requests', run: () => http.close(), mostMs: 500 },
  ];
  await drain(steps, effects.clock);
  effects.halt(1);
  return 1;
};

/** What is in hand is finished; nothing new is taken from anybody. */
const closeDoors = async (
  http: FastifyInstance,
  { kafka, publisher }: Stage,
  { effects }: ServeRequest,
): Promise<void> => {
  await Promise.all([closeHttp(http, effects.clock), kafka?.stop(), publisher?.stop()]);
};

/** Returns the exit code, after everything is closed. Throws what is wrong with the configuration. */
export const serve = async (request: ServeRequest): Promise<0 | 1> => {
  checkRoles(request.roles, request.place);
  const stage: Stage = { station: undefined, kafka: undefined, publisher: undefined, absence: OPENING };
  const ending = new AbortController();
  const { promise: ended, resolve: end } = Promise.withResolvers<End>();
  const http = httpOf(request, stage);
  const url = await listen(http, request.host, request.port);
  const unwatch = watchSignals(request, end);
  request.onListening(url);
  const opening = openStage(request, stage, url, end, ending.signal);
  opening.catch((error: unknown) => end({ because: 'failure', error }));
  const reason = await ended;
  ending.abort();
  stage.absence = ENDING;
  if (reason.because === 'failure' && isFatal(reason.error))
    return stopShort(request, http, stage, reason.error);
  const before = await drainAll(request, [
    { name: 'requests', run: () => closeDoors(http, stage, request), mostMs: 3_000 },
    { name: 'opening', run: () => opening.catch(() => undefined), mostMs: 1_000 },
  ]);
  const isClean = (await drainAll(request, stage.station?.drainSteps ?? [])) && before;
  unwatch();
  if (reason.because === 'failure') throw reason.error;
  request.logger.info({ clean: isClean }, 'ended');
  // Attempts of the client of Kafka may outlive it, and would keep the process from ending.
  if (!isClean || stage.kafka || stage.publisher) request.effects.halt(isClean ? 0 : 1);
  return isClean ? 0 : 1;
};
