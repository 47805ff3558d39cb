/** tickmark serve: the live process. */
import { isIP } from 'node:net';
import { Command } from 'commander';
import { byName, bySource } from '../../dialect-of.ts';
import { type ApiKeys, readApiKeys } from '../../http/api-keys.ts';
import { InputError } from '../../input-error.ts';
import { readRules } from '../../rule-file.ts';
import { MACHINE } from '../../serve/effects.ts';
import { ROLES, type Roles, checkShare, readRoles, readShare } from '../../serve/roles.ts';
import type { RecordTopic } from '../../serve/publishing.ts';
import { serve } from '../../serve/serve.ts';
import type { Webhooks } from '../../carriers/http/webhooks.ts';
import type { Place } from '../../workspace.ts';
import { type Context, type DataOption, STANDARD_RULES, readClusterOf, readSourcesOf } from '../context.ts';
import { DATA_FLAG, SOURCES_FLAG, readPort } from '../flags.ts';

interface ServeOptions extends DataOption {
  readonly host: string;
  readonly port: string;
  readonly expose?: boolean;
  readonly withoutKeys?: boolean;
  readonly role?: string;
  readonly worker?: string;
  readonly log?: string;
  readonly answers?: string;
  readonly sources?: string;
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

const NO_KEYS = 'No key is needed: whoever reaches this address can send signals and read every report.';

/** Working time is personal data: other machines are let in on purpose, and with keys, or not at all. */
const checkExposure = (
  { terminal }: Context,
  { host, expose, withoutKeys }: ServeOptions,
  keys: ApiKeys,
): void => {
  if (expose !== true && !isLoopback(host))
    throw new InputError(
      `${host} can be reached by other machines: say --expose as well if that is meant, and name keys in TICKMARK_API_KEYS`,
    );
  if (expose !== true || keys.length > 0) return;
  if (withoutKeys !== true)
    throw new InputError(
      '--expose lets other machines in, and there are no keys: name some in TICKMARK_API_KEYS or TICKMARK_API_KEYS_FILE, or say --without-keys as well if whoever reaches it may send signals and read every report',
    );
  terminal.talk(`warning: ${NO_KEYS}`);
};

const EXAMPLE_EVENT =
  '{"specversion":"1.0","id":"1","source":"pbx","type":"CallConnected","subject":"call-9","time":"2025-03-03T09:00:00Z","data":{"actor":"lena"}}';

/** `needsKey`: the examples then show a key by the name of a variable, and never one. */
const greet = (
  { terminal }: Context,
  roles: Roles,
  { webhooks, recordTopic }: { readonly webhooks: Webhooks; readonly recordTopic: RecordTopic | undefined },
  url: string,
  needsKey: boolean,
): void => {
  const key = needsKey ? ' -H "x-api-key: $KEY"' : '';
  terminal.talk(`tickmark serves ${url} (${[...roles].join(', ')}). Ctrl-C ends it. Try:`);
  terminal.talk(`  curl ${url}/readyz`);
  if (roles.has('intake'))
    terminal.talk(
      `  curl ${url}/events${key} -H 'content-type: application/cloudevents+json' -d '${EXAMPLE_EVENT}'`,
    );
  if (roles.has('intake') && webhooks.size > 0)
    terminal.talk(`Webhooks: ${[...webhooks.keys()].map((name) => `${url}/signals/${name}`).join(' ')}`);
  if (roles.has('query')) terminal.talk(`  curl ${url}/reports/weekly${key}`);
  terminal.talk(`  curl ${url}/openapi.json`);
  if (recordTopic) terminal.talk(`Time records are published to the topic ${recordTopic.topic}.`);
};

/** Asked for by name, the role must have something to do. */
const recordTopicOf = async (context: Context, options: ServeOptions): Promise<RecordTopic | undefined> => {
  const { doors, environment, logger } = context;
  const recordTopic = doors.openRecordTopic(await readClusterOf(context, options), environment, logger);
  if (recordTopic === undefined && options.role !== undefined)
    throw new InputError(
      'the role publish needs a topic: name one in the file of --sources, with "kafka: { timeRecordTopic: ... }"',
    );
  return recordTopic;
};

const run = async (context: Context, options: ServeOptions): Promise<void> => {
  const { doors, config, environment, logger, terminal, now } = context;
  const place: Place = {
    folder: options.data ?? config.dataFolder,
    log: options.log ?? config.log,
    answers: options.answers ?? config.answers,
    share: readShare(options.worker),
  };
  const roles = readRoles(options.role);
  checkShare(place.share, roles, place);
  const keys = await readApiKeys(config);
  checkExposure(context, options, keys);
  doors.checkPlace(place);
  const sources = await readSourcesOf(context, options);
  const webhooks: Webhooks = roles.has('intake') ? doors.openWebhooks(sources, environment) : new Map();
  const kafka = roles.has('intake') ? doors.openKafka(sources, environment, logger) : undefined;
  const recordTopic = roles.has('publish') ? await recordTopicOf(context, options) : undefined;
  const code = await serve({
    place,
    roles,
    host: options.host,
    isExposed: options.expose === true,
    keys,
    port: readPort('--port', options.port),
    fallback: await readRules(config.rulesFile ?? STANDARD_RULES),
    dialectOf: bySource(sources, byName(doors.tickmark)),
    webhooks,
    openWorkspace: doors.openWorkspace,
    readEvents: doors.readDelivery,
    now,
    logger,
    effects: MACHINE,
    kafka,
    recordTopic,
    onListening: (url) => greet(context, roles, { webhooks, recordTopic }, url, keys.length > 0),
    tell: (sentence) => terminal.talk(sentence),
  });
  context.exit(code);
};

export const serveCommand = (context: Context): Command =>
  new Command('serve')
    .summary('take signals in and answer over HTTP, until told to end')
    .description(
      'Runs everything in one process: POST /events takes our own CloudEvents in, the answers follow at once, and\n' +
        'GET /reports/weekly, /records, /timers and /deadletters tell them; GET /openapi.json says what can be asked.\n' +
        'GET /healthz and /readyz say how it is. Other machines are let in with --expose and need a key for everything else.',
    )
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option('--port <number>', 'the port; 0 for any that is free', '8470')
    .option(
      '--expose',
      'lets --host be an address that other machines can reach; TICKMARK_API_KEYS must name keys',
    )
    .option('--without-keys', 'lets --expose go without keys')
    .option(
      '--role <names>',
      `what this process does: ${ROLES.join(', ')} (default: all; on servers, any of them)`,
    )
    .option(
      '--worker <number/of>',
      'which of several processes that derive the answers together this is, for instance 2/4',
    )
    .option(
      '--log <connection>',
      'the event log on a server (default: TICKMARK_LOG, or SQLite in the data folder)',
    )
    .option(
      '--answers <connection>',
      'the answers on a server (default: TICKMARK_ANSWERS, or SQLite in the data folder)',
    )
    .option(...SOURCES_FLAG)
    .option(...DATA_FLAG)
    .addHelpText(
      'after',
      `
SIGTERM or Ctrl-C lets it finish what is in hand, which takes less than 10 s; a second one ends it at once.
A password belongs into TICKMARK_LOG or TICKMARK_ANSWERS: everybody on the machine can read command lines.
TICKMARK_API_KEYS holds keys of at least 16 characters with commas between, each with a label if you like: shop:KEY;
TICKMARK_API_KEYS_FILE a file of them. As soon as there is one, every request but /healthz, /readyz and /openapi.json
needs one, as Authorization: Bearer KEY or X-API-Key: KEY.
Examples:
  $ tickmark serve
  $ tickmark serve --port 8080 --data /var/lib/tickmark
  $ tickmark serve --host 0.0.0.0 --expose      (TICKMARK_API_KEYS_FILE=/run/secrets/tickmark-keys)
  $ tickmark serve --sources sources.yaml       (docs/webhooks.md, docs/kafka.md)
  $ tickmark serve --role project --worker 2/4      (TICKMARK_LOG=esdb://... TICKMARK_ANSWERS=postgres://...)
Exit codes: 0 ended when told to, 1 a store failed or did not close in time, 2 the configuration is wrong.`,
    )
    .action((options: ServeOptions) => run(context, options));
