/** A measure: what times of one name add up to, and what becomes of them where they run at once. */
import { z } from 'zod';
import { name } from './name.ts';

const POLICIES = ['countAll', 'fairShare', 'priority', 'exclusive', 'cap'] as const;
type PolicyName = (typeof POLICIES)[number];

const shape = z.strictObject({
  policy: z
    .enum(POLICIES)
    .describe(
      'what counts while several pieces of work of one person run at once; countAll: each in full; fairShare: each an equal part; priority: the strongest kind of work in full; exclusive: one in full; cap: some in full',
    ),
  among: z
    .union([name, z.array(name).min(1)])
    .optional()
    .describe(
      'the policy applies only among these kinds of work, and every other kind counts in full beside them; among all kinds when absent',
    ),
  order: z
    .array(name)
    .min(1)
    .optional()
    .describe(
      'for priority: the kinds of work, the strongest first; a kind that is not listed comes after all that are, and of equals what began first has the time',
    ),
  keep: z
    .enum(['latest', 'first'])
    .optional()
    .describe(
      'for exclusive: latest gives the time to what began last, first to what began first; latest when absent',
    ),
  atMost: z
    .int()
    .min(1)
    .optional()
    .describe('for cap: of all that runs at once so many count in full, those that began first'),
});
type Shape = z.infer<typeof shape>;

const OWNERS = {
  among: ['fairShare', 'priority', 'exclusive', 'cap'],
  order: ['priority'],
  keep: ['exclusive'],
  atMost: ['cap'],
} as const satisfies Readonly<Record<string, readonly PolicyName[]>>;
type Option = keyof typeof OWNERS;
const OPTIONS = ['among', 'order', 'keep', 'atMost'] as const satisfies readonly Option[];

interface Problem {
  /** Where the file is to be mended; always a key that is there, so that it has a line. */
  readonly path: readonly ['policy' | Option] | readonly ['order', number];
  readonly message: string;
}

const ownersOf = (option: Option): readonly PolicyName[] => OWNERS[option];

const strayOptions = (written: Shape): readonly Problem[] =>
  OPTIONS.filter((option) => written[option] !== undefined && !ownersOf(option).includes(written.policy)).map(
    (option) => ({
      path: [option],
      message: `"${option}" belongs to ${ownersOf(option).join(', ')}, and the policy here is ${written.policy}: leave "${option}" out or change the policy`,
    }),
  );

const absentOptions = ({ policy, order, atMost }: Shape): readonly Problem[] => {
  if (policy === 'priority' && order === undefined)
    return [
      { path: ['policy'], message: 'priority needs "order": the kinds of work, for instance [call, chat]' },
    ];
  if (policy === 'cap' && atMost === undefined)
    return [{ path: ['policy'], message: 'cap needs "atMost": how many count in full at once' }];
  return [];
};

/** The kinds of work that a policy is limited to; undefined: it is not. */
export const amongOf = ({ among }: Pick<Shape, 'among'>): readonly string[] | undefined =>
  typeof among === 'string' ? [among] : among;

/** A kind that stands twice, or that the policy never meets, was meant to be another one. */
const orderProblems = (written: Shape): readonly Problem[] => {
  if (written.policy !== 'priority') return [];
  const among = amongOf(written);
  const order = written.order ?? [];
  return order.flatMap((one, place): readonly Problem[] => {
    if (order.indexOf(one) !== place)
      return [{ path: ['order', place], message: `"${one}" stands in "order" twice: keep one` }];
    if (among && !among.includes(one))
      return [
        { path: ['order', place], message: `"${one}" has an order but is not among ${among.join(', ')}` },
      ];
    return [];
  });
};

export const OverlapPolicy = shape.superRefine((written, context) => {
  // What is absent because it is mistyped is one mistake, told once.
  const absent = context.issues.length > 0 ? [] : absentOptions(written);
  const problems = [...strayOptions(written), ...absent, ...orderProblems(written)];
  for (const { path, message } of problems) context.addIssue({ code: 'custom', path: [...path], message });
});
export type OverlapPolicy = Readonly<z.infer<typeof OverlapPolicy>>;

export const Measure = z.strictObject({
  describe: z.string().optional().describe('a sentence for the reader: what the measure is for'),
  overlap: OverlapPolicy.optional().describe(
    'what counts while several pieces of work of one person run at once; everything in full when absent',
  ),
});
export type Measure = Readonly<z.infer<typeof Measure>>;
