/** The figures that the measured processes hand over as JSON. */
import { z } from 'zod';

/** Of a whole process, from `usage.ts`. */
export const Usage = z.strictObject({ cpuS: z.number(), peakRssMb: z.number() });
export type Usage = z.infer<typeof Usage>;

/** Of the inserts alone, from `bare-inserts.ts`. */
export const Inserted = z.strictObject({
  wallS: z.number(),
  cpuS: z.number(),
  rows: z.record(z.string(), z.int()),
  /** SHA-256 over the events in order: of the import's file and of the one written here. */
  events: z.strictObject({ source: z.string(), target: z.string() }),
});
export type Inserted = z.infer<typeof Inserted>;

/** What `tickmark import --json` prints. */
export const Imported = z.object({ signals: z.int(), rejected: z.int(), appended: z.int() });

/** Of appending to KurrentDB in one way, from `kurrentdb-appends.ts`. */
export const KurrentdbAppends = z.strictObject({
  wallS: z.number(),
  cpuS: z.number(),
  events: z.int(),
  /** SHA-256 over what stands on the server afterwards. */
  digest: z.string(),
});
export type KurrentdbAppends = z.infer<typeof KurrentdbAppends>;

/** Of one batch that `live-sender.ts` sent; moments in milliseconds since 1970, with fractions. */
export const Sent = z.strictObject({
  tasks: z.int(),
  sentMs: z.number(),
  ackMs: z.number(),
  ok: z.boolean(),
});
export type Sent = z.infer<typeof Sent>;

/** Of deriving all answers anew, from `rebuild/answers.ts`. */
export const Derived = z.strictObject({ wallS: z.number(), cpuS: z.number(), events: z.int() });
export type Derived = z.infer<typeof Derived>;

/** Of the events that one thread has read, from `rebuild/floor-reader.ts`. */
export const Read = z.strictObject({ readS: z.number(), events: z.int() });
export type Read = z.infer<typeof Read>;

/** Of deriving nothing, from `rebuild/floor.ts`: the seconds of both threads, and of what they were spent on. */
export const Floor = Derived.extend({ readS: z.number(), rowsS: z.number(), indexesS: z.number() });
export type Floor = z.infer<typeof Floor>;

/** Of sending all requests of bench/webhooks.ts, from `webhooks/sender.ts`. */
export const Delivered = z.strictObject({ wallS: z.number(), p50Ms: z.number(), p99Ms: z.number() });
export type Delivered = z.infer<typeof Delivered>;

/** Of reading a topic into a log, from `kafka/consumer.ts`; p99 of a piece of 500, from hand to disk. */
export const Consumed = z.strictObject({
  wallS: z.number(),
  cpuS: z.number(),
  p99Ms: z.number(),
  peakRssMb: z.number(),
});
export type Consumed = z.infer<typeof Consumed>;
