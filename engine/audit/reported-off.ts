/** Reported lengths: how long the source itself says it took, held against what its own signals come to. */
import type { Finding } from '../../schemas/audit.ts';
import { type DurationMs, durationMs, elapsed, minus } from '../../schemas/brand.ts';
import type { TickmarkEvent } from '../../schemas/event.ts';
import type { TimeRecord } from '../../schemas/record.ts';
import type { ReportedPolicy } from '../plan.ts';
import { type SubjectCase, onRecord } from './auditor.ts';
import { clockText } from './figures.ts';

const MINUTE_MS = 60_000;

/** `8 s`; by the clock from a minute on. */
const apartText = (ms: DurationMs): string => (ms < MINUTE_MS ? `${ms / 1_000} s` : clockText(ms));

/** The fact that ended the record. Where the end has not come, or a rule supplied it, there is none. */
const endOf = (
  { status, tail, toMs, spans, subtracted }: TimeRecord,
  facts: readonly TickmarkEvent[],
): TickmarkEvent | undefined => {
  if (status !== 'closed' || tail !== undefined) return undefined;
  const last = [...spans, ...subtracted].filter((stretch) => stretch.toMs === toMs);
  return facts.find(({ id }) => last.some(({ closed }) => closed.event === id));
};

const reportedBy = ({ data }: TickmarkEvent): DurationMs | undefined =>
  'durationMs' in data ? data.durationMs : undefined;

const measuredOf = ({ fromMs, toMs, countedMs }: TimeRecord, { of }: ReportedPolicy): DurationMs =>
  of === 'elapsed' ? elapsed(fromMs, toMs) : countedMs;

/** Nothing where both agree, or the source says nothing. */
const findingOn = (
  record: TimeRecord,
  policy: ReportedPolicy,
  facts: readonly TickmarkEvent[],
): readonly Finding[] => {
  const end = endOf(record, facts);
  const saidMs = end && reportedBy(end);
  if (end === undefined || saidMs === undefined) return [];
  const measuredMs = measuredOf(record, policy);
  const apartMs = durationMs(Math.abs(minus(saidMs, measuredMs)));
  if (apartMs <= policy.withinMs) return [];
  const detail = `the source says ${clockText(saidMs)}, its own signals ${clockText(measuredMs)}: ${apartText(apartMs)} apart`;
  return [{ code: 'reported-off', ...onRecord(record), event: end.id, detail }];
};

/** Only where the rule asks for it. */
export const reportedOff = ({ plan, records, facts }: SubjectCase): readonly Finding[] =>
  records.flatMap((record) => {
    const policy = plan.rulesByName.get(record.rule)?.reported;
    return policy === undefined ? [] : findingOn(record, policy, facts);
  });
