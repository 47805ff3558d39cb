/** The messages of the protocol, made from the definitions inside the client's package. */
import { Metadata, status } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import statuses from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import anyMessage from 'google-protobuf/google/protobuf/any_pb.js';
import emptyMessage from 'google-protobuf/google/protobuf/empty_pb.js';
import type { Fault } from './faults.ts';
import type { Kept, Outcome, Proposed } from './database.ts';

const { ReadResp, BatchAppendResp } = streams;

const identifier = (name: string) => {
  const made = new shared.StreamIdentifier();
  made.setStreamName(Buffer.from(name).toString('base64'));
  return made;
};

export const nameIn = (from: InstanceType<typeof shared.StreamIdentifier> | undefined): string =>
  Buffer.from(from?.getStreamName_asU8() ?? []).toString('utf8');

export const proposedIn = (
  message: InstanceType<typeof streams.BatchAppendReq.ProposedMessage>,
): Proposed => ({
  id: (message.getId()?.getString() ?? '').toLowerCase(),
  type: message.getMetadataMap().get('type') ?? '',
  contentType: message.getMetadataMap().get('content-type') ?? '',
  data: Buffer.from(message.getData_asU8()),
  metadata: Buffer.from(message.getCustomMetadata_asU8()),
});

/** The server's clock has no part in any test: every event was created in 1970. */
const CREATED_TICKS = '0';

export const eventMessage = (kept: Kept) => {
  const id = new shared.UUID();
  id.setString(kept.id);
  const recorded = new ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(id);
  recorded.setStreamIdentifier(identifier(kept.stream));
  recorded.setStreamRevision(String(kept.revision));
  recorded.setCommitPosition(String(kept.position));
  recorded.setPreparePosition(String(kept.position));
  recorded.getMetadataMap().set('type', kept.type);
  recorded.getMetadataMap().set('content-type', kept.contentType);
  recorded.getMetadataMap().set('created', CREATED_TICKS);
  recorded.setData(kept.data);
  recorded.setCustomMetadata(kept.metadata);
  const event = new ReadResp.ReadEvent();
  event.setEvent(recorded);
  event.setCommitPosition(String(kept.position));
  const message = new ReadResp();
  message.setEvent(event);
  return message;
};

export const confirmationMessage = () => {
  const confirmation = new ReadResp.SubscriptionConfirmation();
  confirmation.setSubscriptionId('emulated');
  const message = new ReadResp();
  message.setConfirmation(confirmation);
  return message;
};

export const checkpointMessage = (position: number) => {
  const checkpoint = new ReadResp.Checkpoint();
  checkpoint.setCommitPosition(String(position));
  checkpoint.setPreparePosition(String(position));
  const message = new ReadResp();
  message.setCheckpoint(checkpoint);
  return message;
};

export const caughtUpMessage = () => {
  const message = new ReadResp();
  message.setCaughtUp(new ReadResp.CaughtUp());
  return message;
};

export const streamNotFoundMessage = (name: string) => {
  const missing = new ReadResp.StreamNotFound();
  missing.setStreamIdentifier(identifier(name));
  const message = new ReadResp();
  message.setStreamNotFound(missing);
  return message;
};

const wrongVersion = (revision: number): readonly [Uint8Array, string] => {
  const wrong = new shared.WrongExpectedVersion();
  if (revision < 0) wrong.setCurrentNoStream(new emptyMessage.Empty());
  else wrong.setCurrentStreamRevision(String(revision));
  return [wrong.serializeBinary(), 'event_store.client.WrongExpectedVersion'];
};

const tooLarge = (most: number): readonly [Uint8Array, string] => {
  const large = new shared.MaximumAppendSizeExceeded();
  large.setMaxappendsize(most);
  return [large.serializeBinary(), 'event_store.client.MaximumAppendSizeExceeded'];
};

const successOf = ({ revision, position }: Kept) => {
  const success = new BatchAppendResp.Success();
  success.setCurrentRevision(String(revision));
  const place = new shared.AllStreamPosition();
  place.setCommitPosition(String(position));
  place.setPreparePosition(String(position));
  success.setPosition(place);
  return success;
};

export const appendMessage = (
  correlation: InstanceType<typeof shared.UUID> | undefined,
  stream: string,
  outcome: Outcome,
  maxAppendBytes: number,
) => {
  const message = new BatchAppendResp();
  message.setCorrelationId(correlation);
  message.setStreamIdentifier(identifier(stream));
  if (outcome.status === 'written') {
    message.setSuccess(successOf(outcome.last));
    return message;
  }
  const details = new anyMessage.Any();
  details.pack(
    ...(outcome.status === 'too-large' ? tooLarge(maxAppendBytes) : wrongVersion(outcome.revision)),
  );
  const failed = new statuses.Status();
  failed.setMessage(outcome.status);
  failed.setDetails(details);
  message.setError(failed);
  return message;
};

/** The status with which a call fails, as gRPC sends it. */
export const statusOf = (what: Fault['what'], port: number) => {
  const metadata = new Metadata();
  if (what === 'deny') {
    metadata.set('exception', 'access-denied');
    return { code: status.PERMISSION_DENIED, details: 'emulated: Access Denied', metadata };
  }
  if (what !== 'not-leader')
    return {
      code: what === 'internal' ? status.INTERNAL : status.UNAVAILABLE,
      details: `emulated: ${what}`,
      metadata,
    };
  metadata.set('exception', 'not-leader');
  metadata.set('leader-endpoint-host', '127.0.0.1');
  metadata.set('leader-endpoint-port', String(port));
  return { code: status.NOT_FOUND, details: 'emulated: leader info available', metadata };
};

/** The words of the server, from 24.2 on, for a position at which no record begins. */
export const invalidPosition = () => ({
  code: status.UNKNOWN,
  details: 'Trying to read from an invalid position.',
  metadata: new Metadata(),
});
