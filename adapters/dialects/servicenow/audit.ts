/** Rows of `sys_audit`: one field of one record, what it was and what it is. Pulled, for inserts there fire no rules. */
import { z } from 'zod';
import type { Signal, Translation } from '../../../schemas/signal.ts';
import { told } from '../reading/facts.ts';
import { text } from '../reading/fields.ts';
import { ignored, readValue, rejected } from '../reading/message.ts';
import { subjectOf } from '../reading/subject.ts';
import { type Told, assignedFact, statusFacts } from '../reading/ticket-facts.ts';
import { type Options, wordOf } from './options.ts';
import { Cell, Stamp, countOf } from './record.ts';
import { meaningOfState } from './ticket.ts';

const Row = z.looseObject({
  sys_id: text,
  tablename: text,
  documentkey: text,
  fieldname: text,
  oldvalue: Cell,
  newvalue: Cell,
  record_checkpoint: Cell,
  sys_created_on: Stamp,
});
type Row = z.infer<typeof Row>;

const changedState = ({ oldvalue, newvalue }: Row, where: Told, options: Options): Translation => {
  if (newvalue === undefined) return ignored('a state that was emptied');
  return told(
    statusFacts(where, {
      status: wordOf(options.states, newvalue),
      before: meaningOfState(oldvalue, options),
      after: meaningOfState(newvalue, options),
    }),
  );
};

/** A priority without its status is no fact of ours: records tell both. */
const changedField = (row: Row, where: Told, options: Options): Translation => {
  switch (row.fieldname) {
    case 'state':
      return changedState(row, where, options);
    case 'assigned_to':
      return told([assignedFact(where, row.newvalue)]);
    default:
      return ignored('an audited field other than state and assigned_to');
  }
};

export const fromAudit = (body: object, _: Signal, options: Options): Translation => {
  const read = readValue(body, Row);
  if (read.status === 'rejected') return read;
  const row = read.message;
  if (!options.tables.includes(row.tablename)) return ignored('an audited table that holds no tickets');
  const at = row.sys_created_on;
  if (at === undefined) return rejected('missing-field', 'sys_created_on is absent or empty');
  const subject = subjectOf('ticket', row.documentkey);
  const where = { id: `audit/${row.sys_id}`, subject, at, sequence: countOf(row.record_checkpoint) };
  return changedField(row, where, options);
};
