/**
 * CEL, the channel event log: a line of CSV an event, grouped by linkedid.
 *
 * | event        | whose channel                        | fact                                  |
 * | ------------ | ------------------------------------ | ------------------------------------- |
 * | CHAN_START   | the first (uniqueid = linkedid), a   | CallDialed of the person, or          |
 * |              | person's or not                      | CallQueued                            |
 * | CHAN_START   | a person's, rung by the call         | CallOffered                           |
 * | BRIDGE_ENTER | a person's                           | CallConnected                         |
 * | BRIDGE_START | the peer is a person's (before 12)   | CallConnected                         |
 * | CHAN_END     | a person's                           | CallLeft                              |
 * | LINKEDID_END | any                                  | CallEnded                             |
 *
 * Local channels, which double the events of their call, are left out.
 *
 * Source: docs.asterisk.org, CEL specification; asterisk/testsuite configs/cel_custom.conf. The time is epoch seconds
 * with microseconds, kept to the millisecond. Which events are written is configured in cel.conf: without LINKEDID_END
 * no call ends. Hold is not told (AMI tells it), nor after-call work. Lines have no id: event, channel and time are.
 */
import type { EventType } from '../../../schemas/event.ts';
import type { Translation } from '../../../schemas/signal.ts';
import { named } from '../reading/csv-line.ts';
import { readEpoch } from '../reading/epoch.ts';
import { type Said, told } from '../reading/facts.ts';
import { ignored, rejected } from '../reading/message.ts';
import type { IsPerson } from '../reading/pattern.ts';
import { quote } from '../reading/quote.ts';
import { subjectOf } from '../reading/subject.ts';
import { deviceOf, isLocal } from './device.ts';
import type { Options } from './options.ts';

const KNOWN =
  /^(CHAN_START|CHAN_END|ANSWER|HANGUP|APP_START|APP_END|BRIDGE_\w+|CONF_\w+|PARK_\w+|\w*TRANSFER|PICKUP|FORWARD|LINKEDID_END|LOCAL_OPTIMIZE\w*|\w*USER_DEFINED|HOOKFLASH|STREAM_\w+|DTMF\w*)$/;

export const isCel = (cells: readonly string[]): boolean => cells.length >= 4 && KNOWN.test(cells[0] ?? '');

interface Line {
  readonly event: string;
  readonly isFirst: boolean;
  readonly device: string;
  readonly peer: string;
  readonly caller: string;
}

interface Step {
  readonly type: EventType;
  readonly said?: Said;
}

const stepOf = ({ event, isFirst, device, peer, caller }: Line, isPerson: IsPerson): Step | undefined => {
  const person: Said = { actor: device };
  switch (event) {
    case 'CHAN_START':
      if (isFirst)
        return isPerson(device)
          ? { type: 'CallDialed', said: person }
          : { type: 'CallQueued', said: { attributes: { customer: caller } } };
      return isPerson(device) ? { type: 'CallOffered', said: person } : undefined;
    case 'BRIDGE_ENTER':
      return isPerson(device) ? { type: 'CallConnected', said: person } : undefined;
    case 'BRIDGE_START':
      return isPerson(peer) ? { type: 'CallConnected', said: { actor: peer } } : undefined;
    case 'CHAN_END':
      return isPerson(device) ? { type: 'CallLeft', said: person } : undefined;
    case 'LINKEDID_END':
      return { type: 'CallEnded' };
    default:
      return undefined;
  }
};

export const readCel = (
  cells: readonly string[],
  { celColumns }: Options,
  isPerson: IsPerson,
): Translation => {
  const row = named(cells, celColumns);
  const { eventtype: event = '', eventtime = '', channame = '', uniqueid = '', linkedid = '' } = row;
  const at = readEpoch(eventtime, 'epoch-s');
  if (typeof at === 'string') return rejected('bad-time', `eventtime ${quote(eventtime)} ${at}`);
  if (linkedid === '') return rejected('missing-field', 'linkedid is absent or empty');
  if (isLocal(channame)) return ignored('a Local channel, which leads into the dialplan');
  const line = {
    event,
    isFirst: uniqueid === linkedid,
    device: deviceOf(channame),
    peer: deviceOf(row['peer'] ?? ''),
    caller: row['cid_num'] ?? '',
  };
  const step = stepOf(line, isPerson);
  if (!step) return ignored(`CEL ${event.slice(0, 40)}: of no person, or of no clock`);
  const id = `cel|${event}|${uniqueid}|${eventtime}`;
  return told([{ type: step.type, id, subject: subjectOf('call', linkedid), at, said: step.said ?? {} }]);
};
