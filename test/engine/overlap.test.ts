/** The overlap policies: worked by hand, and what a policy may be written like. */
import { describe, expect, it } from 'vitest';
import { attribute } from '../../engine/overlap/attribute.ts';
import type { OverlapPiece } from '../../engine/overlap/contender.ts';
import { total, instantMs, recordId } from '../../schemas/brand.ts';
import { Measure, OverlapPolicy } from '../../schemas/measure.ts';
import { parseTable } from '../support/table.ts';

const MINUTE_MS = 60_000;

/** Pieces of work in minutes, or in milliseconds when told so. */
const day = (table: string, unitMs = MINUTE_MS): readonly OverlapPiece[] =>
  parseTable(table).map(({ work = '', kind = 'chat', from, to }) => ({
    record: recordId(work),
    kind,
    fromMs: instantMs(Number(from) * unitMs),
    toMs: instantMs(Number(to) * unitMs),
  }));

const clock = (ms: number): string =>
  `${Math.floor(ms / MINUTE_MS)}:${String((ms % MINUTE_MS) / 1_000).padStart(2, '0')}`;

/** `A 5:00, B 5:00 = 10:00`: minutes and seconds of every piece, and what they are together. */
const attributed = (pieces: readonly OverlapPiece[], policy: object): string => {
  const partsMs = attribute(pieces, OverlapPolicy.parse(policy));
  const parts = pieces.map(({ record }, index) => `${record} ${clock(partsMs[index] ?? NaN)}`);
  return `${parts.join(', ')} = ${clock(total(partsMs))}`;
};

/** R20. Who runs when:  0-5 A | 5-10 A B | 10-20 A B C | 20-25 B C | 25-30 C */
const CHATS = day(`
  work | from | to
  A    | 0    | 20
  B    | 5    | 25
  C    | 10   | 30
`);

describe('three chats at once (R20)', () => {
  it('are 60 min when each counts in full', () => {
    // 20 + 20 + 20
    expect(attributed(CHATS, { policy: 'countAll' })).toBe('A 20:00, B 20:00, C 20:00 = 60:00');
  });

  it('are 30 min when they share them fairly', () => {
    // A 5 + 5/2 + 10/3 = 10:50; B 5/2 + 10/3 + 5/2 = 8:20; C 10/3 + 5/2 + 5 = 10:50
    expect(attributed(CHATS, { policy: 'fairShare' })).toBe('A 10:50, B 8:20, C 10:50 = 30:00');
  });

  it('are 30 min when what began last has the time', () => {
    // A alone 0-5; B from its start until C starts 5-10; C 10-30. A and B end while C runs: nothing goes back to them.
    expect(attributed(CHATS, { policy: 'exclusive' })).toBe('A 5:00, B 5:00, C 20:00 = 30:00');
    expect(attributed(CHATS, { policy: 'exclusive', keep: 'latest' })).toBe(
      'A 5:00, B 5:00, C 20:00 = 30:00',
    );
  });

  it('are 30 min when what began first has the time', () => {
    // A 0-20; then B 20-25; then C 25-30.
    expect(attributed(CHATS, { policy: 'exclusive', keep: 'first' })).toBe('A 20:00, B 5:00, C 5:00 = 30:00');
  });

  it('are 30 min by priority, of equals what began first', () => {
    // One kind of work: as if what began first had it.
    expect(attributed(CHATS, { policy: 'priority', order: ['chat'] })).toBe(
      'A 20:00, B 5:00, C 5:00 = 30:00',
    );
  });

  it('are 50 min when two count at once', () => {
    // A 0-20; B 5-25; C waits behind both until A ends: 20-30. 5 x 1 + 5 x 2 + 10 x 2 + 5 x 2 + 5 x 1 = 50
    expect(attributed(CHATS, { policy: 'cap', atMost: 2 })).toBe('A 20:00, B 20:00, C 10:00 = 50:00');
  });

  it('are under a cap of one what began first, and under a cap of three everything', () => {
    expect(attributed(CHATS, { policy: 'cap', atMost: 1 })).toBe('A 20:00, B 5:00, C 5:00 = 30:00');
    expect(attributed(CHATS, { policy: 'cap', atMost: 3 })).toBe('A 20:00, B 20:00, C 20:00 = 60:00');
  });
});

