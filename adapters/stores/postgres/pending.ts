/** What a transaction has written and not yet sent: a message to the server for each row would cost most of the time. */
import type { PersonTeam, ProjectionState } from '../../../projections/ports.ts';
import type { Finding } from '../../../schemas/audit.ts';
import type { ActorId, IsoWeek, LocalDate, SubjectId } from '../../../schemas/brand.ts';
import type { PersonDay, PersonWeek } from '../../../schemas/report.ts';
import { type PendingRecords, pendingRecords } from './pending-records.ts';

/** By a key of the caller's, so that of two rows for one place the last one stays. */
type Latest<Row> = Map<string, Row>;

export interface Pending {
  readonly records: PendingRecords;
  readonly days: Latest<{
    readonly actor: ActorId;
    readonly day: LocalDate;
    readonly rows: readonly PersonDay[];
  }>;
  readonly weeks: Latest<{
    readonly actor: ActorId;
    readonly week: IsoWeek;
    readonly rows: readonly PersonWeek[];
  }>;
  readonly findings: Map<SubjectId, readonly Finding[]>;
  readonly teams: Latest<PersonTeam>;
  readonly merges: Map<SubjectId, SubjectId>;
  state: ProjectionState | undefined;
}

export const nothingPending = (): Pending => ({
  records: pendingRecords(),
  days: new Map(),
  weeks: new Map(),
  findings: new Map(),
  teams: new Map(),
  merges: new Map(),
  state: undefined,
});

export const keyOf = (...parts: readonly (string | number)[]): string => JSON.stringify(parts);
