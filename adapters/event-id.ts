/** Deterministic ids: the same fact of the same source always gets the same id, so a redelivery is a no-op. */
import { hash } from 'node:crypto';
import { type EventId, eventId } from '../schemas/brand.ts';
import type { EventDraft, Provenance } from '../schemas/event.ts';
import type { Signal } from '../schemas/signal.ts';

/** Tickmark's own name space; changing it would make every known signal new. */
const NAMESPACE = Buffer.from('6f1f2a52c1a94c0f9d7a5b0a3b8f1e44', 'hex');

const HEX_VARIANT = '89ab';

/** UUID version 5 (RFC 9562, 5.5) of a name in Tickmark's name space. */
const uuidOf = (name: string): string => {
  const digest = hash('sha1', Buffer.concat([NAMESPACE, Buffer.from(name, 'utf8')]), 'hex');
  const variant = HEX_VARIANT[Number.parseInt(digest.charAt(16), 16) & 3] ?? '8';
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
};

type Named = Pick<EventDraft, 'vendorId' | 'type' | 'subject' | 'revision'>;

/** Of source, vendor id, type, subject and revision: one vendor message may tell several facts. */
export const eventIdOf = (source: string, { vendorId, type, subject, revision = 0 }: Named): EventId =>
  eventId(uuidOf(JSON.stringify([source, vendorId, type, subject, revision])));

/** The id of the event; where it may be a later word, also that of the fact, which is the id of the first. */
export const identityOf = (source: string, draft: EventDraft): Pick<Provenance, 'id' | 'fact'> => {
  const id = eventIdOf(source, draft);
  return draft.revision === undefined ? { id } : { id, fact: eventIdOf(source, { ...draft, revision: 0 }) };
};

/** Of everything that says which signal it is; receipt does not, so a second delivery is the same letter. */
export const deadLetterIdOf = ({ source, dialect, origin, line, raw }: Signal): string =>
  uuidOf(
    JSON.stringify(['dead-letter', source, dialect, origin ?? '', line ?? 0, hash('sha256', raw, 'hex')]),
  );

/** SHA-256 of the raw signal, hex. */
export const signalHashOf = (raw: string): string => hash('sha256', raw, 'hex');
