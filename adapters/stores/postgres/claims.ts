/**
 * Claims: what one transaction keeps from the others, as advisory locks that end with it.
 *
 * First comes the lock of everybody, alone or together with others; then, in ascending order, the locks of actors: so
 * that nobody waits for somebody who waits for him. What turns out to be needed later is only taken where it is free;
 * where it is not, the transaction is given up and begins again with all of it from the start.
 */
import { hash } from 'node:crypto';
import type { ActorId } from '../../../schemas/brand.ts';
import type { Session } from './session.ts';

/** Actors share that many locks, because the server has memory for some thousands. */
const BUCKETS = 256;

/** So many times something may turn up in others' hands; then the transaction wants to be alone. */
const MOST_RESTARTS = 3;

/** What a transaction claims when it begins. */
export interface Wanted {
  readonly everybody: boolean;
  readonly buckets: ReadonlySet<number>;
  readonly restarts: number;
}

export const NOTHING_WANTED: Wanted = { everybody: false, buckets: new Set(), restarts: 0 };
export const EVERYBODY_WANTED: Wanted = { ...NOTHING_WANTED, everybody: true };

/** The transaction must begin again; an error, because its work must not go on. */
export class ClaimRefused extends Error {
  readonly wanted: Wanted;

  constructor(wanted: Wanted) {
    super('another transaction has claimed what this one needs');
    this.name = 'ClaimRefused';
    this.wanted = wanted;
  }
}

export interface Claims {
  claim(actors: ReadonlySet<ActorId> | 'everybody'): Promise<boolean>;
}

const bucketOf = (actor: ActorId): number => hash('sha256', actor, 'buffer').readUInt32BE() % BUCKETS;

/** A number for each lock of a schema. */
export const lockNumber = (schema: string, name: string): string =>
  hash('sha256', `tickmark ${schema} ${name}`, 'buffer').readBigInt64BE().toString();

const EVERYBODY = 'everybody';
const ALONE = 'SELECT pg_advisory_xact_lock(?::bigint)';
const TOGETHER = 'SELECT pg_advisory_xact_lock_shared(?::bigint)';
const WAIT = 'SELECT pg_advisory_xact_lock(lock) FROM unnest(?::bigint[]) AS lock';
const TRY = 'SELECT pg_try_advisory_xact_lock(lock) AS is_free FROM unnest(?::bigint[]) AS lock';

const ascending = (buckets: Iterable<number>): readonly number[] => [...buckets].sort((a, b) => a - b);

/** For a transaction that has just begun. */
export const claimAlone = async (session: Session, schema: string): Promise<void> =>
  void (await session.rows(ALONE, [lockNumber(schema, EVERYBODY)]));

/** `wanted`: what former attempts found that they need. */
export const claimsOf = (session: Session, schema: string, wanted: Wanted): Claims => {
  const held = new Set<number>();
  let begun = false;
  const locks = (buckets: readonly number[]): readonly string[] =>
    buckets.map((bucket) => lockNumber(schema, `bucket ${bucket}`));

  /** Waits, because nothing is held yet that anybody might wait for. */
  const begin = async (buckets: readonly number[]): Promise<void> => {
    begun = true;
    await session.rows(TOGETHER, [lockNumber(schema, EVERYBODY)]);
    const all = ascending(new Set([...buckets, ...wanted.buckets]));
    if (all.length > 0) await session.rows(WAIT, [locks(all)]);
    for (const bucket of all) held.add(bucket);
  };

  const refuse = (everybody: boolean, buckets: readonly number[]): never => {
    const restarts = wanted.restarts + 1;
    throw new ClaimRefused({
      everybody: everybody || restarts > MOST_RESTARTS,
      buckets: new Set([...held, ...buckets]),
      restarts,
    });
  };

  const claimMore = async (buckets: readonly number[]): Promise<boolean> => {
    const missing = ascending(buckets.filter((bucket) => !held.has(bucket)));
    if (missing.length === 0) return true;
    const answers = await session.rows(TRY, [locks(missing)]);
    if (answers.some((row) => row['is_free'] !== true)) refuse(false, missing);
    for (const bucket of missing) held.add(bucket);
    return false;
  };

  return {
    claim: async (actors) => {
      if (wanted.everybody) {
        if (!begun) await claimAlone(session, schema);
        begun = true;
        return true;
      }
      if (actors === 'everybody') return refuse(true, []);
      const buckets = [...new Set([...actors].map(bucketOf))];
      if (begun) return claimMore(buckets);
      await begin(buckets);
      return buckets.length === 0;
    },
  };
};
