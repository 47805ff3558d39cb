/** A real log imported once for all tests of a file, plainly: in the order of the file, in batches of 1,000. */
import type { TestContext } from 'vitest';
import type { IntakeCounts } from '../../adapters/intake.ts';
import { buildReport, type ReportQuestion } from '../../projections/index.ts';
import type { StoredEvent } from '../../schemas/event.ts';
import type { TimeRecord } from '../../schemas/record.ts';
import type { Report } from '../../schemas/report.ts';
import { type Readings, deliver, readLog } from './corridor.ts';
import { type RealLog, needs } from './logs.ts';
import { allOf } from './rows.ts';
import { type FolderWorkspace, sqliteWorkspace } from './workspaces.ts';

export interface Imported extends Readings {
  readonly workspace: FolderWorkspace;
  readonly counts: IntakeCounts;
  report(question: ReportQuestion): Promise<Report>;
  records(): Promise<readonly TimeRecord[]>;
  events(): Promise<readonly StoredEvent[]>;
}

export interface OneImport {
  /** Skips the test where the data are missing. */
  of(context: TestContext): Promise<Imported>;
  close(): Promise<void>;
}

const importPlainly = async (log: RealLog): Promise<Imported> => {
  const readings = await readLog(log);
  const workspace = await sqliteWorkspace();
  const { arrivals } = readings;
  const counts = await deliver(workspace, readings, { arrivals, batch: 1000, catchUpAt: [] });
  return {
    ...readings,
    workspace,
    counts,
    report: (question) => buildReport(workspace.answers, readings.ruling.plan, question),
    records: () => allOf(workspace.answers.allRecords()),
    events: () => allOf(workspace.log.readAll(0)),
  };
};

export const importedOnce = (log: RealLog): OneImport => {
  let imported: Promise<Imported> | undefined;
  return {
    of: (context) => {
      needs(context, log);
      imported ??= importPlainly(log);
      return imported;
    },
    close: async () => (await imported)?.workspace.close(),
  };
};
