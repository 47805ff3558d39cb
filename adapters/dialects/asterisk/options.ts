/** What a source of Asterisk can be told. */
import { z } from 'zod';
import { Pattern } from '../reading/pattern.ts';

/** The columns of cel_custom.conf as the Asterisk test suite writes them. */
const CEL_COLUMNS = [
  'eventtype',
  'eventtime',
  'cid_name',
  'cid_num',
  'ani',
  'rdnis',
  'dnid',
  'exten',
  'context',
  'channame',
  'appname',
  'appdata',
  'amaflags',
  'accountcode',
  'uniqueid',
  'linkedid',
  'peer',
  'userfield',
  'userdeftype',
  'extra',
];

export const Options = z.strictObject({
  zone: z
    .string()
    .min(1)
    .default('UTC')
    .describe('the zone of naive stamps: the CDR, and queue_log from a database'),
  agents: Pattern.default('^(PJSIP|SIP|IAX2|SCCP|DAHDI|Agent)/\\d{2,6}$').describe(
    'which devices are people; the others are trunks and customers (CEL, CDR, AMI Hold)',
  ),
  celColumns: z
    .array(z.string().min(1))
    .min(4)
    .default(CEL_COLUMNS)
    .describe('the columns of the CEL file, in order'),
});
export type Options = Readonly<z.infer<typeof Options>>;
