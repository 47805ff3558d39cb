/** An auditor: looks for one code, at one subject or at one person's time. Pure: the same rows, the same findings. */
import type { Finding } from '../../schemas/audit.ts';
import type { ActorId, SubjectId } from '../../schemas/brand.ts';
import type { TickmarkEvent } from '../../schemas/event.ts';
import type { Piece, TimeRecord } from '../../schemas/record.ts';
import type { PersonWeek } from '../../schemas/report.ts';
import type { Orphan } from '../orphan.ts';
import type { Plan } from '../plan.ts';

/** A subject with all of its facts, those of subjects that were merged into it among them. */
export interface SubjectCase {
  readonly plan: Plan;
  readonly subject: SubjectId;
  readonly records: readonly TimeRecord[];
  readonly orphans: readonly Orphan[];
  readonly facts: readonly TickmarkEvent[];
}

export type KnownPiece = Piece & Pick<TimeRecord, 'attributes'>;

/** All that one person has in one measure. */
export interface PersonCase {
  readonly plan: Plan;
  readonly actor: ActorId;
  readonly measure: string;
  /** In order of time. */
  readonly pieces: readonly KnownPiece[];
  /** In order of time. */
  readonly weeks: readonly PersonWeek[];
  /** The records whose time is shared out over targets. */
  readonly allocated: readonly TimeRecord[];
}

export type Auditor =
  | { readonly of: 'subject'; readonly find: (one: SubjectCase) => readonly Finding[] }
  | { readonly of: 'person'; readonly find: (one: PersonCase) => readonly Finding[] };

/** Where a finding about a record points to. */
export const onRecord = ({ actor, fromMs, subject, id }: TimeRecord) => ({
  actor,
  atMs: fromMs,
  subject,
  record: id,
});
