/** Outages: what a source did not say while it was down is unknown, and is not filled. */
import { describe, it } from 'vitest';
import { given } from '../support/scenario.ts';

const TALK = `
rules:
  - rule: call.talk
    on: call
    start: CallConnected
    stop: CallEnded
    missingEnd: { closeAt: nextStart, cap: 11m10s }
`;

describe('the gateway was down from 11:00 to 11:40', () => {
  // The cap would end the call at 10:55 + 11:10 = 11:06:10; of that 5:00 lie before the outage and 6:10 in it.
  it('so the end that nobody told is unknown from 11:00 on, 6:10 of it (R46, N12)', () => {
    given(`
      time             | subject         | event          | who
      2026-03-02 10:55 | call-1          | CallConnected  | ANNA
      11:00            | source-case | SourceWentDown |
      11:40            | source-case | SourceCameBack |
      12:00            | call-2          | CallConnected  | BEN
      12:01            | call-2          | CallEnded      |
    `).under(TALK).then(`
      who  | from             | to                  | counted | subtracted      | grades           | because
      ANNA | 2026-03-02 10:55 | 2026-03-02 11:06:10 | 0:05:00 | unknown 0:06:10 | inferred 0:05:00 | start -> outage
      BEN  | 2026-03-02 12:00 | 2026-03-02 12:01    | 0:01:00 |                 | observed 0:01:00 | start -> stop
    `);
  });

  it('a call whose end came later from a file is known, and nothing of it is unknown', () => {
    given(`
      time             | subject         | event          | who
      2026-03-02 10:55 | call-1          | CallConnected  | ANNA
      11:00            | source-case | SourceWentDown |
      11:08            | call-1          | CallEnded      |
      11:40            | source-case | SourceCameBack |
    `).under(TALK).then(`
      who  | counted | subtracted | grades
      ANNA | 0:13:00 |            | observed 0:13:00
    `);
  });

  it('an end that was supplied before it is no matter of the outage', () => {
    given(`
      time             | subject         | event          | who
      2026-03-02 10:30 | call-1          | CallConnected  | ANNA
      11:00            | source-case | SourceWentDown |
      11:40            | source-case | SourceCameBack |
      11:45            | call-2          | CallConnected  | BEN
      11:46            | call-2          | CallEnded      |
    `).under(TALK).then(`
      who  | counted | subtracted | grades
      ANNA | 0:11:10 |            | inferred 0:11:10
      BEN  | 0:01:00 |            | observed 0:01:00
    `);
  });

  it('while it has not come back, everything that is supplied after it went down is unknown', () => {
    given(`
      time             | subject         | event          | who
      2026-03-02 10:55 | call-1          | CallConnected  | ANNA
      10:58            | source-case | SourceWentDown |
      12:00            | visit-1         | VisitCheckedIn | BEN
    `).under(TALK).then(`
      who  | counted | subtracted
      ANNA | 0:03:00 | unknown 0:08:10
    `);
  });
});