/** The same times, of three kinds. */
const MIXED = day(`
  work | kind  | from | to
  A    | chat  | 0    | 20
  B    | call  | 5    | 25
  C    | email | 10   | 30
`);

describe('priority', () => {
  it('gives the time to the strongest kind, and back when that has ended', () => {
    // call before chat before email: A 0-5, B 5-25, C 25-30.
    expect(attributed(MIXED, { policy: 'priority', order: ['call', 'chat', 'email'] })).toBe(
      'A 5:00, B 20:00, C 5:00 = 30:00',
    );
    // email before call before chat: A 0-5, B 5-10, C 10-30.
    expect(attributed(MIXED, { policy: 'priority', order: ['email', 'call', 'chat'] })).toBe(
      'A 5:00, B 5:00, C 20:00 = 30:00',
    );
  });

  it('puts a kind that is not listed last, and among those what began first', () => {
    // email 10-30; before that neither is listed: A 0-10, and B, which began after A, gets nothing.
    expect(attributed(MIXED, { policy: 'priority', order: ['email'] })).toBe(
      'A 10:00, B 0:00, C 20:00 = 30:00',
    );
  });

  it('resumes what it interrupted', () => {
    const interrupted = day(`
      work | kind | from | to
      A    | chat | 0    | 60
      B    | call | 20   | 30
    `);
    // A 0-20 and 30-60
    expect(attributed(interrupted, { policy: 'priority', order: ['call'] })).toBe('A 50:00, B 10:00 = 60:00');
  });
});

describe('a policy among some kinds of work', () => {
  it('leaves every other kind in full beside them', () => {
    const among = day(`
      work | kind | from | to
      A    | chat | 0    | 20
      B    | call | 5    | 25
      C    | chat | 10   | 30
    `);
    // The chats: 0-10 A, 10-20 both, 20-30 C, so 10 + 5 and 5 + 10; the call 20 as if it were alone.
    const expected = 'A 15:00, B 20:00, C 15:00 = 50:00';
    expect(attributed(among, { policy: 'fairShare', among: ['chat'] })).toBe(expected);
    expect(attributed(among, { policy: 'fairShare', among: 'chat' })).toBe(expected);
    expect(attributed(among, { policy: 'fairShare', among: ['email'] })).toBe(
      'A 20:00, B 20:00, C 20:00 = 60:00',
    );
  });
});

describe('what is left of a millisecond', () => {
  it('goes to what began first, or else to the record that comes first', () => {
    const three = day('work | from | to\n C | 0 | 10\n A | 0 | 10\n B | 0 | 10', 1);
    // 10/3 each: 3 + 3 + 3, and one is left.
    expect(attribute(three, { policy: 'fairShare' })).toEqual([3, 4, 3]);
  });

  it('goes where most of one is outstanding, once for the whole day of a piece', () => {
    const overlaps = day('work | from | to\n A | 0 | 4\n B | 1 | 4\n C | 3 | 6', 1);
    // 0-1 A; 1-3 A B; 3-4 A B C; 4-6 C. A 1 + 1 + 1/3, B 1 + 1/3, C 1/3 + 2: 2 + 1 + 2, and one is left for the first.
    expect(attribute(overlaps, { policy: 'fairShare' })).toEqual([3, 1, 2]);
    const thrice = day('work | from | to\n A | 0 | 9\n B | 0 | 1\n C | 2 | 3\n D | 4 | 5', 1);
    // A 3 x 1/2 + 6 = 7.5, the others 1/2 each. Rounded at each of the three overlaps, A would have had all: 9, 0, 0, 0.
    expect(attribute(thrice, { policy: 'fairShare' })).toEqual([8, 1, 0, 0]);
  });

  it('is not carried over an instant that nothing runs through', () => {
    const apart = day('work | from | to\n A | 0 | 1\n B | 0 | 1\n C | 5 | 6\n D | 5 | 6', 1);
    // One millisecond for A and B, one for C and D; not two for A and B, who come first.
    expect(attribute(apart, { policy: 'fairShare' })).toEqual([1, 0, 1, 0]);
    const touching = day('work | from | to\n A | 0 | 1\n B | 0 | 1\n C | 1 | 2\n D | 1 | 2', 1);
    expect(attribute(touching, { policy: 'fairShare' })).toEqual([1, 0, 1, 0]);
  });
});

