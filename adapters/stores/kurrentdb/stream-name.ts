/**
 * How streams are named on the server: `call-4711`, or `<namespace>.call-4711`.
 *
 * KurrentDB takes what stands before the first dash for the category, so `$ce-call` holds all calls. Names with a dot or an
 * underscore before the dash can be no subject's, so namespaces and the dead letters are apart from the events.
 */

/** UTF-8 has no lone surrogates, and two names that differ only there must stay two: they are written out as `\ud800`. */
const UNSAFE = /\\|\p{Surrogate}/gu;

const written = (unit: string): string => (unit === '\\' ? '\\\\' : `\\u${unit.charCodeAt(0).toString(16)}`);

const EVENT_STREAM = /^[a-z]+-/;

const prefixOf = (namespace: string): string => (namespace === '' ? '' : `${namespace}.`);

export const eventStreamName = (namespace: string, stream: string): string => {
  if (!EVENT_STREAM.test(stream)) throw new RangeError(`a stream is named kind-id, not ${stream}`);
  return prefixOf(namespace) + stream.replaceAll(UNSAFE, written);
};

const ESCAPE = /\\\\|\\u([\da-f]{4})/g;

/** The inverse of `eventStreamName`. */
export const streamOfName = (namespace: string, name: string): string =>
  name
    .slice(prefixOf(namespace).length)
    .replaceAll(ESCAPE, (_, code?: string) =>
      code === undefined ? '\\' : String.fromCharCode(Number.parseInt(code, 16)),
    );

/** For the server: the streams of events and no others, neither its own (`$...`) nor the dead letters. */
export const eventStreamPattern = (namespace: string): string =>
  `^${namespace === '' ? '' : `${namespace}\\.`}[a-z]+-`;

export const deadLetterStreamName = (namespace: string): string => `${prefixOf(namespace)}dead_letters-all`;
