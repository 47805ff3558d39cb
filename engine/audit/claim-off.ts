/** Claims: what a note says that work took, held against what the signals show. */
import type { Finding } from '../../schemas/audit.ts';
import { type DurationMs, type SubjectId, durationMs, minus } from '../../schemas/brand.ts';
import type { TickmarkEvent } from '../../schemas/event.ts';
import type { TimeRecord } from '../../schemas/record.ts';
import { rootOf } from '../merge.ts';
import type { Plan } from '../plan.ts';
import type { SubjectCase } from './auditor.ts';
import { clockText } from './figures.ts';

export interface Claim {
  readonly note: TickmarkEvent;
  readonly by: Finding['actor'];
  readonly claimedMs: DurationMs;
  /** The subjects whose time the claim is about: its own where the note names none. */
  readonly about: readonly SubjectId[];
}

/** People claim whole minutes: what is less than one off is not off. */
const TOLERANCE_MS = 60_000;

export const claimOf = (fact: TickmarkEvent): Claim | undefined => {
  const { type, data, subject } = fact;
  if (type !== 'NoteAttached' || data.claimedMs === undefined) return undefined;
  const about = data.evidence === undefined || data.evidence.length === 0 ? [subject] : data.evidence;
  return { note: fact, by: data.by, claimedMs: data.claimedMs, about: [...new Set(about)] };
};

/** What was merged into another subject has its time there. Each is asked once. */
export const claimAfter = (claim: Claim, merges: ReadonlyMap<SubjectId, SubjectId>): Claim => ({
  ...claim,
  about: [...new Set(claim.about.map((one) => rootOf(one, merges)))],
});

/** The measure in which a subject's time is told once: `work`, or the first of the rule set that it has. */
const measureOf = ({ rulesByName }: Plan, records: readonly TimeRecord[]): string | undefined => {
  const own = new Set(records.map(({ measure }) => measure));
  if (own.has('work')) return 'work';
  return [...rulesByName.values()].map(({ measure }) => measure).find((measure) => own.has(measure));
};

/** What the signals show of one subject, whoever worked on it. */
export const observedOf = (plan: Plan, records: readonly TimeRecord[]): DurationMs => {
  const measure = measureOf(plan, records);
  return durationMs(
    records
      .filter((record) => record.measure === measure)
      .reduce((sum, { gradesMs }) => sum + gradesMs.observed, 0),
  );
};

const findingAt = (subject: SubjectId, { note, by }: Claim, detail: string): Finding => ({
  code: 'claim-off',
  actor: by,
  atMs: note.occurredAt,
  subject,
  event: note.id,
  detail,
});

/** Nothing where claim and evidence are less than a minute apart. */
export const claimFinding = (
  subject: SubjectId,
  claim: Claim,
  observedMs: DurationMs,
): Finding | undefined => {
  const apartMs = minus(claim.claimedMs, observedMs);
  if (Math.abs(apartMs) < TOLERANCE_MS) return undefined;
  const where = claim.about.length === 1 ? '' : ` on ${claim.about.length} subjects`;
  const apart = clockText(durationMs(Math.abs(apartMs)));
  return findingAt(
    subject,
    claim,
    `claimed ${clockText(claim.claimedMs)}, observed ${clockText(observedMs)}${where}: ${apart} ${apartMs > 0 ? 'more' : 'less'} than the signals show`,
  );
};

/**
 * A claim about other subjects cannot be judged from this one. It is noted here and judged when the audit is asked for;
 * see projections/audit.ts.
 */
export const claimOff = ({ plan, subject, records, facts }: SubjectCase): readonly Finding[] => {
  // Few subjects have a note at all.
  const notes = facts.filter(({ type }) => type === 'NoteAttached');
  return notes.flatMap((fact) => {
    const claim = claimOf(fact);
    if (!claim) return [];
    const elsewhere = claim.about.filter(
      (one) => one !== subject && !facts.some((own) => own.subject === one),
    );
    if (elsewhere.length > 0)
      return [
        findingAt(
          subject,
          claim,
          `claimed ${clockText(claim.claimedMs)}; the evidence is with ${elsewhere.join(', ')}`,
        ),
      ];
    return claimFinding(subject, { ...claim, about: [subject] }, observedOf(plan, records)) ?? [];
  });
};
