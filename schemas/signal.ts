/** A signal: one vendor message as received, before anybody has understood it. */
import { z } from 'zod';
import { InstantMs } from './brand.ts';
import type { EventDraft } from './event.ts';

export const Signal = z.strictObject({
  /** The system that sent it. */
  source: z.string().min(1).max(200),
  /** The dialect that can read it, for instance `tickmark` or `eventlog`. */
  dialect: z.string().min(1).max(100),
  receivedAt: InstantMs,
  /** Where in the delivery it stood: the line of a file, the offset of a partition. From 1. */
  line: z.int().min(1).optional(),
  /** Which delivery: the file's name, the topic. */
  origin: z.string().optional(),
  /** The message as it came. */
  raw: z.string(),
  /** The columns of a row, or the headers of a message (in lower case) that its dialect asks for. */
  fields: z.record(z.string(), z.string()).optional(),
  /** 1 for the first row of a delivery with exactly this text, 2 for its first repetition... */
  occurrence: z.int().min(1).optional(),
});
export type Signal = Readonly<z.infer<typeof Signal>>;

/** Why a signal could not become events. Stable: a dead letter is found and retried by its code. */
export const REJECTIONS = {
  malformed: 'the text is not what the format says (bad JSON, wrong number of columns, open quote)',
  encoding: 'the bytes are not UTF-8',
  'line-too-long': 'the line is longer than the limit',
  'unknown-type': 'no event type or mapping row fits',
  'missing-field': 'a field that the mapping needs is absent or empty',
  'bad-time': 'the time cannot be read or does not exist on the calendar',
  'ambiguous-local-time': 'the clocks went back: the local time happened twice',
  'nonexistent-local-time': 'the clocks went forward: the local time never happened',
  'end-before-start': 'the end lies before the start',
  'future-dated': 'the time lies after the moment of receipt',
  'invalid-event': 'the event does not fit its schema',
  'conflicting-duplicate': 'the log holds an event with this id and other content',
  'translator-failed': 'the translator itself failed on it, which is a bug: retry after an update',
} as const;
export type RejectionCode = keyof typeof REJECTIONS;

/** Object.keys forgets which keys they are. */
const REJECTION_CODES = Object.keys(REJECTIONS) as [RejectionCode, ...RejectionCode[]];

export const Rejection = z.strictObject({
  code: z.enum(REJECTION_CODES),
  message: z.string().describe('One sentence: what is wrong, with the value'),
});
export type Rejection = Readonly<z.infer<typeof Rejection>>;

/** What translating one signal gives. `ignored` names the clause that says the row means nothing. */
export type Translation =
  | {
      readonly status: 'events';
      readonly events: readonly EventDraft[];
      /** Each draft has just been parsed by its schema: whoever takes them need not do it again. */
      readonly checked?: true;
    }
  | { readonly status: 'ignored'; readonly because: string }
  | { readonly status: 'rejected'; readonly rejection: Rejection };

/** The contract of every dialect: a pure function of the signal. */
export interface Dialect {
  readonly name: string;
  /** Written into every event that it translates; raised when the same signal would be told differently. */
  readonly version: number;
  /** The headers without which a message is not understood, in lower case: a carrier keeps these and no others. */
  readonly headers?: readonly string[];
  translate(signal: Signal): Translation;
  /** Where one delivery holds many messages: each as a signal of its own, so that a bad one is a dead letter alone. */
  split?(signal: Signal): readonly Signal[];
}

/** A signal that could not be translated, kept until it can. */
export const DeadLetter = z.strictObject({
  id: z.string().describe('Stable for the same signal: a second delivery is the same letter'),
  signal: Signal,
  rejection: Rejection,
  receivedAt: InstantMs,
  status: z.enum(['waiting', 'resolved']),
});
export type DeadLetter = Readonly<z.infer<typeof DeadLetter>>;
