/** A plan: a rule set compiled, so that deriving looks things up and never interprets text. */
import type { DurationMs } from '../schemas/brand.ts';
import type { Attributes, EventType, TickmarkEvent } from '../schemas/event.ts';
import type { RuleSet } from '../schemas/rule-set.ts';
import type { OpenHours } from './calendar/business-hours.ts';
import type { Zone } from './calendar/zone.ts';
import type { Rounding } from './rounding.ts';

/**
 * Raised when the same facts under the same rule set would give other answers; rows of two engine versions
 * are never mixed.
 */
export const ENGINE_VERSION = 1;

/** What an event can do to a rule's clock. */
export const ROLES = ['stop', 'cancel', 'pause', 'resume', 'handOver', 'start'] as const;
export type Role = (typeof ROLES)[number];

export interface RoleTest {
  readonly role: Role;
  readonly fits: (event: TickmarkEvent) => boolean;
}

export interface CompiledRule {
  readonly name: string;
  readonly kind: string;
  readonly measure: string;
  readonly appliesTo: (attributes: Attributes) => boolean;
  readonly roles: ReadonlyMap<EventType, readonly RoleTest[]>;
  /** Time that nobody has been named for makes no record. */
  readonly skipsUnassigned: boolean;
  /** Without a resume clause of its own, a paused clock is resumed by a start. */
  readonly startResumes: boolean;
  readonly missingEnd: {
    readonly closeAt: 'nextStart' | 'lastSignal' | undefined;
    readonly capMs: DurationMs | undefined;
  };
  readonly keepUpToMs: DurationMs | undefined;
  readonly calendar: OpenHours | undefined;
  readonly rounding: Rounding;
}

export interface Plan {
  readonly ruleSet: RuleSet;
  /** The zone whose midnights cut days. */
  readonly zone: Zone;
  /** By kind of subject, in the order of the rule set. */
  readonly rulesByKind: ReadonlyMap<string, readonly CompiledRule[]>;
  readonly rulesByName: ReadonlyMap<string, CompiledRule>;
  /** How far back a start can reach to close an open record; Infinity where a nextStart has no cap. */
  readonly longestReachMs: number;
}
