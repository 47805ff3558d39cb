/** Filling empty tables in memory with the rows that were loaded. */
import type { ProjectionState } from '../../../projections/ports.ts';
import type { RowBatch } from '../../../projections/rebuild-ports.ts';
import { groupName } from './grouped.ts';
import { ALL, type Tables, insertRecord } from './tables.ts';

const fillOne = (tables: Tables, batch: RowBatch): void => {
  for (const { record, pieces, begins } of batch.records ?? []) insertRecord(tables, record, pieces, begins);
  for (const [subject = '', own] of Map.groupBy(batch.findings ?? [], ({ subject }) => subject))
    tables.findings.set(ALL, subject, own);
  for (const row of batch.personDays ?? [])
    tables.personDays.set(groupName(row.actor, row.day), row.measure, row);
  for (const row of batch.personWeeks ?? [])
    tables.personWeeks.set(groupName(row.actor, row.week), row.measure, row);
  for (const team of batch.teams ?? []) tables.teams.set(team.actor, String(team.fromMs), team);
  for (const [subject, into] of batch.merges ?? []) tables.merges.set(ALL, subject, { subject, into });
};

export const fill = (tables: Tables, batches: readonly RowBatch[], state: ProjectionState): void => {
  for (const batch of batches) fillOne(tables, batch);
  tables.states.set(ALL, ALL, state);
};
