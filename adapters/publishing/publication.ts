/** Whether something has to be published of a record, and what is then said. */
import { hash } from 'node:crypto';
import type { Lens } from '../../projections/ports.ts';
import type { RecordId } from '../../schemas/brand.ts';
import type { PublishedRecord } from '../../schemas/published-record.ts';
import type { TimeRecord } from '../../schemas/record.ts';
import type { Publication, RecordMessage } from './ports.ts';

const SCHEMA = 'https://tickmark.dev/schemas/time-record.json';

/** Sequences are compared as texts. */
const SEQUENCE_DIGITS = 10;

/** Half of a SHA-256: nobody chooses what is compared by it. */
const fingerprintOf = (record: TimeRecord): string =>
  hash('sha256', JSON.stringify(record), 'hex').slice(0, 32);

/** While its end has not come, a record is nobody's business but ours: it changes with every signal. */
const isFinished = ({ status }: TimeRecord): boolean => status === 'closed' || status === 'retracted';

/**
 * What has to be published; undefined where all is said. `former`: what was, last. Of what may have arrived or not only
 * the next word makes sure, even where that is that there is nothing.
 */
export const nextPublication = (
  id: RecordId,
  record: TimeRecord | undefined,
  former: Publication | undefined,
): Publication | undefined => {
  const fingerprint = record && isFinished(record) ? fingerprintOf(record) : undefined;
  if (fingerprint === former?.fingerprint && former?.isSent !== false) return undefined;
  const publication = { id, revision: (former?.revision ?? 0) + 1, isSent: false };
  return fingerprint === undefined ? publication : { ...publication, fingerprint };
};

const eventOf = (
  { id, revision, fingerprint }: Publication,
  record: TimeRecord,
  { ruleSet, version }: Lens,
): PublishedRecord => ({
  specversion: '1.0',
  // The fingerprint is for memories that were thrown away, and count anew: equal ids are of equal records.
  id: `${id}/${revision}/${fingerprint}`,
  source: 'tickmark',
  type: revision === 1 ? 'TimeRecordFinished' : 'TimeRecordCorrected',
  subject: id,
  time: new Date(record.toMs).toISOString(),
  datacontenttype: 'application/json',
  dataschema: SCHEMA,
  sequence: String(revision).padStart(SEQUENCE_DIGITS, '0'),
  ruleset: ruleSet,
  rulesetversion: version,
  data: record,
});

/** A record that is gone, or that goes on after all, is no longer among those that are finished. */
export const messageOf = (
  publication: Publication,
  record: TimeRecord | undefined,
  lens: Lens,
): RecordMessage => ({
  key: publication.id,
  value:
    publication.fingerprint === undefined || !record
      ? null
      : JSON.stringify(eventOf(publication, record, lens)),
});
