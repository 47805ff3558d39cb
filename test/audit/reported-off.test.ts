/** What the source itself says that it took, against what its own signals come to. */
import { describe, expect, it } from 'vitest';
import { given } from '../support/scenario.ts';
import { linesOf } from './audited.ts';

const ruleWith = (more: string): string => `
rules:
  - { rule: call.talk, on: call, start: CallConnected, pause: CallHeld, resume: CallResumed, stop: CallEnded${more} }
`;
const ELAPSED = ruleWith(', reported: {}');
const COUNTED = ruleWith(', reported: { of: counted }');

/** From 10:00:00 on, on hold from 10:00:10 to 10:00:20 and ended at 10:00:52: 52 s, of which 42 count. */
const HELD = (said: string): string => `
  time             | subject | event         | who | duration
  2026-03-02 10:00 | call-1  | CallConnected | ana |
  10:00:10         | call-1  | CallHeld      |     |
  10:00:20         | call-1  | CallResumed   |     |
  10:00:52         | call-1  | CallEnded     |     | ${said}
`;

describe('a length that the source reports', () => {
  it('is 49 s where its own signals are 52 s apart: 3 s off', async () => {
    expect(await linesOf('reported-off', ELAPSED, HELD('49s'))).toEqual([
      '2026-03-02 10:00 ana call-1/call.talk#1@ana: the source says 0:00:49, its own signals 0:00:52: 3 s apart',
    ]);
  });

  it.each([
    ['elapsed', '50999ms', '0:00:50.999', '0:00:52', '1.001 s'],
    ['elapsed', '51s', undefined],
    ['elapsed', '52s', undefined],
    ['elapsed', '53s', undefined],
    ['elapsed', '53001ms', '0:00:53.001', '0:00:52', '1.001 s'],
    ['counted', '42s', undefined],
    ['counted', '52s', '0:00:52', '0:00:42', '10 s'],
    ['counted', '101999ms', '0:01:41.999', '0:00:42', '59.999 s'],
    ['counted', '102s', '0:01:42', '0:00:42', '0:01:00'],
    ['counted', '0s', '0:00:00', '0:00:42', '42 s'],
  ])('of what %s is %s', (of, said, source, signals = '', apart = '') => {
    const expected = `code | detail\nreported-off | the source says ${source}, its own signals ${signals}: ${apart} apart`;
    given(HELD(said))
      .under(of === 'elapsed' ? ELAPSED : COUNTED)
      .findings(source === undefined ? 'code | detail' : expected);
  });

  it('may lie as far off as the rule says, and no further', () => {
    const within = ruleWith(', reported: { within: 3s }');
    given(HELD('49s')).under(within).findings('code');
    given(HELD('48999ms')).under(within).findings('code\nreported-off');
  });

  it('is held against nothing where the rule does not ask', () => {
    given(HELD('1s')).under(ruleWith('')).findings('code');
  });

  it('is held against nothing where the last fact tells none', () => {
    given(HELD('')).under(ELAPSED).findings('code');
  });

  it('is held against what counts before it is rounded', () => {
    given(HELD('42s'))
      .under(ruleWith(', reported: { of: counted }, round: { unit: 15m, mode: up, scope: record }'))
      .findings('code');
  });

  it('takes no time away', () => {
    given(HELD('1s')).under(ELAPSED).then(`
        counted | flags
        0:00:42 |
      `);
  });
});

describe('the fact that ended the record', () => {
  it('is the stop, where it was paused until then', () => {
    // 52 s from start to stop; the pause tells a length of its own, which is no length of the call.
    given(`
      time             | subject | event         | who | duration
      2026-03-02 10:00 | call-1  | CallConnected | ana |
      10:00:10         | call-1  | CallHeld      |     | 10s
      10:00:52         | call-1  | CallEnded     |     | 42s
    `).under(ELAPSED).findings(`
        code         | detail
        reported-off | the source says 0:00:42, its own signals 0:00:52: 10 s apart
      `);
  });

  it('is the stop, where a calendar leaves out its last part', () => {
    // Open until 10:00: an hour counts of two.
    const office = `
      calendars: { office: { hours: { mon: ['09:00-10:00'] } } }
      rules: [{ rule: call.talk, on: call, start: CallConnected, stop: CallEnded, calendar: office, reported: { of: OF } }]`;
    const call = given(`
      time             | subject | event         | who | duration
      2026-03-02 09:00 | call-1  | CallConnected | ana |
      11:00            | call-1  | CallEnded     |     | 2h
    `);
    call.under(office.replace('OF', 'elapsed')).findings('code');
    call.under(office.replace('OF', 'counted')).findings(`
      code         | detail
      reported-off | the source says 2:00:00, its own signals 1:00:00: 1:00:00 apart
    `);
  });

  it('has not come yet, or never: then nothing is compared', () => {
    const open = `
      time             | subject | event         | who | duration
      2026-03-02 10:00 | call-1  | CallConnected | ana |
      10:20            | call-1  | CallHeld      |     |
      10:30            | call-1  | CallResumed   |     | 5s
    `;
    given(open).under(ELAPSED).findings('code');
    for (const missingEnd of ['{ cap: 1h }', '{ closeAt: lastSignal }'])
      given(open, { asOf: '15:00' })
        .under(ruleWith(`, reported: {}, missingEnd: ${missingEnd}`))
        .findings('code');
  });

  it('is that of each cycle', () => {
    given(`
      time             | subject | event         | who | duration
      2026-03-02 10:00 | call-1  | CallConnected | ana |
      10:01            | call-1  | CallEnded     |     | 1m
      10:05            | call-1  | CallConnected | ana |
      10:07            | call-1  | CallEnded     |     | 1m
    `).under(ELAPSED).findings(`
        code         | record                 | detail
        reported-off | call-1/call.talk#2@ana | the source says 0:01:00, its own signals 0:02:00: 0:01:00 apart
      `);
  });

  it('is its last word, where the source corrected itself', () => {
    given(`
      time             | subject | event         | who | duration | id | revision
      2026-03-02 10:00 | call-1  | CallConnected | ana |          |    |
      10:00:52         | call-1  | CallEnded     |     | 49s      | a  |
      10:00:52         | call-1  | CallEnded     |     | 52s      | a  | 1
    `)
      .under(ELAPSED)
      .findings('code');
  });

  it('counts nothing of what was retracted', () => {
    given(`
      time             | subject | event         | who | duration | reason
      2026-03-02 10:00 | call-1  | CallConnected | ana |          |
      10:00:52         | call-1  | CallEnded     |     | 10s      |
      11:00            | call-1  | TimeRetracted |     |          | a test
    `)
      .under(ELAPSED)
      .findings('code');
  });
});
