/** The dialect `freeswitch`: JSON CDRs, and events of the event socket as text blocks or JSON. */
import type { Signal, Translation } from '../../../schemas/signal.ts';
import { headerBlock } from '../reading/header-block.ts';
import { readJson, rejected } from '../reading/message.ts';
import { type IsPerson, peopleBy } from '../reading/pattern.ts';
import { quote } from '../reading/quote.ts';
import { vendor } from '../reading/vendor.ts';
import { z } from 'zod';
import { readCdr } from './cdr.ts';
import { Options } from './options.ts';
import { readSocket } from './socket.ts';

const AnyObject = z.record(z.string(), z.unknown());

const translate = ({ raw }: Signal, isPerson: IsPerson): Translation => {
  const text = raw.trim();
  if (!text.startsWith('{')) {
    const block = headerBlock(text);
    if (Object.hasOwn(block, 'Event-Name')) return readSocket(block, isPerson);
    return rejected('malformed', `neither a JSON CDR nor an event of the event socket: ${quote(text)}`);
  }
  const read = readJson(text, AnyObject);
  if (read.status === 'rejected') return read;
  return Object.hasOwn(read.message, 'Event-Name')
    ? readSocket(read.message, isPerson)
    : readCdr(read.message, isPerson);
};

export const freeswitch = vendor({
  name: 'freeswitch',
  options: Options,
  numbers: [],
  make: (options) => {
    const isPerson = peopleBy(options.agents);
    return { name: 'freeswitch', version: 1, translate: (signal) => translate(signal, isPerson) };
  },
});
