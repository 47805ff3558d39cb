/** THE ANSWERS. Rows and reports from the log, over ports that are passed in. This is its door. */
export { type CatchUp, catchUp, isUsable } from './catch-up.ts';
export {
  type Difference,
  type FirstDifference,
  comparePersonDays,
  comparePersonWeeks,
  compareRecords,
  firstDifference,
} from './compare.ts';
export { type Pair, sideBySide } from './side-by-side.ts';
export { type Share } from './share.ts';
export { type SharedCatchUp, catchUpShare } from './shared-catch-up.ts';
export { PROJECTION_VERSION, sameLens } from './lens.ts';
export { type ProjectionContext, projectPage } from './project.ts';
export { type Ground, type StreamedLog } from './ground.ts';
export { type Crew, type Exchange, type Rebuild, derivePart, rebuild } from './rebuild.ts';
export { newPart } from './rebuild-part.ts';
export { openWeekAfter } from './adjustments.ts';
export { NO_VALUE } from './report-lines.ts';
export { type ReportQuestion } from './report-question.ts';
export { unanswerable } from './sealed-report.ts';
export { timesheetsOf } from './sealing.ts';
export {
  NO_SEALS,
  SEALS_STREAM,
  type Seal,
  type Seals,
  type Timesheet,
  readSeals,
  sheetsStream,
} from './seals.ts';
export { buildReport } from './weekly-report.ts';
export {
  type AccuracyLine,
  type AccuracyQuestion,
  type AccuracyReport,
  type TrueTime,
  buildAccuracy,
} from './accuracy.ts';
export { type Audit, type AuditQuestion, type AuditSources, buildAudit } from './audit.ts';
