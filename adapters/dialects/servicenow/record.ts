/** Records of ServiceNow as the Table API and `GlideRecord.getValue` give them: every cell is text, and times are UTC. */
import { z } from 'zod';
import { instantMs } from '../../../schemas/brand.ts';
import { id, issueOf, maybe, text } from '../reading/fields.ts';
import { readIso } from '../reading/iso.ts';
import { quote } from '../reading/quote.ts';

/** A reference is a link with its value; with `sysparm_display_value=all` every cell is a pair with its value. */
const valueOf = (cell: unknown): unknown =>
  typeof cell === 'object' && cell !== null && 'value' in cell ? cell.value : cell;

export const Cell = z.preprocess(valueOf, maybe(id));

/** `2026-03-02 09:00:00`. What names an offset is taken at its word. */
const utcInstant = text.transform((value, context) => {
  const iso = readIso(value);
  if (typeof iso !== 'string') return instantMs(iso.localMs - (iso.offsetMs ?? 0));
  context.issues.push({ ...issueOf('bad-time', `${quote(value)} ${iso}`), input: value });
  return z.NEVER;
});

export const Stamp = z.preprocess(valueOf, maybe(utcInstant));

const COUNT = /^\d{1,9}$/;
/** A count, where it is one. */
export const countOf = (cell: string | undefined): number | undefined =>
  cell !== undefined && COUNT.test(cell) ? Number(cell) : undefined;

/** The fields of a task that are read; what else a table has is kept for the options that name it. */
export const TaskRecord = z.looseObject({
  sys_id: z.preprocess(valueOf, text),
  sys_class_name: Cell,
  sys_mod_count: Cell,
  sys_created_on: Stamp,
  sys_updated_on: Stamp,
  number: Cell,
  state: Cell,
  incident_state: Cell,
  hold_reason: Cell,
  priority: Cell,
  location: Cell,
  company: Cell,
  contact_type: Cell,
  caller_id: Cell,
  assigned_to: Cell,
  assignment_group: Cell,
  opened_at: Stamp,
  resolved_at: Stamp,
  closed_at: Stamp,
});
export type TaskRecord = z.infer<typeof TaskRecord>;

/** A record as one message tells it. */
export interface Shot {
  readonly current: TaskRecord;
  /** As it was before; absent where the message does not say. */
  readonly previous?: TaskRecord | undefined;
  readonly operation: 'insert' | 'update' | 'delete' | 'unknown';
  /** When the sender's script ran. */
  readonly at?: number | undefined;
}
