/** The server's side of Read: a stream or the whole log, to its end or for ever. */
import type { ServerWritableStream } from '@grpc/grpc-js';
import type streams from '@eventstore/db-client/generated/streams_pb.js';
import type { Database, Kept } from './database.ts';
import type { Fault, Faults } from './faults.ts';
import {
  caughtUpMessage,
  checkpointMessage,
  confirmationMessage,
  eventMessage,
  invalidPosition,
  nameIn,
  statusOf,
  streamNotFoundMessage,
} from './messages.ts';

type Request = InstanceType<typeof streams.ReadReq>;
type Response = InstanceType<typeof streams.ReadResp>;
type Options = InstanceType<typeof streams.ReadReq.Options>;
type AllOptions = InstanceType<typeof streams.ReadReq.Options.AllOptions>;
type StreamOptions = InstanceType<typeof streams.ReadReq.Options.StreamOptions>;
export type ReadCall = ServerWritableStream<Request, Response>;

export interface Reading {
  readonly database: Database;
  readonly faults: Faults;
  readonly port: () => number;
  readonly counts: { eventsSent: number; subscriptions: number; blocked: number; scanned: number };
}

const isBackwards = (options: Options): boolean => Number(options.getReadDirection()) === 1;

/** Until the call is cancelled or `come` says so. */
const until = (call: ReadCall, come: (resolve: () => void) => (() => void) | undefined): Promise<void> =>
  new Promise((resolve) => {
    const over = (): void => {
      call.off('cancelled', over);
      leave?.();
      resolve();
    };
    call.on('cancelled', over);
    const leave = come(over);
  });

/** Waits while the reader does not take what it was sent. */
const send = async ({ counts }: Reading, call: ReadCall, message: Response): Promise<void> => {
  if (call.write(message)) return;
  counts.blocked += 1;
  await until(call, (resolve) => {
    call.once('drain', resolve);
    return () => call.off('drain', resolve);
  });
  counts.blocked -= 1;
};

/** Thrown where a fault ends the call before its time. */
class Broken extends Error {}

const sendEvents = (reading: Reading, call: ReadCall, fault: Fault | undefined) => {
  let sent = 0;
  return async (kept: Kept): Promise<void> => {
    if (fault && sent >= (fault.afterEvents ?? 0)) throw new Broken();
    await send(reading, call, eventMessage(kept));
    sent += 1;
    reading.counts.eventsSent += 1;
  };
};

const misbehave = ({ port }: Reading, call: ReadCall, fault: Fault): void => {
  if (fault.what === 'never-answer') return;
  if (fault.what === 'end-stream') call.end();
  else call.emit('error', statusOf(fault.what, port()));
};

const filterOf = (options: Options): ((kept: Kept) => boolean) => {
  const filter = options.getFilter();
  const expression = filter?.getStreamIdentifier() ?? filter?.getEventType();
  if (!filter || !expression) return () => true;
  const of = (kept: Kept): string => (filter.hasStreamIdentifier() ? kept.stream : kept.type);
  const prefixes = expression.getPrefixList();
  if (prefixes.length > 0) return (kept) => prefixes.some((prefix) => of(kept).startsWith(prefix));
  const pattern = new RegExp(expression.getRegex(), 'u');
  return (kept) => pattern.test(of(kept));
};

/** The index at which reading begins; `nowhere` when the position asked for is the begin of no record. */
const indexIn = ({ log, indexOf }: Database, all: AllOptions, after: boolean): number | 'nowhere' => {
  if (all.hasStart()) return 0;
  if (all.hasEnd()) return log.length;
  const position = Number(all.getPosition()?.getCommitPosition());
  if (position > (log.at(-1)?.position ?? -1)) return Infinity;
  const index = indexOf(position);
  return index === undefined ? 'nowhere' : index + Number(after);
};

const readAll = async (
  reading: Reading,
  call: ReadCall,
  options: Options,
  all: AllOptions,
  fault?: Fault,
) => {
  const { log } = reading.database;
  const index = indexIn(reading.database, all, false);
  if (index === 'nowhere') return void call.emit('error', invalidPosition());
  const backwards = isBackwards(options);
  const wanted = backwards ? log.slice(0, index).reverse() : log.slice(index);
  const take = sendEvents(reading, call, fault);
  const fits = filterOf(options);
  for (const kept of wanted.filter(fits).slice(0, Number(options.getCount()))) await take(kept);
  call.end();
};

const readStream = async (
  reading: Reading,
  call: ReadCall,
  options: Options,
  of: StreamOptions,
  fault?: Fault,
) => {
  const name = nameIn(of.getStreamIdentifier());
  const records = reading.database.stream(name);
  if (records.length === 0) await send(reading, call, streamNotFoundMessage(name));
  const backwards = isBackwards(options);
  const from = of.hasRevision() ? Number(of.getRevision()) : of.hasEnd() ? records.length - 1 : 0;
  const wanted = backwards ? records.slice(0, from + 1).reverse() : records.slice(from);
  const take = sendEvents(reading, call, fault);
  for (const kept of wanted.slice(0, Number(options.getCount()))) await take(kept);
  call.end();
};

const subscribe = async (
  reading: Reading,
  call: ReadCall,
  options: Options,
  all: AllOptions,
  fault?: Fault,
) => {
  const { database } = reading;
  const begin = indexIn(database, all, true);
  if (begin === 'nowhere') return void call.emit('error', invalidPosition());
  const fits = filterOf(options);
  const checkpointEvery =
    (options.getFilter()?.getMax() ?? 32) * (options.getFilter()?.getCheckpointintervalmultiplier() ?? 1);
  const take = sendEvents(reading, call, fault);
  await send(reading, call, confirmationMessage());
  let caughtUp = false;
  for (let index = begin; !call.cancelled;) {
    const kept = database.log[index];
    if (kept) {
      index += 1;
      reading.counts.scanned += 1;
      if (fits(kept)) await take(kept);
      if ((index - begin) % checkpointEvery === 0)
        await send(reading, call, checkpointMessage(kept.position));
    } else {
      if (fault && (fault.afterEvents ?? 0) === 0) throw new Broken();
      if (!caughtUp) await send(reading, call, caughtUpMessage());
      caughtUp = true;
      await until(call, (resolve) => database.onGrowth(resolve));
    }
  }
};

const serve = (reading: Reading, call: ReadCall, options: Options, fault?: Fault): Promise<void> => {
  const [all, stream] = [options.getAll(), options.getStream()];
  if (stream) return readStream(reading, call, options, stream, fault);
  if (!all) throw new Error('neither a stream nor all');
  return options.hasSubscription()
    ? subscribe(reading, call, options, all, fault)
    : readAll(reading, call, options, all, fault);
};

export const read =
  (reading: Reading) =>
  (call: ReadCall): void => {
    call.on('error', () => undefined);
    const options = call.request.getOptions();
    if (!options) return void call.end();
    const lasting = options.hasSubscription();
    if (lasting) reading.counts.subscriptions += 1;
    const fault = reading.faults.next(lasting ? 'subscription' : 'read');
    if (fault && fault.afterEvents === undefined) return misbehave(reading, call, fault);
    serve(reading, call, options, fault).catch((error: unknown) => {
      if (!(error instanceof Broken) || !fault) throw error;
      misbehave(reading, call, fault);
    });
  };
