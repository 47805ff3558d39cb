/** The replay ledger of one source: which deliveries were acknowledged a short while ago, so that none is worked on twice. */

export interface ReplayLedger {
  isKnown(mark: string, nowMs: number): boolean;
  /** Called once the delivery is durable, never before: what was not acknowledged is sent again and must be taken. */
  acknowledged(mark: string, nowMs: number): void;
}

/** About 10 MB. What is forgotten early is worked on again, and the events that it tells are known by their ids. */
const MOST_MARKS = 50_000;

export interface LedgerSetup {
  /** How long a delivery is remembered. */
  readonly keptMs: number;
  readonly mostMarks?: number;
}

export const openReplayLedger = ({ keptMs, mostMarks = MOST_MARKS }: LedgerSetup): ReplayLedger => {
  /** When each was acknowledged, the oldest first. */
  const marks = new Map<string, number>();
  const forget = (nowMs: number): void => {
    for (const [mark, atMs] of marks) {
      if (marks.size <= mostMarks && nowMs - atMs <= keptMs) return;
      marks.delete(mark);
    }
  };
  return {
    isKnown: (mark, nowMs) => {
      const atMs = marks.get(mark);
      return atMs !== undefined && nowMs - atMs <= keptMs;
    },
    acknowledged: (mark, nowMs) => {
      marks.delete(mark);
      marks.set(mark, nowMs);
      forget(nowMs);
    },
  };
};
