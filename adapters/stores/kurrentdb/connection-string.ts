/**
 * The connection string, checked before the client sees it: the client prints what it cannot read, password and all, and
 * takes settings under which its answers are wrong.
 */
import { KurrentdbFailure } from './failure.ts';

const SHAPE = /^(esdb(?:\+discover)?):\/\/(?:([^@]*)@)?([^@?/]+)\/?(?:\?([^?]*))?$/;
const HOST = /^[^\s:,]+(:\d{1,5})?$/;

/** What the client understands, written as it compares it: without dashes, underscores and capitals. */
const KNOWN: ReadonlySet<string> = new Set([
  'usercertfile',
  'userkeyfile',
  'maxdiscoverattempts',
  'connectionname',
  'defaultdeadline',
  'discoveryinterval',
  'gossiptimeout',
  'nodepreference',
  'tls',
  'tlscafile',
  'keepaliveinterval',
  'keepalivetimeout',
]);

/** Settings that exist and must not be used. */
const HARMFUL: Readonly<Record<string, string>> = {
  throwonappendfailure: 'with throwOnAppendFailure the client reports wrong revisions',
  tlsverifycert: 'the client cannot leave certificates unchecked: name your authority by tlsCAFile',
};

const bad = (why: string): KurrentdbFailure =>
  new KurrentdbFailure('bad-connection-string', `the connection string of KurrentDB cannot be used: ${why}`);

const checkOption = (option: string): void => {
  const [key = '', value = ''] = option.split('=');
  const flat = key.trim().toLowerCase().replaceAll(/[_-]/g, '');
  const harm = HARMFUL[flat];
  if (harm !== undefined) throw bad(harm);
  if (!KNOWN.has(flat)) throw bad(`there is no option "${key}"`);
  if (value === '') throw bad(`the option "${key}" has no value`);
};

/** Throws where the client would warn or fail with the password in its words. */
export const checkConnectionString = (connectionString: string): void => {
  const [, scheme, credentials, hosts = '', query] = SHAPE.exec(connectionString.trim()) ?? [];
  if (scheme === undefined)
    throw bad(
      'it is written esdb://user:password@host:2113?tls=true, with special characters percent-encoded',
    );
  if (credentials !== undefined && !/^[^:]+:[^:]+$/.test(credentials))
    throw bad('user and password are written user:password@, with special characters percent-encoded');
  if (!hosts.split(',').every((host) => HOST.test(host))) throw bad('a host is written name:port');
  for (const option of query === undefined ? [] : query.split('&')) checkOption(option);
};

/** For logs and messages: the place without the user. */
export const redacted = (connectionString: string): string =>
  connectionString.replace(/\/\/.*@/, '//').replace(/\?.*$/s, '');
