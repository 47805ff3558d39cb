/** What a transaction has written and not yet sent: a message to the server for each row would cost most of the time. */
import type { PersonTeam, ProjectionState } from '../../../projections/ports.ts';
import type { Finding } from '../../../schemas/audit.ts';
import type { ActorId, IsoWeek, LocalDate, SubjectId } from '../../../schemas/brand.ts';
import type { PersonDay, PersonWeek } from '../../../schemas/report.ts';
import { cellOf } from './cells.ts';
import { groupWriter } from './group-writer.ts';
import { type PendingRecords, pendingRecords } from './pending-records.ts';
import { writeRecords } from './record-writer.ts';
import type { Session } from './session.ts';

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

const PUT_TEAMS = `
  INSERT INTO person_team SELECT actor, from_ms, body
  FROM json_to_recordset(?::json) AS g (actor text, from_ms bigint, body text)
  ON CONFLICT (actor, from_ms) DO UPDATE SET body = EXCLUDED.body`;

const PUT_MERGES = `
  INSERT INTO merge SELECT subject, into_subject
  FROM json_to_recordset(?::json) AS g (subject text, into_subject text)
  ON CONFLICT (subject) DO UPDATE SET into_subject = EXCLUDED.into_subject`;

const body = 'text';
const replaceDays = groupWriter({
  table: 'person_day',
  group: ['day', 'actor'],
  within: 'measure',
  columns: { day: 'text', actor: 'text', measure: 'text', body },
});
const replaceWeeks = groupWriter({
  table: 'person_week',
  group: ['week', 'actor'],
  within: 'measure',
  columns: { week: 'text', actor: 'text', measure: 'text', body },
});
const replaceFindings = groupWriter({
  table: 'finding',
  group: ['subject'],
  within: 'place',
  columns: {
    subject: 'text',
    place: 'integer',
    at_ms: 'bigint',
    code: 'text',
    record: 'text',
    event: 'text',
    body,
  },
});

const taken = <Row>(rows: Map<unknown, Row>): readonly Row[] => {
  const all = [...rows.values()];
  rows.clear();
  return all;
};

const measured = (row: PersonDay | PersonWeek) => ({
  measure: cellOf(row.measure),
  body: JSON.stringify(row),
});

const nullable = (text: string | undefined): string | null => (text === undefined ? null : cellOf(text));

const findingCells = (finding: Finding, place: number) => ({
  place,
  at_ms: finding.atMs,
  code: finding.code,
  record: nullable(finding.record),
  event: nullable(finding.event),
  body: JSON.stringify(finding),
});

export const sendRecords = async (session: Session, { records }: Pending): Promise<void> => {
  const { puts, removed } = records.take();
  await writeRecords(session, puts, removed);
};

export const sendTeams = async (session: Session, pending: Pending): Promise<void> => {
  const teams = taken(pending.teams);
  if (teams.length === 0) return;
  const rows = teams.map((team) => ({
    actor: cellOf(team.actor),
    from_ms: team.fromMs,
    body: JSON.stringify(team),
  }));
  await session.rows(PUT_TEAMS, [JSON.stringify(rows)]);
};

export const sendMerges = async (session: Session, { merges }: Pending): Promise<void> => {
  if (merges.size === 0) return;
  const rows = [...merges].map(([subject, into]) => ({
    subject: cellOf(subject),
    into_subject: cellOf(into),
  }));
  merges.clear();
  await session.rows(PUT_MERGES, [JSON.stringify(rows)]);
};

const sendDaysAndWeeks = async (session: Session, pending: Pending): Promise<void> => {
  const days = taken(pending.days).map(({ actor, day, rows }) => ({
    group: { day, actor: cellOf(actor) },
    rows: rows.map(measured),
  }));
  await replaceDays(session, days);
  const weeks = taken(pending.weeks).map(({ actor, week, rows }) => ({
    group: { week, actor: cellOf(actor) },
    rows: rows.map(measured),
  }));
  await replaceWeeks(session, weeks);
};

const sendFindings = async (session: Session, pending: Pending): Promise<void> => {
  const replacements = [...pending.findings].map(([subject, findings]) => ({
    group: { subject: cellOf(subject) },
    rows: findings.map(findingCells),
  }));
  pending.findings.clear();
  await replaceFindings(session, replacements);
};

/** Everything but the state, which is a row of its own. */
export const sendAll = async (session: Session, pending: Pending): Promise<void> => {
  await sendRecords(session, pending);
  await sendTeams(session, pending);
  await sendMerges(session, pending);
  await sendDaysAndWeeks(session, pending);
  await sendFindings(session, pending);
};
