/** What the emulator can be told to do wrong. */

export type Faulty = 'append' | 'read' | 'subscription';

export interface Fault {
  readonly on: Faulty;
  /**
   * `never-answer`: nothing is done and nothing said. `answer-late`: done, and said `lateMs` later.
   * `commit-then-drop`: done, and then the call breaks. `end-stream`: nothing is done, and the call ends well.
   * `deny`: nothing is done; an append is told that the stream is elsewhere, a reader that it may not read. `unavailable`, `not-leader`, `internal`: that status.
   */
  readonly what:
    | 'never-answer'
    | 'answer-late'
    | 'commit-then-drop'
    | 'end-stream'
    | 'deny'
    | 'unavailable'
    | 'not-leader'
    | 'internal';
  /** So many calls. */
  readonly times: number;
  /** Of a reading or subscription: so many events come before it. */
  readonly afterEvents?: number;
  readonly lateMs?: number;
}

export interface Faults {
  plan(fault: Fault): void;
  /** The fault of the next call of this kind, if it is to have one. */
  next(on: Faulty): Fault | undefined;
}

export const plannedFaults = (): Faults => {
  const planned: { fault: Fault; left: number }[] = [];
  return {
    plan: (fault) => planned.push({ fault, left: fault.times }),
    next: (on) => {
      const found = planned.find(({ fault, left }) => fault.on === on && left > 0);
      if (found) found.left -= 1;
      return found?.fault;
    },
  };
};