describe('work', () => {
  const first = { policy: 'exclusive', keep: 'first' } as const;

  it('that touches the next piece of its record did not begin anew', () => {
    const graded = day('work | from | to\n A | 0 | 10\n A | 10 | 20\n B | 5 | 20');
    // A began at 0, whatever changed at 10; B has nothing of it, and with `latest` all from 5.
    expect(attributed(graded, first)).toBe('A 10:00, A 10:00, B 0:00 = 20:00');
    expect(attributed(graded, { policy: 'exclusive' })).toBe('A 5:00, A 0:00, B 15:00 = 20:00');
  });

  it('that was paused begins anew when it goes on', () => {
    const paused = day('work | from | to\n A | 0 | 10\n A | 12 | 20\n B | 5 | 20');
    // A 0-10, then B, which was there when A came back.
    expect(attributed(paused, first)).toBe('A 10:00, A 0:00, B 10:00 = 20:00');
    // A 0-5, B 5-12, A 12-20.
    expect(attributed(paused, { policy: 'exclusive' })).toBe('A 5:00, A 8:00, B 7:00 = 20:00');
  });

  it('that begins in the same instant is ranked by its record', () => {
    const together = day('work | from | to\n B | 0 | 10\n A | 0 | 10');
    expect(attributed(together, first)).toBe('B 0:00, A 10:00 = 10:00');
    expect(attributed(together, { policy: 'exclusive' })).toBe('B 10:00, A 0:00 = 10:00');
  });

  it('that follows without a gap overlaps nothing, and a point has no time to share (E12, E13)', () => {
    const adjacent = day('work | from | to\n A | 0 | 32\n B | 32 | 60\n C | 10 | 10\n D | 32 | 32');
    for (const policy of ['countAll', 'fairShare', 'exclusive'])
      expect(attributed(adjacent, { policy })).toBe('A 32:00, B 28:00, C 0:00, D 0:00 = 60:00');
  });

  it('that there is none of is none', () => {
    expect(attribute([], { policy: 'fairShare' })).toEqual([]);
  });
});

describe('a measure', () => {
  it('says what it is for and how it treats what runs at once, or neither', () => {
    expect(Measure.parse({})).toEqual({});
    const written = { describe: 'Time with customers.', overlap: { policy: 'fairShare', among: ['chat'] } };
    expect(Measure.parse(written)).toEqual(written);
  });

  it.each([
    ['a misspelt policy', { policy: 'fairshare' }, 'policy', /countAll/],
    ['a misspelt key', { policy: 'cap', atMots: 2 }, '', /atMots/],
    ['nobody at all', { policy: 'cap', atMost: 0 }, 'atMost', />=1/],
    ['half a chat', { policy: 'cap', atMost: 1.5 }, 'atMost', /int/],
    [
      'kinds for everything',
      { policy: 'countAll', among: 'chat' },
      'among',
      /"among" belongs to fairShare, /,
    ],
    [
      'an order without priority',
      { policy: 'cap', atMost: 2, order: ['chat'] },
      'order',
      /"order" belongs to priority, and the policy here is cap: leave "order" out/,
    ],
    ['a keep without exclusive', { policy: 'fairShare', keep: 'first' }, 'keep', /belongs to exclusive/],
    ['an atMost without cap', { policy: 'exclusive', atMost: 1 }, 'atMost', /belongs to cap/],
    ['a priority without order', { policy: 'priority' }, 'policy', /priority needs "order"/],
    ['a cap without number', { policy: 'cap' }, 'policy', /cap needs "atMost"/],
    [
      'a kind twice',
      { policy: 'priority', order: ['a', 'b', 'a'] },
      'order.2',
      /"a" stands in "order" twice/,
    ],
    [
      'an order of what is left out',
      { policy: 'priority', among: ['a', 'b'], order: ['a', 'c'] },
      'order.1',
      /"c" has an order but is not among a, b/,
    ],
  ])('refuses %s', (_, overlap, path, message) => {
    const { error } = OverlapPolicy.safeParse(overlap);
    expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
    expect(error?.issues[0]?.message).toMatch(message);
  });
});
