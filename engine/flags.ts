/**
 * The flags: every change of what the engine answers to the same facts under the same rule set, numbered by the engine
 * that brought it. An older engine is this one without the younger flags, so that its answers can be had again; its
 * frozen history in test/histories proves it.
 */

// What only facts can say that no older engine has met (`timedBy`, `fact` and `revision`), and keys that no older rule
// set has, need no flag: to the facts and the rules of that time the answer is the same.

/** The engine of today. Rows of two engines are never mixed. */
export const ENGINE_VERSION = 2;

export interface Flag {
  /** The engine that brought it. */
  readonly since: number;
  readonly why: string;
}

export const FLAGS = {
  /**
   * An end that was told to lie shortly before its start, and no other, makes a record of 0 s with a finding.
   * Before, the record was left open and a policy supplied an end: time that nobody had worked.
   */
  bringsEarlyEnds: { since: 2, why: 'clocks of two systems run apart by seconds (SEMANTICS E21)' },
  /**
   * Time that a policy takes out begins and ends by the facts that its stretch began and ended by, and says apart from
   * that for which clause and fact it does not count. Before, the policy stood in the place of those facts.
   */
  namesOuterEnds: { since: 2, why: 'every second is walked to a signal or a declaration (SEMANTICS R4)' },
} as const satisfies Readonly<Record<string, Flag>>;
export type FlagName = keyof typeof FLAGS;

/** Whether an engine does what the flag says. */
export const does = (engine: number, flag: FlagName): boolean => engine >= FLAGS[flag].since;
