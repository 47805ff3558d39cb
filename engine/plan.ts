/** A plan: a rule set compiled, so that deriving looks things up and never interprets text. */
import type { DurationMs } from '../schemas/brand.ts';
import type { Attributes } from '../schemas/attributes.ts';
import type { ActorKind } from '../schemas/event-types.ts';
import type { OverlapPolicy } from '../schemas/measure.ts';
import type { RuleSet } from '../schemas/rule-set.ts';
import type { Shares } from '../schemas/shares.ts';
import type { OpenHours } from './calendar/open-hours.ts';
import type { Zone } from './calendar/zone.ts';
import type { Clock } from './clock/clock.ts';
import type { Dictionary } from './clock/dictionary.ts';
import type { Test } from './language/condition.ts';
import type { Strength } from './language/strength.ts';
import type { Person } from './person.ts';
import type { Rounding } from './rounding.ts';

/** What an answer may depend on besides the subject: the person, and what the subject is known by. */
export type HoursOf = (attributes: Attributes, person: Person) => OpenHours;

/** Bare activity: signs of work, and how far apart they may be. */
export interface ActivityPolicy {
  readonly clock: Clock;
  readonly gapMs: DurationMs;
  readonly beforeMs: DurationMs;
  readonly afterMs: DurationMs;
}

/** Where a rule's time comes from. */
export type TimeSource =
  | { readonly from: 'clock'; readonly clock: Clock; readonly perParticipant: boolean }
  /** One clock for the rules of a group; a line is of the rule that is in force at its end. Empty: another of the group has it. */
  | { readonly from: 'carried'; readonly clock: Clock; readonly group: readonly CarriedRule[] }
  | { readonly from: 'activity'; readonly activity: ActivityPolicy }
  | { readonly from: 'rules'; readonly rules: readonly string[] };

export interface CarriedRule {
  readonly name: string;
  readonly fits: Test;
}

export interface MissingEndPolicy {
  readonly nextStart: boolean;
  readonly lastSignal: boolean;
  readonly shift: HoursOf | undefined;
  readonly capMs: DurationMs | undefined;
  /** A supplied end is a finding. */
  readonly flags: boolean;
}

/** When a rule is the one that times a subject. */
export interface Selection {
  readonly fits: Test | undefined;
  /** Local days: from the first, before the second. */
  readonly fromDay: number | undefined;
  readonly untilDay: number | undefined;
  /** Of the rules of one group the strongest that fits has the subject. */
  readonly oneOf: string | undefined;
  readonly strength: Strength;
  readonly actorKinds: readonly ActorKind[];
}

export interface ExemptPolicy {
  readonly when: ((attributes: Attributes, team: string | undefined) => boolean) | undefined;
  readonly granted: readonly string[];
}

export interface PresetPolicy {
  readonly durationMs: DurationMs;
  readonly capToObserved: boolean;
  readonly needsApproval: boolean;
}

/** When declared time waits for approval. */
export interface BackfillPolicy {
  /** Told later than this after it happened. */
  readonly afterMs: DurationMs;
  /** Typed without a reason. */
  readonly needsReason: boolean;
}

/** The source's own word on how long it took is held against the record. */
export interface ReportedPolicy {
  readonly of: 'elapsed' | 'counted';
  /** Up to this far apart both are the same. */
  readonly withinMs: DurationMs;
}

export interface AllocationPolicy {
  readonly shares: Shares;
  readonly unitMs: DurationMs;
}

export interface CompiledRule {
  readonly name: string;
  readonly kind: string;
  readonly measure: string;
  /** Whether its engine names the facts at the ends of what a policy takes out; see FLAGS. */
  readonly namesOuterEnds: boolean;
  readonly selection: Selection;
  readonly source: TimeSource;
  /** Time that nobody has been named for makes no record. */
  readonly skipsUnassigned: boolean;
  /** Which ends without a start are findings. */
  readonly orphans: 'all' | 'first' | 'ignored';
  readonly missingEnd: MissingEndPolicy;
  readonly keepUpToMs: DurationMs | undefined;
  readonly minSpanMs: DurationMs | undefined;
  readonly maxSpanMs: DurationMs | undefined;
  readonly idleMs: DurationMs | undefined;
  readonly hours: HoursOf | undefined;
  readonly exempt: ExemptPolicy | undefined;
  readonly preset: PresetPolicy | undefined;
  readonly backfill: BackfillPolicy | undefined;
  readonly reported: ReportedPolicy | undefined;
  readonly lateMs: DurationMs;
  readonly longMs: DurationMs;
  readonly allocation: AllocationPolicy | undefined;
  readonly rounding: Rounding;
  /** Whether its records may change because something is learned of their person. */
  readonly asksPerson: boolean;
}

export interface Plan {
  readonly ruleSet: RuleSet;
  /** The engine whose answers it gives. */
  readonly engine: number;
  /** The zone whose midnights cut days. */
  readonly zone: Zone;
  /** By kind of subject, in the order of the rule set. */
  readonly rulesByKind: ReadonlyMap<string, readonly CompiledRule[]>;
  readonly rulesByName: ReadonlyMap<string, CompiledRule>;
  /** The fields that conditions speak of; a column each. */
  readonly fields: readonly string[];
  /** The values that conditions speak of. It does not grow once the plan is made. */
  readonly dictionary: Dictionary;
  /** How what one person does at once counts, by measure; in full where there is no policy. */
  readonly overlaps: ReadonlyMap<string, OverlapPolicy>;
  /** How far back a start can reach to close an open record; Infinity where a nextStart has no cap. */
  readonly longestReachMs: number;
  /** Whether records depend on what is known of their person (teams, zones, exemptions, presence). */
  readonly asksPerson: boolean;
  /** Whether they depend on when the person was seen. */
  readonly asksPresence: boolean;
}
