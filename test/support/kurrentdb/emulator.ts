/**
 * An emulator of KurrentDB's gRPC protocol, version 1: streams and server features, in memory, on 127.0.0.1, without TLS.
 * It is a test double, and no KurrentDB: it shares the message definitions with the client and the rules of appending with
 * the server's documentation, and nothing with the server's code.
 *
 *     node test/support/kurrentdb/emulator.ts '{"port":0,"file":"log.ndjson","maxAppendBytes":16777216}'
 *
 * It is started as a child with a channel for messages: faults come in, counts go out. It ends with its parent.
 */
import { Server, ServerCredentials } from '@grpc/grpc-js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import featureServices from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import streamServices from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { batchAppend } from './appending.ts';
import { type DatabaseOptions, openDatabase } from './database.ts';
import { type Fault, plannedFaults } from './faults.ts';
import { read } from './reading.ts';

export interface EmulatorOptions extends DatabaseOptions {
  /** 0: any that is free. */
  readonly port: number;
}

export interface Counts {
  readonly appends: number;
  readonly eventsSent: number;
  readonly subscriptions: number;
  /** Calls that wait because their reader takes nothing. */
  readonly blocked: number;
  /** Records that subscriptions looked at, whether or not they fitted the filter. */
  readonly scanned: number;
  readonly lateAnswers: number;
}

export type ToEmulator = { readonly ask: 'fault'; readonly fault: Fault } | { readonly ask: 'counts' };
export type FromEmulator =
  | { readonly told: 'ready'; readonly port: number }
  | { readonly told: 'fault' }
  | { readonly told: 'counts'; readonly counts: Counts };

const VERSION = 'emulator of the gRPC protocol v1 (test/support/kurrentdb)';
const MOST_BYTES = 20 * 1024 * 1024;

const supported = () => {
  const methods = new features.SupportedMethods();
  methods.setEventStoreServerVersion(VERSION);
  for (const name of ['read', 'batchappend']) {
    const method = new features.SupportedMethod();
    method.setServiceName('event_store.client.streams.streams');
    method.setMethodName(name);
    methods.addMethods(method);
  }
  return methods;
};

const options: EmulatorOptions = JSON.parse(process.argv[2] ?? '{}') as EmulatorOptions;
const counts = { appends: 0, eventsSent: 0, subscriptions: 0, blocked: 0, scanned: 0, lateAnswers: 0 };
const faults = plannedFaults();
const database = openDatabase(options);
let port = options.port;

const tell = (message: FromEmulator): void => void process.send?.(message);
process.on('message', (message: ToEmulator) => {
  if (message.ask === 'counts') return tell({ told: 'counts', counts });
  faults.plan(message.fault);
  tell({ told: 'fault' });
});
process.on('disconnect', () => process.exit(0));

const server = new Server({
  'grpc.max_receive_message_length': MOST_BYTES,
  'grpc.max_send_message_length': MOST_BYTES,
});
const emulator = { database, faults, counts, port: () => port, maxAppendBytes: options.maxAppendBytes };
server.addService(streamServices.StreamsService, {
  batchAppend: batchAppend(emulator),
  read: read(emulator),
});
server.addService(featureServices.ServerFeaturesService, {
  getSupportedMethods: (_call: unknown, callback: (error: null, answer: unknown) => void) =>
    callback(null, supported()),
});
server.bindAsync(`127.0.0.1:${options.port}`, ServerCredentials.createInsecure(), (error, bound) => {
  if (error) throw error;
  port = bound;
  tell({ told: 'ready', port });
});
