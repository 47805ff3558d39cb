/** The audit: what is remarkable about subjects, from their rows, and about people, from all that they have. */
import type { Finding, FindingCode } from '../schemas/audit.ts';
import {
  type ActorId,
  type IsoWeek,
  type LocalDate,
  type SubjectId,
  durationMs,
  localDate,
} from '../schemas/brand.ts';
import type { TimeRecord } from '../schemas/record.ts';
import type { PersonWeek } from '../schemas/report.ts';
import { compareText } from '../schemas/text-order.ts';
import {
  type Claim,
  type KnownPiece,
  type PersonCase,
  type Plan,
  byFindingOrder,
  claimAfter,
  claimFinding,
  claimOf,
  findingsOfPerson,
  mondayOfWeek,
  observedOf,
  rootOf,
} from '../engine/index.ts';
import type { EventLog, RowReader } from './ports.ts';

export interface AuditQuestion {
  /** Only what lies in this week, in the rule set's zone. */
  readonly week?: IsoWeek;
  readonly actor?: ActorId;
  readonly code?: FindingCode;
}

export interface Audit {
  readonly findings: readonly Finding[];
  /** How many records begin where was looked. */
  readonly records: number;
  /** The weeks that were looked at, ascending. */
  readonly weeks: readonly IsoWeek[];
}

/** What the audit reads. */
export interface AuditSources {
  readonly rows: RowReader;
  readonly log: Pick<EventLog, 'readStream'>;
  readonly plan: Plan;
}

type Merges = Awaited<ReturnType<RowReader['merges']>>;

/** The note stands in the stream of the subject, or of one that was merged into it. */
const claimMeant = async (
  { log }: AuditSources,
  subject: SubjectId,
  event: Finding['event'],
  merges: Merges,
): Promise<Claim | undefined> => {
  const members = [...merges.keys()].filter((one) => one !== subject && rootOf(one, merges) === subject);
  for (const stream of [subject, ...members]) {
    const note = (await log.readStream(stream)).find((stored) => stored.event.id === event)?.event;
    if (note) return claimOf(note);
  }
  return undefined;
};

/** A claim about other subjects is judged here, where their records can be read. */
const judged = async (
  sources: AuditSources,
  finding: Finding,
  merges: Merges,
): Promise<readonly Finding[]> => {
  const { code, subject, event } = finding;
  if (code !== 'claim-off' || subject === undefined) return [finding];
  const told = await claimMeant(sources, subject, event, merges);
  if (!told) return [finding];
  const claim = claimAfter(told, merges);
  let observed = 0;
  for (const one of claim.about)
    observed += observedOf(sources.plan, await sources.rows.records({ subject: one }));
  const off = claimFinding(subject, claim, durationMs(observed));
  return off ? [off] : [];
};

const findingsOfSubjects = async (sources: AuditSources): Promise<readonly Finding[]> => {
  const merges = await sources.rows.merges();
  const found: Finding[] = [];
  for (const finding of await sources.rows.findings())
    found.push(...(await judged(sources, finding, merges)));
  return found;
};

const ALWAYS: readonly [LocalDate, LocalDate] = [localDate('0000-01-01'), localDate('9999-12-31')];

const keyOf = ({ actor, measure }: Pick<PersonCase, 'actor' | 'measure'>): string =>
  JSON.stringify([actor, measure]);

const allocatedOf = async (rows: RowReader): Promise<ReadonlyMap<string, readonly TimeRecord[]>> => {
  const found: TimeRecord[] = [];
  for await (const page of rows.allRecords())
    found.push(...page.filter(({ allocation }) => allocation !== undefined));
  return Map.groupBy(found, keyOf);
};

/** The pieces of one measure, person by person. */
async function* piecesByPerson(rows: RowReader, measure: string): AsyncIterable<readonly KnownPiece[]> {
  let own: KnownPiece[] = [];
  for await (const page of rows.pieces(measure, ...ALWAYS))
    for (const piece of page) {
      const [first] = own;
      if (first && first.actor !== piece.actor) {
        yield own;
        own = [];
      }
      own.push(piece);
    }
  if (own.length > 0) yield own;
}

/**
 * Everything that everybody has is looked at, also for the question of one week: a run of identical days may begin
 * before it, and a week must not be told otherwise than the whole is.
 */
const findingsOfPeople = async (
  { rows, plan }: AuditSources,
  weeks: readonly PersonWeek[],
): Promise<readonly Finding[]> => {
  const weeksByPerson = Map.groupBy(weeks, keyOf);
  const allocated = await allocatedOf(rows);
  const measures = [...new Set([...plan.rulesByName.values()].map(({ measure }) => measure))];
  const found: Finding[] = [];
  for (const measure of measures.sort(compareText))
    for await (const pieces of piecesByPerson(rows, measure)) {
      const actor = pieces[0]?.actor;
      if (actor === undefined) continue;
      const key = keyOf({ actor, measure });
      found.push(
        ...findingsOfPerson({
          plan,
          actor,
          measure,
          pieces,
          weeks: weeksByPerson.get(key) ?? [],
          allocated: allocated.get(key) ?? [],
        }),
      );
    }
  return found;
};

const isIn = ({ zone }: Plan, week: IsoWeek, { atMs }: Finding): boolean => {
  const monday = mondayOfWeek(week);
  return atMs >= zone.startOfDay(monday) && atMs < zone.startOfDay(monday + 7);
};

/** The same rows give the same list, in the same order. */
export const buildAudit = async (
  sources: AuditSources,
  { week, actor, code }: AuditQuestion = {},
): Promise<Audit> => {
  const weeks = await sources.rows.personWeeks();
  const all = [...(await findingsOfSubjects(sources)), ...(await findingsOfPeople(sources, weeks))];
  const asked = weeks.filter(
    (row) => (week === undefined || row.week === week) && (actor === undefined || row.actor === actor),
  );
  return {
    findings: all
      .filter((one) => week === undefined || isIn(sources.plan, week, one))
      .filter((one) => actor === undefined || one.actor === actor)
      .filter((one) => code === undefined || one.code === code)
      .sort(byFindingOrder),
    records: asked.reduce((sum, row) => sum + row.all.tally.records, 0),
    weeks: [...new Set(asked.map((row) => row.week))].sort(compareText),
  };
};
