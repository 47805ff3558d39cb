/** Sending what a transaction has written, each table in a statement or two. */
import type { PersonTeam } from '../../../projections/ports.ts';
import type { Finding } from '../../../schemas/audit.ts';
import type { SubjectId } from '../../../schemas/brand.ts';
import type { PersonDay, PersonWeek } from '../../../schemas/report.ts';
import { cellOf } from './cells.ts';
import { type GroupedTable, groupWriter } from './group-writer.ts';
import { writeRecords } from './record-writer.ts';
import type { Underway } from './underway.ts';

const body = 'text';
export const TEAM_COLUMNS = { actor: 'text', from_ms: 'bigint', body } as const;
export const MERGE_COLUMNS = { subject: 'text', into_subject: 'text' } as const;

const PUT_TEAMS = `
  INSERT INTO person_team SELECT actor, from_ms, body
  FROM json_to_recordset(?::json) AS g (actor text, from_ms bigint, body text)
  ON CONFLICT (actor, from_ms) DO UPDATE SET body = EXCLUDED.body`;

const PUT_MERGES = `
  INSERT INTO merge SELECT subject, into_subject
  FROM json_to_recordset(?::json) AS g (subject text, into_subject text)
  ON CONFLICT (subject) DO UPDATE SET into_subject = EXCLUDED.into_subject`;

export const DAY_TABLE: GroupedTable = {
  table: 'person_day',
  group: ['day', 'actor'],
  within: 'measure',
  columns: { day: 'text', actor: 'text', measure: 'text', body },
};
export const WEEK_TABLE: GroupedTable = {
  table: 'person_week',
  group: ['week', 'actor'],
  within: 'measure',
  columns: { week: 'text', actor: 'text', measure: 'text', body },
};
export const FINDING_TABLE: GroupedTable = {
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
};
const replaceDays = groupWriter(DAY_TABLE);
const replaceWeeks = groupWriter(WEEK_TABLE);
const replaceFindings = groupWriter(FINDING_TABLE);

const taken = <Row>(rows: Map<unknown, Row>): readonly Row[] => {
  const all = [...rows.values()];
  rows.clear();
  return all;
};

const measured = (row: PersonDay | PersonWeek) => ({
  measure: cellOf(row.measure),
  body: JSON.stringify(row),
});

export const dayCells = (row: PersonDay) => ({ day: row.day, actor: cellOf(row.actor), ...measured(row) });

export const weekCells = (row: PersonWeek) => ({
  week: row.week,
  actor: cellOf(row.actor),
  ...measured(row),
});

export const teamCells = (team: PersonTeam) => ({
  actor: cellOf(team.actor),
  from_ms: team.fromMs,
  body: JSON.stringify(team),
});

export const mergeCells = ([subject, into]: readonly [SubjectId, SubjectId]) => ({
  subject: cellOf(subject),
  into_subject: cellOf(into),
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

/** All of a subject's findings follow one another. */
export const findingsBySubject = (findings: readonly Finding[]) => {
  let place = 0;
  return findings.map((finding, at) => {
    place = finding.subject === findings[at - 1]?.subject ? place + 1 : 0;
    return { subject: nullable(finding.subject), ...findingCells(finding, place) };
  });
};

export const sendRecords = async ({ session, pending, known }: Underway): Promise<void> => {
  if (pending.records.size === 0) return;
  const { puts, removed } = pending.records.take();
  await writeRecords(session, puts, removed);
  known.clear();
};

export const sendTeams = async ({ session, pending }: Underway): Promise<void> => {
  const teams = taken(pending.teams);
  if (teams.length === 0) return;
  await session.rows(PUT_TEAMS, [JSON.stringify(teams.map(teamCells))]);
};

export const sendMerges = async ({ session, pending: { merges } }: Underway): Promise<void> => {
  if (merges.size === 0) return;
  const rows = [...merges].map(mergeCells);
  merges.clear();
  await session.rows(PUT_MERGES, [JSON.stringify(rows)]);
};

const sendDaysAndWeeks = async ({ session, pending }: Underway): Promise<void> => {
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

const sendFindings = async ({ session, pending }: Underway): Promise<void> => {
  const replacements = [...pending.findings].map(([subject, findings]) => ({
    group: { subject: cellOf(subject) },
    rows: findings.map(findingCells),
  }));
  pending.findings.clear();
  await replaceFindings(session, replacements);
};

/** Everything but the state, which is a row of its own. */
export const sendAll = async (underway: Underway): Promise<void> => {
  await sendRecords(underway);
  await sendTeams(underway);
  await sendMerges(underway);
  await sendDaysAndWeeks(underway);
  await sendFindings(underway);
};
