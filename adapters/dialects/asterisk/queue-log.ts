/**
 * queue_log of app_queue: `epoch|callid|queue|member|EVENT|p1|p2|p3|p4|p5`, one line an event.
 *
 * | event                                        | fact                                                        |
 * | -------------------------------------------- | ----------------------------------------------------------- |
 * | ENTERQUEUE url, caller                       | CallQueued                                                  |
 * | RINGNOANSWER ring in ms                      | CallMissed of the member, durationMs = ring                 |
 * | CONNECT wait in s, channel, ring in s        | CallConnected of the member, durationMs = wait              |
 * | COMPLETEAGENT, COMPLETECALLER wait, talk     | CallEnded of the member, durationMs = talk                  |
 * | BLINDTRANSFER, ATTENDEDTRANSFER, TRANSFER    | CallLeft of the member, durationMs = talk                   |
 * | ABANDON, EXITEMPTY, EXITWITHKEY, ...TIMEOUT  | CallAbandoned, durationMs = wait                            |
 * | AGENTLOGIN, PAUSE, UNPAUSE, ... of a member  | PersonActive: somebody pressed a key                        |
 * | QUEUESTART                                   | SourceCameBack                                              |
 *
 * Source: docs.asterisk.org, Operation/Logging/Queue-Logs; real lines of LogChart, Loway and FreePBX. The time is epoch
 * seconds of the server's clock (which may have been set back), or a naive stamp in a database. Lines have no id: the
 * line is its own, so that a line written twice is one fact. Ring times are milliseconds in RINGNOANSWER and seconds in
 * CONNECT. Hold is not told at all (AMI tells it), nor after-call work, nor what becomes of a transferred call.
 */
import { type EventType, personStream } from '../../../schemas/event.ts';
import type { Signal, Translation } from '../../../schemas/signal.ts';
import { readEpoch } from '../reading/epoch.ts';
import { type Said, told } from '../reading/facts.ts';
import { shortHash } from '../reading/hash.ts';
import { readIso } from '../reading/iso.ts';
import { lengthOf } from '../reading/lengths.ts';
import { ignored, rejected } from '../reading/message.ts';
import { quote } from '../reading/quote.ts';
import { subjectOf } from '../reading/subject.ts';
import type { Clock } from './clock.ts';

/** `1717397259|...`, or `2024-06-03 06:47:39.123456|...` out of a database. */
export const isQueueLog = (line: string): boolean => /^\d[\d.: -]{8,30}\|/.test(line);

interface Line {
  readonly call: string;
  readonly queue: string;
  readonly member: string;
  readonly parameters: readonly string[];
}

interface Step {
  readonly type: EventType;
  readonly said: Said;
}

const SECOND_MS = 1_000;
const seconds = (text: string | undefined): number | undefined => lengthOf(text, SECOND_MS);

const of = ({ member }: Line): string => member;

const abandoned = (line: Line, reason: string, wait: string | undefined): Step => ({
  type: 'CallAbandoned',
  said: { reason, durationMs: seconds(wait), attributes: { queue: line.queue } },
});

const ended = (line: Line, reason: string): Step => ({
  type: 'CallEnded',
  said: { actor: of(line), reason, durationMs: seconds(line.parameters[1]) },
});

/** Since version 12 an attended transfer names its method first. */
const left = (line: Line, talk: string | undefined): Step => ({
  type: 'CallLeft',
  said: { actor: of(line), durationMs: seconds(talk) },
});

const STEPS: Readonly<Record<string, (line: Line) => Step>> = {
  ENTERQUEUE: ({ queue, parameters }) => ({
    type: 'CallQueued',
    said: { attributes: { queue, customer: parameters[1] } },
  }),
  RINGNOANSWER: (line) => ({
    type: 'CallMissed',
    said: { actor: of(line), durationMs: lengthOf(line.parameters[0], 1) },
  }),
  CONNECT: (line) => ({
    type: 'CallConnected',
    said: { actor: of(line), durationMs: seconds(line.parameters[0]), attributes: { queue: line.queue } },
  }),
  COMPLETEAGENT: (line) => ended(line, 'agent'),
  COMPLETECALLER: (line) => ended(line, 'caller'),
  BLINDTRANSFER: (line) => left(line, line.parameters[3]),
  ATTENDEDTRANSFER: (line) => left(line, line.parameters[3]),
  TRANSFER: (line) => left(line, line.parameters[3]),
  ABANDON: (line) => abandoned(line, 'caller', line.parameters[2]),
  EXITEMPTY: (line) => abandoned(line, 'queue empty', line.parameters[2]),
  EXITWITHKEY: (line) => abandoned(line, 'key', line.parameters[3]),
  EXITWITHTIMEOUT: (line) => abandoned(line, 'timeout', line.parameters[2]),
};

/** Nobody is named where the log writes NONE. */
const NEEDS_MEMBER = new Set([
  'RINGNOANSWER',
  'CONNECT',
  'COMPLETEAGENT',
  'COMPLETECALLER',
  'BLINDTRANSFER',
  'ATTENDEDTRANSFER',
  'TRANSFER',
]);

/** What a person does at the phone without a call. ADDMEMBER and REMOVEMEMBER may be a script's. */
const SIGNS = new Set([
  'AGENTLOGIN',
  'AGENTCALLBACKLOGIN',
  'AGENTLOGOFF',
  'AGENTCALLBACKLOGOFF',
  'PAUSE',
  'UNPAUSE',
  'PAUSEALL',
  'UNPAUSEALL',
]);

/** In no call's stream: the log writes where such a line came from in the place of the call. */
const NO_CALLS = new Set(['', 'NONE', 'REALTIME', 'MANAGER', 'CLI']);

const LONGEST_ID = 600;
const idOf = (raw: string): string => (raw.length <= LONGEST_ID ? raw : shortHash(raw));

const readTime = (text: string, clock: Clock): number | string => {
  if (/^\d+(\.\d+)?$/.test(text)) return readEpoch(text, 'epoch-s');
  const iso = readIso(text);
  return typeof iso === 'string' ? iso : clock(iso.localMs);
};

export const readQueueLog = (signal: Signal, clock: Clock): Translation => {
  const raw = signal.raw.trim();
  const [time = '', call = '', queue = '', member = '', event = '', ...parameters] = raw.split('|');
  const at = readTime(time, clock);
  if (typeof at === 'string') return rejected('bad-time', `the time ${quote(time)} ${at}`);
  const id = idOf(raw);
  if (event === 'QUEUESTART')
    return told([
      {
        type: 'SourceCameBack',
        id,
        subject: subjectOf('source', signal.source),
        at,
        said: { reason: event },
      },
    ]);
  const isNamed = member !== '' && member !== 'NONE';
  if (SIGNS.has(event))
    return isNamed
      ? told([
          {
            type: 'PersonActive',
            id,
            subject: personStream('presence', member),
            at,
            said: { actor: member },
          },
        ])
      : ignored(`${event} of nobody`);
  const step = Object.hasOwn(STEPS, event) ? STEPS[event] : undefined;
  if (!step) return ignored(`queue_log ${quote(event)}: it moves no clock`);
  if (NO_CALLS.has(call))
    return rejected('missing-field', `${event} needs the id of its call, and this is ${quote(call)}`);
  if (NEEDS_MEMBER.has(event) && !isNamed)
    return rejected('missing-field', `${event} needs its member, and this is ${quote(member)}`);
  const { type, said } = step({ call, queue, member, parameters });
  return told([{ type, id, subject: subjectOf('call', call), at, said }]);
};
