/** Sending what a transaction has written, each table in a statement or two. */
import type { Finding } from '../../../schemas/audit.ts';
import type { PersonDay, PersonWeek } from '../../../schemas/report.ts';
import { cellOf } from './cells.ts';
import { groupWriter } from './group-writer.ts';
import { writeRecords } from './record-writer.ts';
import type { Underway } from './underway.ts';

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

export const sendRecords = async ({ session, pending, known }: Underway): Promise<void> => {
  if (pending.records.size === 0) return;
  const { puts, removed } = pending.records.take();
  await writeRecords(session, puts, removed);
  known.clear();
};

export const sendTeams = async ({ session, pending }: Underway): Promise<void> => {
  const teams = taken(pending.teams);
  if (teams.length === 0) return;
  const rows = teams.map((team) => ({
    actor: cellOf(team.actor),
    from_ms: team.fromMs,
    body: JSON.stringify(team),
  }));
  await session.rows(PUT_TEAMS, [JSON.stringify(rows)]);
};

export const sendMerges = async ({ session, pending: { merges } }: Underway): Promise<void> => {
  if (merges.size === 0) return;
  const rows = [...merges].map(([subject, into]) => ({
    subject: cellOf(subject),
    into_subject: cellOf(into),
  }));
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
