/**
 * The caller: who asks. This is the one place where a request becomes somebody with rights; today there are no kinds of
 * callers, and whoever shows a key may do everything.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { type ApiKeys, holderOf } from './api-keys.ts';

export interface Caller {
  /** For logs. */
  readonly name: string;
}

/** Where no key is configured; then only this machine is let in, or whoever was let in on purpose. */
const ANYBODY: Caller = { name: 'anybody' };

const BEARER = /^bearer +(\S+)$/i;

/** A proxy may have a use of its own for one of the two headers. */
const shownIn = ({ authorization = '', 'x-api-key': key }: IncomingHttpHeaders): readonly string[] => [
  ...(BEARER.exec(authorization)?.slice(1) ?? []),
  ...(typeof key === 'string' ? [key.trim()] : []),
];

/** Undefined where a key is needed and none that fits was shown. */
export const callerOf = (headers: IncomingHttpHeaders, keys: ApiKeys): Caller | undefined => {
  if (keys.length === 0) return ANYBODY;
  const [name] = shownIn(headers).flatMap((shown) => holderOf(keys, shown) ?? []);
  return name === undefined ? undefined : { name };
};
