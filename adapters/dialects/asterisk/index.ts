/**
 * The dialect `asterisk`: queue_log, CEL, CDR and AMI, told apart line by line.
 *
 * All four may tell of one call, under the id of its first channel (CEL and AMI: linkedid). One of queue_log, CEL and CDR
 * is enough for a PBX; AMI adds hold. What each tells is at the head of its file.
 */
import type { Signal, Translation } from '../../../schemas/signal.ts';
import { csvCells } from '../reading/csv-line.ts';
import { ignored, rejected } from '../reading/message.ts';
import { type IsPerson, peopleBy } from '../reading/pattern.ts';
import { quote } from '../reading/quote.ts';
import { vendor } from '../reading/vendor.ts';
import { isAmi, readAmi } from './ami.ts';
import { isCdr, readCdr } from './cdr.ts';
import { isCel, readCel } from './cel.ts';
import { type Clock, clockIn } from './clock.ts';
import { Options } from './options.ts';
import { isQueueLog, readQueueLog } from './queue-log.ts';

/** What is made once of a source's options. */
interface Setting {
  readonly options: Options;
  readonly clock: Clock;
  readonly isPerson: IsPerson;
}

const translate = (signal: Signal, { options, clock, isPerson }: Setting): Translation => {
  const raw = signal.raw.trim();
  if (raw === '') return ignored('an empty line');
  if (isQueueLog(raw)) return readQueueLog(signal, clock);
  if (isAmi(raw)) return readAmi({ ...signal, raw }, isPerson);
  const cells = csvCells(raw);
  if (cells === undefined) return rejected('malformed', `a quote is never closed in ${quote(raw)}`);
  if (isCel(cells)) return readCel(cells, options, isPerson);
  if (isCdr(cells)) return readCdr(cells, clock, isPerson);
  return rejected('malformed', `neither queue_log nor CEL, CDR or AMI: ${quote(raw)}`);
};

export const asterisk = vendor({
  name: 'asterisk',
  options: Options,
  numbers: ['call'],
  make: (options, zones) => {
    const setting = { options, clock: clockIn(zones, options.zone), isPerson: peopleBy(options.agents) };
    return { name: 'asterisk', version: 1, translate: (signal) => translate(signal, setting) };
  },
});
