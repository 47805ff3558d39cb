/** The server's side of BatchAppend: one call, many appends, each in chunks that share a correlation id. */
import type { ServerDuplexStream } from '@grpc/grpc-js';
import type streams from '@eventstore/db-client/generated/streams_pb.js';
import type { Database, Expected, Outcome, Proposed } from './database.ts';
import type { Fault, Faults } from './faults.ts';
import { appendMessage, nameIn, proposedIn, statusOf } from './messages.ts';

type Request = InstanceType<typeof streams.BatchAppendReq>;
type Response = InstanceType<typeof streams.BatchAppendResp>;
type Options = InstanceType<typeof streams.BatchAppendReq.Options>;
export type AppendCall = ServerDuplexStream<Request, Response>;

export interface Appending {
  readonly database: Database;
  readonly faults: Faults;
  readonly maxAppendBytes: number;
  readonly port: () => number;
  readonly counts: { appends: number; lateAnswers: number };
}

const expectedIn = (options: Options): Expected => {
  if (options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'none';
  return options.hasStreamExists() ? 'exists' : Number(options.getStreamPosition());
};

interface Open {
  readonly options: Options;
  readonly events: Proposed[];
}

const answer = (emulator: Appending, call: AppendCall, last: Request, { options, events }: Open): void => {
  const fault = emulator.faults.next('append');
  emulator.counts.appends += 1;
  const stream = nameIn(options.getStreamIdentifier());
  const say = (outcome: Outcome): Response =>
    appendMessage(last.getCorrelationId(), stream, outcome, emulator.maxAppendBytes);
  const commit = (): Response => say(emulator.database.append(stream, expectedIn(options), events));
  if (!fault) call.write(commit());
  else if (fault.what === 'deny')
    call.write(
      say({ status: 'wrong-expected-version', revision: emulator.database.stream(stream).length - 1 }),
    );
  else misbehave(emulator, call, fault, commit);
};

const misbehave = (
  { port, counts }: Appending,
  call: AppendCall,
  fault: Fault,
  commit: () => Response,
): void => {
  switch (fault.what) {
    case 'never-answer':
      return;
    case 'answer-late': {
      const message = commit();
      setTimeout(() => {
        call.write(message);
        counts.lateAnswers += 1;
      }, fault.lateMs ?? 0);
      return;
    }
    case 'commit-then-drop':
      commit();
      call.emit('error', statusOf('unavailable', port()));
      return;
    case 'end-stream':
      call.end();
      return;
    case 'deny':
    case 'unavailable':
    case 'not-leader':
    case 'internal':
      call.emit('error', statusOf(fault.what, port()));
  }
};

export const batchAppend =
  (emulator: Appending) =>
  (call: AppendCall): void => {
    const open = new Map<string, Open>();
    call.on('data', (request: Request) => {
      const correlation = request.getCorrelationId()?.getString() ?? '';
      const options = request.getOptions();
      const one = open.get(correlation) ?? (options ? { options, events: [] } : undefined);
      if (!one) return;
      open.set(correlation, one);
      one.events.push(...request.getProposedMessagesList().map(proposedIn));
      if (!request.getIsFinal()) return;
      open.delete(correlation);
      answer(emulator, call, request, one);
    });
    call.on('end', () => call.end());
    call.on('error', () => undefined);
  };
