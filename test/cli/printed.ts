/** What the command line prints as JSON, as its readers may rely on it. */
import { z } from 'zod';
import { TickmarkEvent } from '../../schemas/event.ts';
import { TimeRecord } from '../../schemas/record.ts';
import { REJECTIONS } from '../../schemas/signal.ts';

export const DeadLetter = z.object({
  id: z.string(),
  signal: z.object({ line: z.int(), origin: z.string(), raw: z.string() }),
  rejection: z.object({
    code: z.string().refine((code) => Object.hasOwn(REJECTIONS, code)),
    message: z.string(),
  }),
  status: z.enum(['waiting', 'resolved']),
});
export type DeadLetter = z.infer<typeof DeadLetter>;

const ms = z.int();

export const WhatIf = z.object({
  live: z.string(),
  candidate: z.string(),
  weeks: z.array(
    z.object({ week: z.string(), actor: z.string(), measure: z.string(), beforeMs: ms, afterMs: ms }),
  ),
  records: z.array(z.object({ id: z.string(), beforeMs: ms, afterMs: ms })),
  recordCounts: z.object({ appeared: z.int(), vanished: z.int(), changed: z.int() }),
  recordDeltaMs: ms,
});

export const Explained = z.object({
  record: TimeRecord,
  events: z.array(z.object({ event: TickmarkEvent })),
});
